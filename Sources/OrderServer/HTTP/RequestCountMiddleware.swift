import HTTPTypes
import Hummingbird
import Shared

/// Counts each answer, and how long it took from the request's head to the moment before its first byte is handed on.
///
/// It stands before everything else, so that it counts what is really answered, and not at all what is not: a body that breaks off, or a
/// connection that is reset.
struct RequestCountMiddleware: RouterMiddleware {
  typealias Context = ServerRequestContext

  let requests: RequestTallies

  func handle(_ request: Request, context: Context, next: (Request, Context) async throws -> Response) async throws -> Response {
    let start = ContinuousClock.now
    let response = try await next(request, context)
    requests.add(
      RequestKind(method: Self.name(request.method), route: Self.template(context.endpointPath), status: response.status.code),
      ContinuousClock.now - start)
    return response
  }

  private static func name(_ method: HTTPRequest.Method) -> ByteText {
    Routes.knownMethods.contains(method) ? ByteText(method.rawValue) : "other"
  }

  /// - Parameter path: the template that the router has found; another word, or `nil`, where it has found none.
  private static func template(_ path: String?) -> ByteText {
    guard let path, path.utf8.first == UInt8(ascii: "/") else { return "" }
    return ByteText(path)
  }
}
