/// Recognises a target that speaks HTTP/2 where HTTP/1.1 is expected, only to say so in an error.
package enum HTTP2 {
  /// What a client sends first if it knows that the target speaks HTTP/2 (RFC 9113, 3.4), followed by an empty SETTINGS frame.
  static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + [0, 0, 0, 4, 0, 0, 0, 0, 0]

  /// The error message for such a target.
  package static let words =
    "the target speaks only HTTP/2 there, and loadgen speaks HTTP/1.1: give a port that speaks HTTP/1.1, or put a proxy before it"

  /// - Returns: the error message for an answer that begins as HTTP/2 does; `nil` if it begins otherwise.
  static func words(of bytes: UnsafeRawBufferPointer) -> String? {
    guard let frame = frame(bytes) else { return nil }
    return "\(words) (it answered with a \(frame) frame)"
  }

  /// The name of the frame that a server's HTTP/2 connection may begin with, its settings or its reason for leaving, both on stream 0;
  /// `nil` if the bytes begin with neither.
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
