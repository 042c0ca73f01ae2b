import HTTPTypes
import Hummingbird
import Shared

/// Keeps browsers from being used against their users: no answer is taken for another kind of document, nothing that belongs to somebody is
/// cached on the way, and no page of another site can order by a form.
struct Precautions: RouterMiddleware {
  typealias Context = ServerRequestContext

  static let noSniffing = HTTPField(name: .xContentTypeOptions, value: "nosniff")
  private static let noStoring = HTTPField(name: .cacheControl, value: "no-store")

  func handle(_ request: Request, context: Context, next: (Request, Context) async throws -> Response) async throws -> Response {
    var response = try await next(request, context)
    response.headers.append(Self.noSniffing)
    if !Self.isForEveryone(request.uri.path), response.headers[.cacheControl] == nil { response.headers.append(Self.noStoring) }
    return response
  }

  /// The documentation and `/ping` are for everyone; everything else may be about orders or accounts.
  private static func isForEveryone(_ path: String) -> Bool {
    ["/", "/docs", "/openapi.json", "/ping"].contains { $0.hasSameBytes(as: path) }
  }

  /// Refuses a POST from a page of another site, unless its body is JSON. A browser sends stored credentials, and whatever a form can hold,
  /// with requests from any site's page. It asks first where the body is JSON, and this server never allows it.
  /// - Throws: `APIError.foreignForm`.
  static func check(_ request: Request) throws {
    guard request.method == .post, let origin = request.headers[.origin] else { return }
    if isOwn(origin, authority: request.head.authority ?? "") || isJSON(request.headers[.contentType] ?? "") { return }
    throw APIError.foreignForm
  }

  /// Whether the origin, `scheme://host` with or without a port, is this server under the name that the client knows it by.
  private static func isOwn(_ origin: String, authority: String) -> Bool {
    let parts = origin.parts(between: "/")
    return parts.count == 2 && parts[1].isSameWord(as: authority)
  }

  private static func isJSON(_ type: String) -> Bool {
    type.parts(between: ";").first?.parts(between: " ").joined().isSameWord(as: "application/json") == true
  }
}
