/// Another protocol that a target may speak where HTTP/1.1 is spoken to it. Only to be named.
package enum HTTP2 {
  /// What a client begins with that knows beforehand what the target speaks (RFC 9113, 3.4), and settings that say nothing.
  static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + [0, 0, 0, 4, 0, 0, 0, 0, 0]

  /// What is said of such a target.
  package static let words =
    "the target speaks only HTTP/2 there, and loadgen speaks HTTP/1.1: give a port that speaks HTTP/1.1, or put a proxy before it"

  /// - Returns: what an answer means that begins as HTTP/2 does; `nil` where it begins otherwise.
  static func words(of bytes: UnsafeRawBufferPointer) -> String? {
    guard let frame = frame(bytes) else { return nil }
    return "\(words) (it answered with a \(frame) frame)"
  }

  /// The frames that a server may begin with: its settings, or why it leaves. Both are of no stream.
  static func frame(_ bytes: UnsafeRawBufferPointer) -> String? {
    guard bytes.count >= 9, bytes[5...8].allSatisfy({ $0 == 0 }) else { return nil }
    let length = Int(bytes[0]) << 16 | Int(bytes[1]) << 8 | Int(bytes[2])
    switch bytes[3] {
    case 4 where length % 6 == 0 && length <= 16_384: return "SETTINGS"
    case 7 where length >= 8 && length <= 16_384: return "GOAWAY"
    default: return nil
    }
  }
}
