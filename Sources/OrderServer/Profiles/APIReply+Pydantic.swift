import HTTPTypes
import Shared

extension APIReply {
  /// Errors as FastAPI answers them: `detail` is a text, or a list of violations where the request is not valid (422).
  static func pydantic(_ error: APIError) -> APIReply {
    switch error {
    case .invalid(let violations): APIReply(.unprocessableContent, ["detail": .array(violations.map { $0.pydantic(in: "body") })])
    case .badParameter(let violation, let place):
      APIReply(.unprocessableContent, ["detail": [violation.pydantic(in: place.rawValue)]])
    case .malformed(let reason):
      APIReply(
        .unprocessableContent,
        ["detail": [["loc": ["body"], "msg": .string("JSON decode error: \(reason)"), "type": "json_invalid"]]])
    case .noSuchPath, .methodNotAllowed, .unforeseen: APIReply(error.status, ["detail": .string(error.status.reasonPhrase)])
    default: APIReply(error.status, ["detail": .string(error.sentence)])
    }
  }
}

extension Schema {
  /// What the body of an error looks like.
  @Sendable static func pydantic(_ error: APIError) -> Schema {
    switch error {
    case .invalid, .badParameter, .malformed:
      let place = Schema.any([.sentence, .count])
      let error = Schema.answer(["loc": .list(place, count: 1...3), "msg": .sentence, "type": .sentence])
      return .named("InvalidDetail", .answer(["detail": .list(error, count: Violation.counts)]))
    default:
      return .named("Detail", .answer(["detail": .sentence]))
    }
  }
}

extension Violation {
  fileprivate func pydantic(in part: String) -> JSON {
    let (message, type) = wording
    return ["loc": .array([.string(part)] + location), "msg": .string(message), "type": .string(type)]
  }

  /// `item_ids[2]` as a name and an index; empty where it is the whole body.
  private var location: [JSON] {
    let parts = field.parts(between: "[")
    guard parts.count == 2, let index = Int64(parts[1].dropLast()) else { return field == "body" ? [] : [.string(field)] }
    return [.string(String(parts[0])), .integer(index)]
  }

  private var wording: (message: String, type: String) {
    switch rule {
    case .presence: ("Field required", "missing")
    case .kind(.string): ("Input should be a valid string", "string_type")
    case .kind(.integer): ("Input should be a valid integer", "int_type")
    case .kind(.number): ("Input should be a valid number", "float_type")
    case .kind(.list), .kind(.stringOrList): ("Input should be a valid list", "list_type")
    case .kind(.object): ("Input should be a valid dictionary or object to extract fields from", "model_attributes_type")
    case .value: ("Value error, it should be \(expected)", "value_error")
    }
  }
}
