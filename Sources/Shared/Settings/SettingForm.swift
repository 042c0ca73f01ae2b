/// How one setting is spelled and explained: all that flags, variables, files and the help need to know about it.
public struct SettingForm: Sendable {
  /// The long flag's name, the key in a file, and, in capitals and with underscores, the end of the variable's name: `order-timeout`.
  public var name: String
  /// The letter of the short flag: `n` for `-n`.
  public var short: Character?
  public var heading: SettingHeading
  public var kind: Kind
  /// What it does, as a sentence without its full stop.
  public var help: String
  /// The default as the help shows it; `nil` where none is shown.
  public var fallback: String?

  /// How many texts a setting takes, and what they are.
  public enum Kind: Sendable, Equatable {
    /// One text.
    case one
    /// One text; a list in a file is joined into it by this separator.
    case joined(by: String)
    /// The path of a file; in a scenario file it is relative to that file's folder.
    case path
    /// True or false; as a flag it takes no value.
    case onOff
    /// Several texts.
    case list
    /// Several texts of two parts with `joint` between them. In a file each may also be a key with its value, as in the example.
    case pairs(joint: String, example: String)

    /// Whether it takes several texts.
    public var isList: Bool {
      switch self {
      case .list, .pairs: true
      case .one, .joined, .path, .onOff: false
      }
    }
  }

  /// As the help shows it: with its default and a full stop.
  public var sentence: String { help + (kind.isList ? " (repeatable)" : "") + (fallback.map { " (\($0))" } ?? "") + "." }
}

/// A part of the help.
public struct SettingHeading: Sendable, Hashable {
  public let title: String

  public init(_ title: String) { self.title = title }
}
