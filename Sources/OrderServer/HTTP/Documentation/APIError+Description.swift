import HTTPTypes
import Shared

/// How an error is described in the API's description.
extension APIError {
  /// A name for the error's example, and when the error happens.
  var occasion: (name: String, words: String) {
    switch self {
    case .noSuchPath: ("no_such_path", "There is nothing at the path")
    case .methodNotAllowed: ("method_not_allowed", "The path does not take the method")
    case .bodyTooLarge(let limit): ("body_too_large", "The body is larger than \(limit)")
    case .headTooLarge: ("head_too_large", "The headers are too many or too large")
    case .requestTooSlow: ("request_too_slow", "The request does not come whole in time")
    case .noHTTP: ("no_http", "What comes is no HTTP")
    case .tooManyConnections: ("too_many_connections", "Too many connections are open")
    case .unsupportedCoding: ("unsupported_coding", "The body has a Transfer-Encoding other than chunked")
    case .foreignForm: ("foreign_form", "A page of another site sent it, not as JSON")
    case .malformed: ("malformed", "The body is no JSON")
    case .invalid: ("invalid", "Fields of the body break a rule")
    case .badParameter(let violation, let place):
      ("bad_\(place.rawValue)", place == .header ? "\(violation.field) is not as it should be" : "A parameter is not as it should be")
    case .unknownOrder: ("unknown_order", "There is no such order")
    case .duplicate: ("duplicate", "There is an order of this id already")
    case .notPending: ("not_pending", "The order is no longer pending")
    case .notYours: ("not_yours", "The order is another caller's")
    case .keyReused: ("key_reused", "The Idempotency-Key was used for another request")
    case .unauthenticated: ("unauthenticated", "Valid credentials are missing")
    case .wrongLogin: ("wrong_login", "The email or the password is wrong")
    case .emailTaken: ("email_taken", "The email is taken")
    case .tooManyRequests: ("too_many_requests", "The caller is over its rate limit")
    case .unavailable: ("unavailable", "The store cannot do it at the moment")
    case .busy: ("busy", "Too many passwords wait to be checked")
    case .stopping: ("stopping", "The server is stopping")
    case .unforeseen: ("unforeseen", "Nobody foresaw it; the server's log says what it was")
    }
  }

  /// The error's headers as the API's description shows them.
  var describedHeaders: [Operation.Header] {
    headers.map { field in
      switch field.name {
      case .retryAfter:
        Operation.Header(name: field.name, schema: .integer(from: 1), detail: "In how many seconds it may be tried again.")
      case .wwwAuthenticate:
        Operation.Header(name: field.name, schema: .constant(.string(field.value)), detail: "How credentials are given.")
      default:
        Operation.Header(name: field.name, schema: .sentence, detail: "What is possible instead.")
      }
    }
  }

  /// The errors of every request that asks the store.
  static let ofStores: [APIError] = [.unavailable("the disk is full"), .stopping, .unforeseen]

  /// The errors of every request with a body.
  static func ofBodies(upTo limit: ByteCount) -> [APIError] {
    [.malformed("an end where a value should be (byte 1)"), .bodyTooLarge(limit: limit), .foreignForm]
  }

  /// The error of a caller that has to wait, as an example.
  static let overLimit = APIError.tooManyRequests(retryAfter: .seconds(3))
}
