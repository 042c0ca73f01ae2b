import Foundation

/// YAML that is written for people: block style, a comment beside what is not plain.
struct YAMLText {
  private(set) var text = ""
  private var depth = 0

  mutating func comment(_ words: String) { text += indent + "# \(words)\n" }

  mutating func gap() { text += "\n" }

  /// - Parameter value: as `scalar` or `flow` make it.
  mutating func line(_ key: String, _ value: String, _ comment: String? = nil) {
    let line = "\(indent)\(key): \(value)"
    // A comment beside the value, where there is room for it; else before it.
    if let comment, line.count + comment.count > 116 {
      text += "\(indent)# \(comment)\n\(line)\n"
    } else {
      text += line + (comment.map { "  # \($0)" } ?? "") + "\n"
    }
  }

  /// A key whose value is a mapping of its own.
  mutating func nested(_ key: String, _ comment: String? = nil, _ body: (inout YAMLText) -> Void) {
    text += "\(indent)\(key):\(comment.map { "  # \($0)" } ?? "")\n"
    depth += 1
    body(&self)
    depth -= 1
  }

  private var indent: String { String(repeating: "  ", count: depth) }

  // MARK: Values

  /// A text in such a way that it is read back as it is: without quotes where it is a plain word or path.
  static func scalar(_ text: String) -> String {
    let isPlain =
      text.first.map { $0.isASCII && ($0.isLetter || $0 == "/" || $0 == "_") } ?? false
      && text.utf8.allSatisfy { wordBytes.contains($0) } && !reserved.contains(text.lowercased())
    if isPlain { return text }
    guard text.unicodeScalars.allSatisfy(isPrinted) else { return escaped(text) }
    return "'\(text.replacing("'", with: "''"))'"
  }

  /// ASCII, and the letters of all scripts.
  private static func isPrinted(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x20 && scalar.value < 0x7F || scalar.value > 0x7F && scalar.properties.isAlphabetic
  }

  /// Whatever is not printed is escaped.
  private static func escaped(_ text: String) -> String {
    let characters = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      case "\t": "\\t"
      default: isPrinted(scalar) ? String(scalar) : String(format: "\\U%08X", scalar.value)
      }
    }
    return "\"\(characters.joined())\""
  }

  static func flow(_ pairs: [(key: String, value: String)]) -> String {
    "{\(pairs.map { "\($0.key): \($0.value)" }.joined(separator: ", "))}"
  }

  static func flow(_ values: [String]) -> String { "[\(values.joined(separator: ", "))]" }

  private static let wordBytes = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./".utf8)
  /// Words that mean something else without quotes, to us or to other readers of YAML.
  private static let reserved: Set<String> = ["none", "null", "true", "false", "yes", "no", "on", "off", "y", "n"]
}
