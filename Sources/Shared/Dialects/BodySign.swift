/// What an answer's body shows where its status code does not: that one of some words stands at a place, or that there is anything at all.
public struct BodySign: Sendable, Hashable {
  public var field: FieldPath
  /// In lower case; a number, `true`, `false` or `null` is a word as it is printed. Empty: anything but `null`, `false`, and nothing.
  public var words: [String]

  public init(_ field: FieldPath, words: [String] = []) {
    self.field = field
    self.words = words.map { $0.lowercased() }
  }
}
