import Foundation
import Shared

/// YAML written for people: block style, with comments beside or above values.
struct YAMLText {
  private(set) var text = ""
  private var depth = 0
  /// What is said of some keys in place of the usual comment, by the key as `create.id`: each in lines of its own above it.
  var remarks: [ByteText: [String]] = [:]
  /// The keys that lead to what is written next.
  private var keys: [String] = []
  /// How long a line of a remark may be, in bytes.
  private static let remarkWidth = 116

  mutating func comment(_ words: String) { text += indent + "# \(words)\n" }

  /// Writes an empty line.
  mutating func gap() { text += "\n" }

  /// Writes what is remarked of a key.
  /// - Returns: whether there is something.
  @discardableResult
  mutating func remark(on key: String) -> Bool {
    guard let remarks = remarks[ByteText((keys + [key]).joined(separator: "."))] else { return false }
    for remark in remarks {
      var line = ""
      for word in remark.parts(between: " ") {
        if !line.isEmpty, line.utf8.count + word.utf8.count >= Self.remarkWidth {
          comment(line)
          line = " "
        }
        line += (line.isEmpty ? "" : " ") + word
      }
      comment(line)
    }
    return true
  }

  /// A key and its value.
  /// - Parameter value: as made by `scalar` or `flow`.
  mutating func line(_ key: String, _ value: String, _ comment: String? = nil) {
    let comment = remark(on: key) ? nil : comment
    let line = "\(indent)\(key): \(value)"
    // Beside the value where there is room for it, else above.
    if let comment, line.count + comment.count > 116 {
      text += "\(indent)# \(comment)\n\(line)\n"
    } else {
      text += line + (comment.map { "  # \($0)" } ?? "") + "\n"
    }
  }

  /// A key whose value is a mapping of its own.
  mutating func nested(_ key: String, _ comment: String? = nil, _ body: (inout YAMLText) -> Void) {
    let comment = remark(on: key) ? nil : comment
    text += "\(indent)\(key):\(comment.map { "  # \($0)" } ?? "")\n"
    depth += 1
    keys.append(key)
    body(&self)
    keys.removeLast()
    depth -= 1
  }

  private var indent: String { String(repeating: "  ", count: depth) }

  // MARK: Values

  /// A text, quoted and escaped as needed to be read back unchanged; plain words and paths are not quoted.
  static func scalar(_ text: String) -> String {
    let isPlain =
      text.first.map { $0.isASCII && ($0.isLetter || $0 == "/" || $0 == "_") } ?? false
      && text.utf8.allSatisfy { wordBytes.contains($0) } && !reserved.contains(text.lowercased())
    if isPlain { return text }
    guard text.unicodeScalars.allSatisfy(isPrinted) else { return escaped(text) }
    return "'\(text.replacing("'", with: "''"))'"
  }

  /// Whether a scalar needs no escape: printable ASCII, and letters of any script.
  private static func isPrinted(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x20 && scalar.value < 0x7F || scalar.value > 0x7F && scalar.properties.isAlphabetic
  }

  /// A text in double quotes, with escapes for all that is not printed as it is.
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

  /// A mapping in a single line; the values must already be quoted where necessary.
  static func flow(_ pairs: [(key: String, value: String)]) -> String {
    "{\(pairs.map { "\($0.key): \($0.value)" }.joined(separator: ", "))}"
  }

  /// A list in a single line; the values must already be quoted where necessary.
  static func flow(_ values: [String]) -> String { "[\(values.joined(separator: ", "))]" }

  private static let wordBytes = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./".utf8)
  /// Words that mean something else when unquoted, to us or to other YAML readers.
  private static let reserved: Set<String> = ["none", "null", "true", "false", "yes", "no", "on", "off", "y", "n"]
}
