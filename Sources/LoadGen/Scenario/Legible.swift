import Shared

/// Text that came from elsewhere (a server's answer, an order's id, a label), made fit to be shown on one line.
///
/// Escape sequences would command a terminal, and marks of direction turn a line around. What markup needs is the renderer's own concern.
package enum Legible {
  /// The text with its lines as they are, without what could steer a terminal or turn its direction.
  package static func text(_ text: String) -> String { TerminalText.withoutCommands(text) }

  package static let defaultLimit = 200

  /// Line breaks and tabs become a space, what cannot be seen goes, and after `limit` characters there is an ellipsis.
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
