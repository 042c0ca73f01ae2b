import HTTPTypes
import Hummingbird
import Logging

/// The paths that are served, each with the methods that it takes. Any other method on them is answered with 405 and `Allow`.
struct Routes {
  typealias Handler = @Sendable (Request, ServerRequestContext) async throws -> Response

  private var handlers: [(path: String, methods: [(method: HTTPRequest.Method, handler: Handler)])] = []

  mutating func get(_ path: String, handler: @escaping Handler) { add(.get, path, handler) }
  mutating func post(_ path: String, handler: @escaping Handler) { add(.post, path, handler) }

  private mutating func add(_ method: HTTPRequest.Method, _ path: String, _ handler: @escaping Handler) {
    if let place = handlers.firstIndex(where: { $0.path == path }) {
      handlers[place].methods.append((method, handler))
    } else {
      handlers.append((path, [(method, handler)]))
    }
  }

  /// - Parameter gate: what every request must pass.
  func router(spelling: Spelling, gate: Gate, logger: Logger) -> Router<ServerRequestContext> {
    let router = Router(context: ServerRequestContext.self, options: .autoGenerateHeadEndpoints)
    if logger.logLevel <= .info { router.add(middleware: AccessLogMiddleware(logger: logger)) }
    router.add(middleware: RefusalMiddleware(spelling: spelling, logger: logger))
    router.add(middleware: GateMiddleware(gate: gate))
    for (path, methods) in handlers {
      for (method, handler) in methods {
        router.on(RouterPath(path), method: method, use: handler)
      }
      let served = methods.map(\.method)
      let allowed = served.flatMap { $0 == .get ? [.get, .head] : [$0] }
      for method in Self.knownMethods where !allowed.contains(method) {
        router.on(RouterPath(path), method: method) { request, _ -> Response in
          throw Refusal.methodNotAllowed(method, path: request.uri.path, allowed: allowed)
        }
      }
    }
    return router
  }

  private static let knownMethods: [HTTPRequest.Method] = [
    .get, .head, .post, .put, .patch, .delete, .options, .trace, .connect, .query,
  ]
}
