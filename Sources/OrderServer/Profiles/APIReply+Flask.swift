import HTTPTypes
import Shared

extension Schema {
  /// What the body of an error looks like.
  static let flask = Schema.named("Error", .answer(["error": .sentence]))
}

extension APIReply {
  /// Errors as a small Flask program has them: `error`, a text. What is not valid is a bad request (400).
  static func flask(_ error: APIError) -> APIReply {
    switch error {
    case .invalid, .badParameter: APIReply(.badRequest, ["error": .string(error.sentence)])
    default: APIReply(error.status, ["error": .string(error.sentence)])
    }
  }
}
