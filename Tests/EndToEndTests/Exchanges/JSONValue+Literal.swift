import Foundation

extension JSONValue {
  /// Holds this value against a literal, in which a text in angle brackets stands for whatever the server chose:
  ///
  /// | in the literal | stands for |
  /// |---|---|
  /// | `"<uuid>"` | a UUID as text |
  /// | `"<number>"` | a number |
  /// | `"<text>"` | a text that is not empty |
  /// | `"<RFC 3339>"` | a time in UTC with microseconds and `Z` |
  /// | `"<zoneless>"` | a time with microseconds and without a zone |
  /// | `"<any>"` | any value, which must be there |
  ///
  /// - Returns: where the two part, by path; nothing where they agree. Keys that only one of them has are differences.
  func differences(from literal: JSONValue, at path: String = "$") -> [String] {
    switch (self, literal) {
    case (_, .text(let name)) where Self.placeholders.contains(name):
      return isInstance(of: name) ? [] : ["\(path) is \(self), and should be \(name)"]
    case (.object(let found), .object(let wanted)):
      return Set(found.keys).union(wanted.keys).sorted().flatMap { key in
        switch (found[key], wanted[key]) {
        case (let value?, let literal?): value.differences(from: literal, at: "\(path).\(key)")
        case (let value?, nil): ["\(path).\(key) is \(value), and should not be there"]
        default: ["\(path).\(key) is missing"]
        }
      }
    case (.array(let found), .array(let wanted)) where found.count == wanted.count:
      return zip(found, wanted).enumerated().flatMap { $1.0.differences(from: $1.1, at: "\(path)[\($0)]") }
    default:
      return self == literal ? [] : ["\(path) is \(self), and should be \(literal)"]
    }
  }

  private static let placeholders: Set = ["<uuid>", "<number>", "<text>", "<RFC 3339>", "<zoneless>", "<any>"]

  private func isInstance(of placeholder: String) -> Bool {
    switch placeholder {
    case "<uuid>": text.flatMap(UUID.init(uuidString:)) != nil
    case "<number>": number != nil
    case "<text>": text?.isEmpty == false
    case "<RFC 3339>": text?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z/) != nil
    case "<zoneless>": text?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}/) != nil
    default: true
    }
  }
}
