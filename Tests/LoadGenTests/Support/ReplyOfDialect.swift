import Shared
import Testing

@testable import LoadRun

/// What an answer to a request of this kind means in a dialect.
/// - Parameter own: of a create, the id that the client chose.
func reply(
  _ dialect: Dialect, _ what: RequestKind, _ status: Int, _ body: String, headers: String = "", own: OrderID? = nil
) throws -> Reply {
  let head = "HTTP/1.1 \(status) X\r\n\(headers)Content-Length: \(body.utf8.count)\r\n\r\n"
  var parser = ResponseParser(watching: dialect.authentication.tokenHeader)
  let bytes = Array((head + body).utf8)
  let progress = try bytes.withUnsafeBytes { try parser.consume($0) }
  #expect(progress == .complete(consumed: bytes.count))
  return ReplyReader(dialect).reply(to: what, parser, own: own)
}
