import HTTPTypes
import Shared

extension Schema {
  /// What the body of an error looks like.
  static let flask = Schema.named("Error", .answer(["error": .sentence]))
}

extension APIReply {
  /// Errors in the manner of a small Flask program: a text under `error`. Requests that are not valid are answered with 400.
  static func flask(_ error: APIError) -> APIReply {
    switch error {
    case .invalid, .badParameter: APIReply(.badRequest, ["error": .string(error.sentence)])
    default: APIReply(error.status, ["error": .string(error.sentence)])
    }
  }
}
