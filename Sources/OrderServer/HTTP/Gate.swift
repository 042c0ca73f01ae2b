import HTTPTypes
import Hummingbird
import Shared

/// Who may ask for what.
enum Gate: Sendable {
  /// Everyone, for everything.
  case open
  /// Those with a name and a password, for everything; all others for `GET /ping` alone.
  case basic(BasicCredentials)
  /// Everyone, but for orders: those are the caller's own.
  case bearer(AccountService)

  /// - Throws: `Refusal.unauthenticated` where the request needs credentials that it has not.
  func admit(_ request: Request) throws {
    guard case .basic(let credentials) = self else { return }
    if Self.isPublic(request.method, request.uri.path) { return }
    guard credentials.verify(header: request.headers[.authorization]) != nil else { throw Refusal.unauthenticated(.basic) }
  }

  /// What is for everyone, whatever the gate.
  static func isPublic(_ method: HTTPRequest.Method, _ path: String) -> Bool {
    path == "/ping" && (method == .get || method == .head)
  }

  /// Whose orders a request is about; `nil` where orders belong to nobody.
  /// - Throws: `AccountError.invalidToken`; `StoreError`.
  func caller(of request: Request) async throws -> String? {
    guard case .bearer(let accounts) = self else { return nil }
    return String(try await accounts.account(bearer: BearerToken.text(in: request.headers[.authorization])).id)
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
