/// What a terminal would take for commands.
public enum TerminalText {
  /// The text with its lines as they are, without what could steer a terminal or turn its direction.
  public static func withoutCommands(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 || $0 >= 0x7F }), text.unicodeScalars.contains(where: isCommand) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.filter { !isCommand($0) }))
  }

  /// Whether a terminal takes a scalar for a command: control characters but tab and line feed, those of the second set (C1), and what
  /// turns the direction of writing around.
  public static func isCommand(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: false
    case 0x00..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
