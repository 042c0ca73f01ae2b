/// What a terminal would take for commands, so that text from outside cannot steer it.
public enum TerminalText {
  /// The text, with its line breaks, without what could steer a terminal or reverse the direction of writing.
  public static func withoutCommands(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 || $0 >= 0x7F }), text.unicodeScalars.contains(where: isCommand) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.filter { !isCommand($0) }))
  }

  /// Whether a terminal takes a scalar for a command: control characters except tab and line feed, C1 control characters, and what reverses
  /// the direction of writing.
  public static func isCommand(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: false
    case 0x00..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
