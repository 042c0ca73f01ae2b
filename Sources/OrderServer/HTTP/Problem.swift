import HTTPTypes
import Shared

/// An answer that says what went wrong, as RFC 9457 has it (`application/problem+json`).
struct Problem: Error, Sendable, Equatable {
  var status: HTTPResponse.Status
  /// What went wrong this time, as a sentence.
  var detail: String
  /// The fields that break a rule, where the request's body does.
  var violations: [Violation] = []
  var headers: HTTPFields = [:]
}

extension Problem {
  static func notFound(path: String) -> Problem {
    Problem(status: .notFound, detail: "There is nothing at \(path).")
  }

  static func unknownOrder(_ id: String) -> Problem {
    Problem(status: .notFound, detail: "There is no order '\(id)'.")
  }

  static func methodNotAllowed(_ method: HTTPRequest.Method, path: String, allowed: [HTTPRequest.Method]) -> Problem {
    let list = allowed.map(\.rawValue).joined(separator: ", ")
    return Problem(
      status: .methodNotAllowed, detail: "\(path) does not take \(method.rawValue), but \(list).", headers: [.allow: list])
  }

  static func bodyTooLarge(limit: String) -> Problem {
    Problem(status: .contentTooLarge, detail: "The body is larger than \(limit).")
  }

  init(_ error: DraftError) {
    switch error {
    case .malformed(let reason):
      self.init(status: .badRequest, detail: "The body is no JSON: \(reason).")
    case .invalid(let violations):
      let summary = violations.map { "\($0.field) is \($0.found), and should be \($0.expected)" }.joined(separator: "; ")
      self.init(status: .unprocessableContent, detail: "The order is not valid: \(summary).", violations: violations)
    }
  }

  init(_ error: StoreError) {
    switch error {
    case .duplicate(let id):
      self.init(status: .conflict, detail: "There is an order '\(id)' already.")
    case .notPending(let id, let status):
      self.init(status: .conflict, detail: "The order '\(id)' is \(status.rawValue), and only pending orders can be cancelled.")
    case .keyReused(let key):
      self.init(status: .unprocessableContent, detail: "The Idempotency-Key '\(key)' was used for another request.")
    case .unavailable(let reason):
      self.init(
        status: .serviceUnavailable, detail: "Orders cannot be stored or read at the moment: \(reason)", headers: [.retryAfter: "1"])
    case .closed:
      self.init(status: .serviceUnavailable, detail: "The server is stopping.", headers: [.retryAfter: "1"])
    }
  }

  var json: JSON {
    var document: JSON = [
      "type": "about:blank", "title": .string(status.reasonPhrase), "status": .integer(Int64(status.code)), "detail": .string(detail),
    ]
    if !violations.isEmpty {
      document.set(
        .array(
          violations.map { ["field": .string($0.field), "found": .string($0.found), "expected": .string($0.expected)] }), at: "errors")
    }
    return document
  }
}
