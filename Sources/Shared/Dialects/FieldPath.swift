/// Where a value stands in a JSON document, as keys from the outside in: `status_counts.pending`.
public struct FieldPath: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
  public let keys: [String]

  public init(_ text: String) { keys = text.split(separator: ".").map(String.init) }
  public init(stringLiteral text: String) { self.init(text) }

  public var description: String { keys.joined(separator: ".") }
}
