import LoadRun

/// One annotation of a GitHub job: a workflow command, by which the runner shows a message at the head of the job and of the pull request.
struct Annotation: Sendable, Equatable {
  /// How loud it is, by the command's name.
  enum Level: String, Sendable, CaseIterable {
    case error, warning
  }

  let level: Level
  let title: String
  let message: String

  /// The runner cuts messages off after 4,096 characters.
  private static let longestMessage = 1_000
  private static let longestTitle = 120

  /// - Parameters:
  ///   - title: may have words from elsewhere, as `message` may; both are cut where they are long.
  init(_ level: Level, _ title: String, _ message: String) {
    self.level = level
    self.title = Legible.line(title, limit: Self.longestTitle)
    self.message = Legible.line(message, limit: Self.longestMessage)
  }

  /// As the runner reads it, without a newline: nothing in title or message ends the command or begins another one.
  var line: String { "::\(level.rawValue) title=\(Self.property(title))::\(Self.data(message))" }

  /// The runner's own escapes, of which there are no others: of a message, and of a property, which ends at a comma or a colon.
  static func data(_ text: String) -> String { escaped(text, ["%": "%25", "\r": "%0D", "\n": "%0A"]) }
  static func property(_ text: String) -> String { escaped(text, ["%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"]) }

  private static func escaped(_ text: String, _ escapes: [Unicode.Scalar: String]) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      if let escape = escapes[scalar] { result += escape } else { result.unicodeScalars.append(scalar) }
    }
  }
}
