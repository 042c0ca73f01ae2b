import HTTPTypes
import Shared

/// Why a request was not done. Each profile decides how the client is told (`APIFormat.error`).
enum APIError: Error, Sendable, Equatable {
  case noSuchPath(String)
  case methodNotAllowed(HTTPRequest.Method, path: String, allowed: [HTTPRequest.Method])
  case bodyTooLarge(limit: ByteCount)
  /// The head, or the trailers, have too many bytes or too many fields.
  case headTooLarge(size: ByteCount, count: Int)
  /// The request did not arrive whole in time.
  case requestTooSlow(limit: Duration)
  /// What arrived is no HTTP request; the text says why.
  case noHTTP(String)
  /// The body has a transfer coding that this server does not know.
  case unsupportedCoding
  /// A page of another site sent the request, in a form that browsers send without asking first.
  case foreignForm
  /// The body is no JSON; the text says why, and where.
  case malformed(String)
  /// Fields of the body break a rule.
  case invalid([Violation])
  /// A parameter of the query, or a header, breaks a rule.
  case badParameter(Violation, ParameterPlace)
  /// The text is the id as the path has it.
  case unknownOrder(String)
  case duplicate(OrderID)
  case notPending(OrderID, OrderStatus)
  /// The order belongs to another caller.
  case notYours
  /// The idempotency key was used for another request.
  case keyReused(String)
  /// No credentials, or none that are valid.
  case unauthenticated(Challenge)
  case wrongLogin
  case emailTaken
  case tooManyRequests(retryAfter: Duration)
  /// The store cannot do it now; the text says why.
  case unavailable(String)
  case busy(retryAfter: Duration)
  /// The server serves as many connections as it may, which is this number.
  case tooManyConnections(limit: Int)
  case stopping
  /// A fault of the server itself. The log has all of it; the client is told nothing about it.
  case unforeseen

  enum ParameterPlace: String, Sendable { case query, header }

  /// What `WWW-Authenticate` asks for.
  enum Challenge: String, Sendable {
    case basic = "Basic realm=\"orders\""
    case bearer = "Bearer"
  }

  /// What an error means to the client.
  /// - Returns: `nil` for an error that nobody foresaw.
  init?(_ error: any Error) {
    switch error {
    case let error as APIError: self = error
    case DraftError.malformed(let reason): self = .malformed(reason)
    case DraftError.invalid(let violations): self = .invalid(violations)
    case let error as UnknownOrder: self = .unknownOrder(error.id.text)
    case let error as StoreError: self.init(error)
    case let error as AccountError: self.init(error)
    default: return nil
    }
  }

  private init(_ error: AccountError) {
    self =
      switch error {
      case .invalid(let violations): .invalid(violations)
      case .emailTaken: .emailTaken
      case .wrongCredentials: .wrongLogin
      case .invalidToken: .unauthenticated(.bearer)
      case .tooManyLogins(let wait), .tooManyRegistrations(let wait): .tooManyRequests(retryAfter: wait)
      case .busy(let wait): .busy(retryAfter: wait)
      }
  }

  private init(_ error: StoreError) {
    self =
      switch error {
      case .duplicate(let id): .duplicate(id)
      case .notPending(let id, let status): .notPending(id, status)
      case .keyReused(let key): .keyReused(key)
      case .unavailable(let reason): .unavailable(reason)
      case .damaged: .unavailable("what is stored is damaged; the server's log says where")
      case .closed: .stopping
      }
  }
}
