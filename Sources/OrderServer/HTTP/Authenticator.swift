import HTTPTypes
import Hummingbird
import Shared

/// Who is let in: how callers prove who they are, and what each of them may ask for.
enum Authenticator: Sendable {
  /// Everyone may ask for everything.
  case open
  /// Whoever has a name and a password may ask for everything; everyone else only for `GET /ping`.
  case basic(BasicCredentials, guesses: GuessLimits<Int>? = nil)
  /// Everyone may ask for everything except orders; each account sees only its own orders.
  case bearer(AccountService)

  /// Lets a request pass, or throws.
  /// - Parameter caller: the caller's address; read only where tries are limited.
  /// - Throws: `APIError.unauthenticated` where the request needs credentials that it does not have; `.tooManyRequests` where too many
  ///   wrong ones have come from its address.
  func admit(_ request: Request, from caller: @autoclosure () -> CallerKey) throws {
    guard case .basic(let credentials, let guesses) = self else { return }
    if Self.isPublic(request.method, request.uri.path) { return }
    let finding = credentials.look(at: request.headers[.authorization])
    guard let guesses, finding != .nothing else {
      guard case .right = finding else { throw APIError.unauthenticated(.basic) }
      return
    }
    let caller = caller()
    switch finding {
    case .right(let account):
      if guesses.knows(account, from: caller) { return }
      // An address that is over the limit is not told whether its credentials are right.
      if let wait = guesses.wait(guesses.newTry(for: nil, from: caller)) { throw APIError.tooManyRequests(retryAfter: wait) }
      guesses.welcome(account, from: caller)
    case .wrong, .nothing:
      if let wait = guesses.take(guesses.newTry(for: nil, from: caller)) { throw APIError.tooManyRequests(retryAfter: wait) }
      throw APIError.unauthenticated(.basic)
    }
  }

  /// Whether a request is answered without credentials, whatever the authenticator.
  static func isPublic(_ method: HTTPRequest.Method, _ path: String) -> Bool {
    path == "/ping" && (method == .get || method == .head)
  }

  /// The account whose orders a request is about; `nil` where orders belong to nobody.
  /// - Throws: `AccountError.invalidToken`; `StoreError`.
  func caller(of request: Request) async throws -> String? {
    guard case .bearer(let accounts) = self else { return nil }
    return String(try await accounts.account(bearer: BearerToken.text(in: request.headers[.authorization])).id)
  }
}

/// Lets only those requests through that the authenticator admits. It comes before all routes, so that no spelling of a path gets around
/// it.
struct AuthenticationMiddleware: RouterMiddleware {
  typealias Context = ServerRequestContext

  let authenticator: Authenticator

  func handle(_ request: Request, context: Context, next: (Request, Context) async throws -> Response) async throws -> Response {
    try Precautions.check(request)
    try authenticator.admit(request, from: context.caller)
    return try await next(request, context)
  }
}
