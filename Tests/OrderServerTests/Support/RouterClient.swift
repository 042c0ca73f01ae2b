import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded

@testable import OrderServer

/// Asks a server's routes without a connection: requests go in, and what would be sent comes out.
///
/// HummingbirdTesting does this, too, and brings an HTTP client and HTTP/2 with it, a minute to build.
struct RouterClient: Sendable {
  let responder: RouterResponder<ServerRequestContext>
  let logger: Logger

  /// Sends a request, and gives back what a client sees.
  func send(_ method: HTTPRequest.Method, _ path: String, body: String? = nil, headers: HTTPFields = [:]) async throws -> Seen {
    let response = try await respond(method, path, body: body, headers: headers)
    let sent = SentBody()
    try await response.body.write(sent)
    return Seen(code: response.head.status.code, headers: response.head.headerFields, text: await sent.text)
  }

  /// Sends a request, and gives back the answer, of which no byte has been handed on.
  func respond(_ method: HTTPRequest.Method, _ path: String, body: String? = nil, headers: HTTPFields = [:]) async throws -> Response {
    var headers = headers
    let bytes = ByteBuffer(string: body ?? "")
    if body != nil { headers[.contentLength] = "\(bytes.readableBytes)" }
    let head = HTTPRequest(method: method, scheme: "http", authority: "localhost", path: path, headerFields: headers)
    let context = ServerRequestContext(source: ApplicationRequestContextSource(channel: NIOAsyncTestingChannel(), logger: logger))
    return try await responder.respond(to: Request(head: head, body: RequestBody(buffer: bytes)), context: context)
  }

  func create(_ members: String) async throws -> Seen { try await send(.post, "/orders", body: "{\(members)}") }
}

/// What a response writes.
private struct SentBody: ResponseBodyWriter {
  private let parts = Parts()

  var text: String { get async { String(buffer: await parts.all) } }

  func write(_ buffer: ByteBuffer) async throws { await parts.add(buffer) }

  func finish(_ trailers: HTTPFields?) async throws {}

  private actor Parts {
    private(set) var all = ByteBuffer()

    func add(_ buffer: ByteBuffer) { all.writeImmutableBuffer(buffer) }
  }
}
