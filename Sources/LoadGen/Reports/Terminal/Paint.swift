import LoadRun

/// Colours for a terminal; without effect where colour is off.
package struct Paint: Sendable {
  let enabled: Bool

  /// The parameters of an ANSI escape sequence (SGR).
  enum Ink: String, Sendable {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"
    case greenBadge = "1;30;42"
    case redBadge = "1;37;41"
    case yellowBadge = "1;30;43"
  }

  /// Whether the environment permits colour: `NO_COLOR` is unset or empty, and `TERM` is not `dumb`. That there is a terminal must be
  /// checked separately.
  package static func isWanted(by environment: [String: String]) -> Bool {
    environment["NO_COLOR"].map(\.isEmpty) ?? true && environment["TERM"] != "dumb"
  }

  /// How many characters are visible, without escape sequences.
  static func width(of painted: String) -> Int {
    var width = 0
    var inEscape = false
    for character in painted {
      if character == "\u{1B}" {
        inEscape = true
      } else if inEscape {
        inEscape = character != "m"
      } else {
        width += 1
      }
    }
    return width
  }

  func callAsFunction(_ text: String, _ ink: Ink) -> String { enabled ? "\u{1B}[\(ink.rawValue)m\(text)\u{1B}[0m" : text }
}
