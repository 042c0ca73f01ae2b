/// A text that cannot be read as a value with a unit: says what it should have been, what was found, and an example of what is right.
public struct UnitError: Error, Equatable, CustomStringConvertible {
  /// What was expected, with its article: `a duration`, `a rate`.
  public let expected: String
  public let found: String
  /// What is wrong and what would be right, as a clause: `it needs a unit, as in 30s or 250ms`.
  public let remedy: String

  public init(expected: String, found: String, remedy: String) {
    self.expected = expected
    self.found = found
    self.remedy = remedy
  }

  public var description: String { "'\(found)' is not \(expected): \(remedy)" }
}
