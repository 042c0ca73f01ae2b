/// How one setting is spelled and explained: all that flags, variables, files and the help need to know of it.
public struct SettingForm: Sendable {
  /// The long flag's name, the key in a file, and, in capitals, the variable's: `order-timeout`.
  public var name: String
  /// `n` of `-n`.
  public var short: Character?
  public var heading: SettingHeading
  public var kind: Kind
  /// What it does, without a period at its end.
  public var help: String
  /// What holds where nothing is said; `nil` where there is nothing to tell.
  public var fallback: String?

  /// How many texts a setting takes, and what these are.
  public enum Kind: Sendable, Equatable {
    /// One text.
    case one
    /// One text; a list in a file stands for it, joined by this.
    case joined(by: String)
    /// The path of a file, which in a file counts from that file's own folder.
    case path
    /// True or false; as a flag it takes no text.
    case onOff
    /// Several texts.
    case list
    /// Several texts of two parts with this between them, which in a file may be a key with its value, as in the example.
    case pairs(joint: String, example: String)

    public var isList: Bool {
      switch self {
      case .list, .pairs: true
      case .one, .joined, .path, .onOff: false
      }
    }
  }

  /// As the help has it.
  public var sentence: String { help + (kind.isList ? " (repeatable)" : "") + (fallback.map { " (\($0))" } ?? "") + "." }
}

/// A part of the help.
public struct SettingHeading: Sendable, Hashable {
  public let title: String

  public init(_ title: String) { self.title = title }
}
