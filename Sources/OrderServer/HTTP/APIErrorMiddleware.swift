import HTTPTypes
import Hummingbird
import Logging
import Shared
import Synchronization

/// Turns every error into a reply in the profile's format, so that no error page of the framework ever reaches a client.
struct APIErrorMiddleware: RouterMiddleware {
  typealias Context = ServerRequestContext

  let format: APIFormat
  let logger: Logger
  private let lastWord = LastWord()

  init(format: APIFormat, logger: Logger) {
    self.format = format
    self.logger = logger
  }

  func handle(_ request: Request, context: Context, next: (Request, Context) async throws -> Response) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as BrokenRequest {
      // Nobody can be answered on this connection any more; the framework knows how to end it.
      throw error.cause
    } catch {
      let response = Response(format.reply(to: apiError(for: error, request: request)))
      // Routes drop the body for HEAD, and no route did so here. A client that expects no body would take it for the next response.
      return request.method == .head ? response.createHeadResponse() : response
    }
  }

  private func apiError(for error: any Error, request: Request) -> APIError {
    if let error = error as? HTTPError, error.status == .notFound { return .noSuchPath(request.uri.path) }
    switch error {
    case StoreError.damaged(let what): logger.error("\(request.method) \(request.uri.path) failed: \(what)")
    case StoreError.unavailable(let reason): if lastWord.isDue() { logger.error("the store cannot be used: \(reason)") }
    default: break
    }
    if let known = APIError(error) { return known }
    // The log gets all of an error that nobody foresaw. The client does not, because there may be secrets in it.
    logger.error("\(request.method) \(request.uri.path) failed: \(error)")
    return .unforeseen
  }
}

/// When a lasting trouble, which every request runs into, was last logged.
private final class LastWord: Sendable {
  private let said = Mutex<ContinuousClock.Instant?>(nil)

  /// Whether ten seconds have passed since then, or it was never logged. If so, they begin anew.
  func isDue(at now: ContinuousClock.Instant = .now) -> Bool {
    said.withLock { said in
      if let said, now - said < .seconds(10) { return false }
      said = now
      return true
    }
  }
}

/// A request whose body broke off or is no HTTP: there is nobody to be answered.
struct BrokenRequest: Error {
  let cause: any Error
}
