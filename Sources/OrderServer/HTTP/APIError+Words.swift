import HTTPTypes
import Shared

/// How most profiles answer an error.
extension APIError {
  /// The status code, where the profile has none of its own.
  var status: HTTPResponse.Status {
    switch self {
    case .noSuchPath, .unknownOrder: .notFound
    case .methodNotAllowed: .methodNotAllowed
    case .bodyTooLarge: .contentTooLarge
    case .headTooLarge: .requestHeaderFieldsTooLarge
    case .requestTooSlow: .requestTimeout
    case .unsupportedCoding: .notImplemented
    case .foreignForm: .unsupportedMediaType
    case .malformed, .noHTTP, .badParameter, .emailTaken: .badRequest
    case .invalid, .keyReused: .unprocessableContent
    case .duplicate, .notPending: .conflict
    case .notYours: .forbidden
    case .unauthenticated, .wrongLogin: .unauthorized
    case .tooManyRequests: .tooManyRequests
    case .unavailable, .busy, .tooManyConnections, .stopping: .serviceUnavailable
    case .unforeseen: .internalServerError
    }
  }

  /// Headers that every profile's reply has.
  var headers: HTTPFields {
    switch self {
    case .methodNotAllowed(_, _, let allowed): [.allow: allowed.map(\.rawValue).joined(separator: ", ")]
    case .unauthenticated(let challenge): [.wwwAuthenticate: challenge.rawValue]
    case .tooManyRequests(let wait), .busy(let wait): [.retryAfter: String(wait.retryAfterSeconds)]
    case .unavailable, .stopping: [.retryAfter: "1"]
    case .tooManyConnections: [.retryAfter: "1", .connection: "close"]
    case .bodyTooLarge, .headTooLarge, .requestTooSlow, .noHTTP, .unsupportedCoding: [.connection: "close"]
    default: [:]
    }
  }

  /// What is wrong, in a sentence for the client's developer. It may quote texts that the client has sent.
  var sentence: String {
    switch self {
    case .noSuchPath(let path): "There is nothing at \(path)."
    case .methodNotAllowed(let method, let path, let allowed):
      "\(path) does not take \(method.rawValue), but \(allowed.map(\.rawValue).joined(separator: ", "))."
    case .bodyTooLarge(let limit): "The body is larger than \(limit)."
    case .headTooLarge(let size, let count): "The head is larger than \(size), or has more than \(count) fields."
    case .requestTooSlow(let limit): "The request did not come whole within \(limit.text)."
    case .noHTTP(let reason): "The request is no HTTP/1.1: \(reason)."
    case .unsupportedCoding: "The body has a Transfer-Encoding other than chunked, which is the only one that is read here."
    case .foreignForm: "The request is another site's, by its Origin, and its Content-Type is not application/json."
    case .malformed(let reason): "The body is no JSON: \(reason)."
    case .invalid(let violations): "The request is not valid: \(violations.map(\.sentence).joined(separator: "; "))."
    case .badParameter(let violation, let place): "The \(place.rawValue) is not valid: \(violation.sentence)."
    case .unknownOrder(let id): "There is no order '\(id)'."
    case .duplicate(let id): "There is an order '\(id)' already."
    case .notPending(let id, let status): "The order '\(id)' is \(status.rawValue), and only pending orders can be cancelled."
    case .notYours: "The order is another caller's."
    case .keyReused(let key): "The Idempotency-Key '\(key)' was used for another request."
    case .unauthenticated: "Valid credentials are needed."
    case .wrongLogin: "The email or the password is wrong."
    case .emailTaken: "There is an account with this email already."
    case .tooManyRequests(let wait): "There are too many requests; try again in \(wait.retryAfterSeconds) s."
    case .unavailable(let reason): "Orders cannot be stored or read at the moment: \(reason)"
    case .busy: "The server is too busy to check passwords at the moment."
    case .tooManyConnections(let limit): "The server has \(limit) connections already."
    case .stopping: "The server is stopping."
    case .unforeseen: "The server could not answer; its log says why."
    }
  }
}

extension Duration {
  /// The value of `Retry-After`: whole seconds, rounded up, and at least 1.
  var retryAfterSeconds: Int64 {
    let (seconds, attoseconds) = components
    return max(1, attoseconds > 0 ? seconds + 1 : seconds)
  }
}
