import NIOCore
import Shared

/// One kind of request, cut into bytes and slots: everything that does not change is encoded once.
struct EncodedRequest: Sendable {
  private enum Part: Sendable {
    case bytes([UInt8])
    case slot(Slot)
  }

  private let head: [Part]
  private let body: [Part]?
  /// The length of the body but for its slots.
  private let fixedBodyLength: Int

  /// - Parameters:
  ///   - basePath: comes before the path; empty or beginning with a slash.
  ///   - common: the lines of the headers that every request has, each with its end.
  init(_ request: Dialect.Request, basePath: String, common: String, headers: [Dialect.Header]) {
    let lines = (headers + request.headers).map { "\($0.name): \($0.value)\r\n" }.joined()
    let type = request.body == nil ? "" : "Content-Type: application/json\r\n"
    // A template is put together as a text and cut again: what stands beside a slot becomes one run of bytes.
    head = Self.parts(Template("\(request.method) \(basePath)\(request.path) HTTP/1.1\r\n\(common)\(lines)\(type)"))
    body = request.body.map(Self.parts)
    fixedBodyLength = (body ?? []).reduce(0) { if case .bytes(let bytes) = $1 { $0 + bytes.count } else { $0 } }
  }

  private static func parts(_ template: Template) -> [Part] {
    template.parts.map {
      switch $0 {
      case .literal(let text): .bytes(Array(text.utf8))
      case .slot(let slot): .slot(slot)
      }
    }
  }

  /// - Parameter authorization: the line that says who asks, with its end; empty where nobody is named.
  func write(_ subject: Subject, _ values: SlotValues, authorization: String, into buffer: inout ByteBuffer) {
    for part in head {
      switch part {
      case .bytes(let bytes): buffer.writeBytes(bytes)
      case .slot(let slot): values.write(slot, of: subject, in: .head, into: &buffer)
      }
    }
    buffer.writeString(authorization)
    guard let body else {
      buffer.writeStaticString("\r\n")
      return
    }
    buffer.writeStaticString("Content-Length: ")
    buffer.put(decimal: UInt64(length(of: body, subject, values)))
    buffer.writeStaticString("\r\n\r\n")
    for part in body {
      switch part {
      case .bytes(let bytes): buffer.writeBytes(bytes)
      case .slot(let slot): values.write(slot, of: subject, in: .json, into: &buffer)
      }
    }
  }

  private func length(of body: [Part], _ subject: Subject, _ values: SlotValues) -> Int {
    var counter = ByteCounter()
    for case .slot(let slot) in body { values.write(slot, of: subject, in: .json, into: &counter) }
    return fixedBodyLength + counter.count
  }
}
