/// What GitHub's runner takes for commands in what a step prints (`ActionCommand` of actions/runner, of 2026).
enum RunnerLog {
  private static let names: Set<String> = [
    "add-mask", "add-matcher", "add-path", "debug", "echo", "endgroup", "error", "group", "notice", "remove-matcher", "save-state",
    "set-env",
    "set-output", "stop-commands", "warning",
  ]

  /// The lines that are commands, as they were printed.
  static func commands(in text: String) -> [String] {
    text.unicodeScalars.split(whereSeparator: { $0 == "\n" || $0 == "\r" }).map { String(String.UnicodeScalarView($0)) }.filter {
      isNow($0) || isOlder($0)
    }
  }

  /// As in `::error title=a::b`, after white space.
  private static func isNow(_ line: String) -> Bool {
    guard let match = String(line.drop(while: \.isWhitespace)).prefixMatch(of: /::([^ ]*?)(?: .*?)?::/) else { return false }
    return names.contains(match.output.1.lowercased())
  }

  /// As in `##[error]a`, anywhere: only the first counts.
  private static func isOlder(_ line: String) -> Bool {
    guard let match = line.firstMatch(of: /##\[([^\] ]*)[^\]]*\]/) else { return false }
    return names.contains(match.output.1.lowercased())
  }
}
