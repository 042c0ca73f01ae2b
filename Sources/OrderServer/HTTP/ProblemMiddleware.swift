import HTTPTypes
import Hummingbird
import Logging
import Shared

/// Turns every error into a problem document, so that no page of the framework's own ever reaches a client.
struct ProblemMiddleware: RouterMiddleware {
  typealias Context = ServerRequestContext

  let logger: Logger

  func handle(_ request: Request, context: Context, next: (Request, Context) async throws -> Response) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as BrokenRequest {
      // The connection is beyond an answer; the framework knows how to end it.
      throw error.cause
    } catch {
      let problem = problem(for: error, request: request)
      return Response(problem.status, problem.json, type: "application/problem+json", headers: problem.headers)
    }
  }

  private func problem(for error: any Error, request: Request) -> Problem {
    switch error {
    case let problem as Problem: problem
    case let error as DraftError: Problem(error)
    case let error as StoreError: Problem(error)
    case let error as UnknownOrder: .unknownOrder(error.id.text)
    case let error as HTTPError where error.status == .notFound: .notFound(path: request.uri.path)
    default: unexpected(error, request: request)
    }
  }

  /// What nobody foresaw goes into the log in full, and to the client without what is inside.
  private func unexpected(_ error: any Error, request: Request) -> Problem {
    logger.error("\(request.method) \(request.uri.path) failed: \(error)")
    return Problem(status: .internalServerError, detail: "The server could not answer; its log says why.")
  }
}

/// A request whose body broke off or is no HTTP: nobody is there to be answered.
struct BrokenRequest: Error {
  let cause: any Error
}
