import HTTPTypes
import Shared

extension Schema {
  /// What the body of a refusal looks like.
  static let flask = Schema.named("Error", .answer(["error": .sentence]))
}

extension Answer {
  /// Errors as a small Flask program has them: `error`, a text. What is not valid is a bad request (400).
  static func flask(_ refusal: Refusal) -> Answer {
    switch refusal {
    case .invalid, .badParameter: Answer(.badRequest, ["error": .string(refusal.sentence)])
    default: Answer(refusal.status, ["error": .string(refusal.sentence)])
    }
  }
}
