import Hummingbird
import Logging
import Shared

/// Logs one line for each answered request: method, path, status, and the duration in seconds. Never headers, bodies or the query, because
/// they may hold secrets.
struct AccessLogMiddleware: RouterMiddleware {
  typealias Context = ServerRequestContext

  let logger: Logger

  func handle(_ request: Request, context: Context, next: (Request, Context) async throws -> Response) async throws -> Response {
    let start = ContinuousClock.now
    let response = try await next(request, context)
    logger.info(
      "request",
      metadata: [
        "method": "\(request.method.rawValue)", "path": "\(request.uri.path)", "status": .stringConvertible(response.status.code),
        "duration": .stringConvertible((ContinuousClock.now - start).seconds),
      ])
    return response
  }
}
