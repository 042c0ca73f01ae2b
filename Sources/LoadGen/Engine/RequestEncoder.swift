import NIOCore
import Shared

/// The bytes of every request of a dialect: everything that does not change is encoded once.
struct RequestEncoder: Sendable {
  private let create: EncodedTemplate
  private let poll: EncodedTemplate
  private let metrics: EncodedTemplate?

  /// - Parameters:
  ///   - host: as it stands in the `Host` header.
  ///   - basePath: comes before every path; empty or beginning with a slash.
  ///   - headers: added to every request.
  init(_ dialect: Dialect, host: String, basePath: String, headers: [(name: String, value: String)]) {
    let common =
      (["Host": host] as KeyValuePairs).map { "\($0.key): \($0.value)\r\n" }.joined()
      + headers.map { "\($0.name): \($0.value)\r\n" }.joined()
    create = EncodedTemplate(
      head: Template("POST \(basePath)\(dialect.create.path) HTTP/1.1\r\n\(common)Content-Type: application/json\r\n"),
      body: dialect.create.body)
    poll = EncodedTemplate(head: Template("GET \(basePath)\(dialect.status.path) HTTP/1.1\r\n\(common)"), body: nil)
    metrics = dialect.metrics.map {
      EncodedTemplate(head: Template("GET \(basePath)\($0.path) HTTP/1.1\r\n\(common)"), body: nil)
    }
  }

  func write(_ what: Exchange, id: OrderID?, index: UInt64, into buffer: inout ByteBuffer) {
    switch what {
    case .create: create.write(id: id, index: index, into: &buffer)
    case .poll: poll.write(id: id, index: index, into: &buffer)
    case .metrics: metrics?.write(id: nil, index: index, into: &buffer)
    }
  }
}

/// One kind of request, cut into bytes and slots.
private struct EncodedTemplate: Sendable {
  private enum Part: Sendable {
    case bytes([UInt8])
    case id, index
  }

  private let head: [Part]
  private let body: [Part]?
  /// The length of the body but for its slots.
  private let fixedBodyLength: Int

  init(head: Template, body: Template?) {
    self.head = Self.parts(head)
    self.body = body.map(Self.parts)
    fixedBodyLength = (self.body ?? []).reduce(0) { if case .bytes(let bytes) = $1 { $0 + bytes.count } else { $0 } }
  }

  private static func parts(_ template: Template) -> [Part] {
    template.parts.map {
      switch $0 {
      case .literal(let text): .bytes(Array(text.utf8))
      case .slot(.id): .id
      case .slot(.index): .index
      }
    }
  }

  func write(id: OrderID?, index: UInt64, into buffer: inout ByteBuffer) {
    for part in head {
      switch part {
      case .bytes(let bytes): buffer.writeBytes(bytes)
      case .id: buffer.writePathSegment(id?.text ?? "")
      case .index: buffer.writeDecimal(index)
      }
    }
    guard let body else {
      buffer.writeStaticString("\r\n")
      return
    }
    buffer.writeStaticString("Content-Length: ")
    buffer.writeDecimal(UInt64(length(of: body, id: id, index: index)))
    buffer.writeStaticString("\r\n\r\n")
    for part in body {
      switch part {
      case .bytes(let bytes): buffer.writeBytes(bytes)
      case .id: buffer.writeString(id?.text ?? "")
      case .index: buffer.writeDecimal(index)
      }
    }
  }

  private func length(of body: [Part], id: OrderID?, index: UInt64) -> Int {
    body.reduce(fixedBodyLength) {
      switch $1 {
      case .bytes: $0
      case .id: $0 + (id?.text.utf8.count ?? 0)
      case .index: $0 + ByteBuffer.decimalDigits(index)
      }
    }
  }
}

extension ByteBuffer {
  fileprivate static func decimalDigits(_ number: UInt64) -> Int {
    var digits = 1
    var rest = number / 10
    while rest > 0 {
      digits += 1
      rest /= 10
    }
    return digits
  }

  fileprivate mutating func writeDecimal(_ number: UInt64) {
    let digits = Self.decimalDigits(number)
    writeWithUnsafeMutableBytes(minimumWritableBytes: digits) { bytes in
      var rest = number
      for place in (0..<digits).reversed() {
        bytes[place] = UInt8(48 + rest % 10)
        rest /= 10
      }
      return digits
    }
  }

  /// Writes an id that came from the target: whatever is not unreserved (RFC 3986) is escaped, so that no id can end the request line.
  fileprivate mutating func writePathSegment(_ text: String) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
        writeInteger(byte)
      default:
        let hex = Array("0123456789ABCDEF".utf8)
        writeBytes([UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]])
      }
    }
  }
}
