import HTTPTypes
import Hummingbird
import Shared

/// Who may ask for what.
enum Gate: Sendable {
  /// Everyone, for everything.
  case open

  /// - Throws: `Refusal.unauthenticated` where the request needs credentials that it has not.
  func admit(_ request: Request) throws {
    switch self {
    case .open: return
    }
  }

  /// Whose orders a request is about; `nil` where orders belong to nobody.
  /// - Throws: `Refusal.unauthenticated`.
  func caller(of request: Request) async throws -> String? {
    switch self {
    case .open: nil
    }
  }
}

/// Lets through what the gate admits. It comes before all routes, so that no spelling of a path leads around it.
struct GateMiddleware: RouterMiddleware {
  typealias Context = ServerRequestContext

  let gate: Gate

  func handle(_ request: Request, context: Context, next: (Request, Context) async throws -> Response) async throws -> Response {
    try gate.admit(request)
    return try await next(request, context)
  }
}
