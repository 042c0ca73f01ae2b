import Shared

/// Makes text from elsewhere (a server's answer, an order's id, a label) fit to be shown.
///
/// Escape sequences would command a terminal, and direction marks would reverse a line. What a markup language needs escaped is up to its
/// renderer.
package enum Legible {
  /// The text with its line breaks, without what could steer a terminal or the runner of a CI job, or reverse the direction of writing.
  package static func text(_ text: String) -> String { RunnerText.withoutCommands(TerminalText.withoutCommands(text)) }

  package static let defaultLimit = 200

  /// A single line: line breaks and tabs become spaces, invisible characters are dropped, and text beyond `limit` characters is replaced by
  /// an ellipsis.
  package static func line(_ text: String, limit: Int = defaultLimit) -> String {
    var result = String.UnicodeScalarView()
    var kept = 0
    for scalar in text.unicodeScalars {
      guard kept <= limit * 4 else { break }
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator:
        guard scalar == "\n" || scalar == "\t" || scalar == "\r" || scalar == "\u{2028}" || scalar == "\u{2029}" else { continue }
        result.append(" ")
      case .format where scalar != "\u{200D}":
        continue
      case .unassigned, .surrogate, .privateUse:
        result.append("\u{FFFD}")
      default:
        result.append(scalar)
      }
      kept += 1
    }
    let line = String(result)
    return line.count <= limit ? line : line.prefix(Swift.max(0, limit - 1)) + "…"
  }
}
