import LoadRun

/// A piece of HTML or XML. Literals are used as they are, while all interpolated text is escaped: markup can only come from our own code.
///
/// Values may be interpolated into an element's content or a quoted attribute, and nowhere else.
struct Markup: ExpressibleByStringInterpolation, Sendable, Equatable {
  private(set) var text: String

  init(stringLiteral value: String) { text = value }
  init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }
  private init(text: String) { self.text = text }

  static let empty = Markup(text: "")

  static func += (left: inout Markup, right: Markup) { left.text += right.text }

  /// Text escaped for an element's content or a quoted attribute's value.
  static func escape(_ foreign: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in foreign.unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "'": result.append(contentsOf: "&#39;".unicodeScalars)
      // XML 1.0 allows no other control characters, and no non-characters: they are dropped.
      case "\t", "\n", "\r", " "..."\u{7E}", "\u{A0}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
        result.append(scalar)
      default: continue
      }
    }
    return String(result)
  }

  /// Escapes text, and takes markup as it is.
  struct StringInterpolation: StringInterpolationProtocol {
    var text = ""

    init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity + interpolationCount * 8) }

    mutating func appendLiteral(_ literal: String) { text += literal }
    mutating func appendInterpolation(_ foreign: String) { text += Markup.escape(foreign) }
    mutating func appendInterpolation(_ number: Int) { text += String(number) }
    mutating func appendInterpolation(_ markup: Markup) { text += markup.text }
    mutating func appendInterpolation(_ markup: [Markup]) { for part in markup { text += part.text } }
  }
}
