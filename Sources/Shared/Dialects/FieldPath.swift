/// Where a value is in a JSON document, as keys from the outside in: `status_counts.pending`. The empty path is the document itself.
public struct FieldPath: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
  public let keys: [String]

  /// Empty keys, as those between two dots, are dropped.
  public init(_ text: String) { keys = text.split(separator: ".").map(String.init) }
  public init(stringLiteral text: String) { self.init(text) }

  public var description: String { keys.joined(separator: ".") }
}
