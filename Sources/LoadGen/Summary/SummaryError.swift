/// A summary that cannot be read or written: what was found, and what would be right.
struct SummaryError: Error, Equatable, CustomStringConvertible {
  let description: String

  static func version(_ found: Int) -> SummaryError {
    SummaryError(
      description: "the summary has schema_version \(found), and this program reads version \(Summary.schemaVersion): "
        + "use the program that wrote it, or make the run again")
  }

  init(description: String) { self.description = description }

  init(_ error: DecodingError) {
    switch error {
    case .dataCorrupted(let context) where context.codingPath.isEmpty:
      self.init(
        description: "this is not a summary: it is not whole JSON, or has a number that is too great, or should be whole; "
          + "a summary.json that loadgen wrote would be right")
    case .dataCorrupted(let context):
      self.init(description: "the summary's '\(Self.path(context.codingPath))' is none of the values that it may have")
    case .keyNotFound(let key, let context):
      self.init(description: "this is not a whole summary: it has no '\(Self.path(context.codingPath + [key]))'")
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      let path = Self.path(context.codingPath)
      let place = path.isEmpty ? "this is not a summary: it" : "the summary's '\(path)'"
      self.init(description: "\(place) should be \(Self.word(type))")
    @unknown default:
      self.init(description: "the summary cannot be read: \(error)")
    }
  }

  init(_ error: EncodingError) {
    switch error {
    case .invalidValue(let value, let context):
      self.init(
        description: "the summary's '\(Self.path(context.codingPath))' is \(value), which JSON cannot hold; a finite number would be right")
    @unknown default:
      self.init(description: "the summary cannot be written: \(error)")
    }
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    keys.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined().drop { $0 == "." }.description
  }

  private static func word(_ type: any Any.Type) -> String {
    switch type {
    case is Int.Type, is Int64.Type, is UInt64.Type: "a whole number"
    case is Double.Type: "a number"
    case is String.Type: "text"
    case is Bool.Type: "true or false"
    case is any Collection.Type where "\(type)".hasPrefix("Dictionary"): "an object"
    case is any Collection.Type: "a list"
    default: "a \(type)"
    }
  }
}
