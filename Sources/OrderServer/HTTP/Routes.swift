import HTTPTypes
import Hummingbird
import Logging

/// The paths that are served, each with the methods that it takes and their description. Any other method on them is answered with 405 and
/// `Allow`.
struct Routes {
  /// What answers pass on their way out.
  typealias Rim = MiddlewareProtocol<Request, Response, ServerRequestContext>
  typealias Handler = @Sendable (Request, ServerRequestContext) async throws -> Response

  /// One method on one path.
  struct Route: Sendable {
    var method: HTTPRequest.Method
    var path: String
    var operation: Operation
    var handler: Handler
  }

  private(set) var all: [Route] = []

  mutating func get(_ path: String, _ operation: Operation, handler: @escaping Handler) { add(.get, path, operation, handler) }
  mutating func post(_ path: String, _ operation: Operation, handler: @escaping Handler) { add(.post, path, operation, handler) }

  private mutating func add(_ method: HTTPRequest.Method, _ path: String, _ operation: Operation, _ handler: @escaping Handler) {
    all.append(Route(method: method, path: path, operation: operation, handler: handler))
  }

  /// A router with these routes and all middleware. Paths that take GET take HEAD, too.
  /// - Parameters:
  ///   - authenticator: what every request must pass.
  ///   - requests: where every answer is counted.
  ///   - rim: what every answer passes before that, after all else of our own; `nil`: nothing.
  func router(
    format: APIFormat, authenticator: Authenticator, requests: RequestTallies, rim: (any Rim)? = nil, logger: Logger
  ) -> Router<ServerRequestContext> {
    let router = Router(context: ServerRequestContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: RequestCountMiddleware(requests: requests))
    if let rim { router.add(middleware: rim) }
    if logger.logLevel <= .info { router.add(middleware: AccessLogMiddleware(logger: logger)) }
    router.add(middleware: Precautions())
    router.add(middleware: APIErrorMiddleware(format: format, logger: logger))
    router.add(middleware: AuthenticationMiddleware(authenticator: authenticator))
    for (path, routes) in Dictionary(grouping: all, by: \.path) {
      for route in routes { router.on(RouterPath(path), method: route.method, use: route.handler) }
      let served = routes.map(\.method)
      let allowed = served.flatMap { $0 == .get ? [.get, .head] : [$0] }
      for method in Self.knownMethods where !allowed.contains(method) {
        router.on(RouterPath(path), method: method) { request, _ -> Response in
          throw APIError.methodNotAllowed(method, path: request.uri.path, allowed: allowed)
        }
      }
    }
    return router
  }

  static let knownMethods: [HTTPRequest.Method] = [
    .get, .head, .post, .put, .patch, .delete, .options, .trace, .connect, .query,
  ]
}
