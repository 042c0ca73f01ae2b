import Shared
import Yams

/// A value in a dialect file, and where it is.
struct DialectNode {
  private let node: Node
  let file: String
  /// The line of its key, where it has one.
  let line: Int
  /// The keys that lead to it, as an error shows them: `create.id.body`; empty for the whole file.
  let key: String

  init(_ node: Node, file: String, line: Int, key: String) {
    self.node = node
    self.file = file
    self.line = line
    self.key = key
  }

  /// An error about this value, which begins with file, line and key.
  /// - Parameter words: what was found, and what would be right.
  func refusal(_ words: String) -> ConfigurationError {
    ConfigurationError("\(file):\(line): \(key.isEmpty ? "" : "\(key): ")\(words)")
  }

  /// Whether it says that there is no such thing: `none` or null, without quotes, or no value at all.
  var isNone: Bool { isPlain(["none", "null", "~", ""]) }

  /// Whether it is `null`, and not a text.
  var isNull: Bool { isPlain(["null", "~"]) }

  private func isPlain(_ words: [String]) -> Bool {
    guard let scalar = node.scalar, scalar.style == .plain || scalar.style == .any else { return false }
    return words.contains(scalar.string.lowercased())
  }

  /// Whether it is an empty text.
  var isEmpty: Bool { node.scalar?.string.isEmpty == true }

  /// What it is, as an error says it.
  var kind: String {
    switch node {
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .scalar(let scalar): scalar.string.isEmpty ? "empty" : "'\(scalar.string)'"
    case .alias: "an alias"
    }
  }

  /// The text of a single value; `nil` where it is a list or a mapping.
  var single: String? { node.scalar?.string }

  /// The keys and values of a mapping in the order of the file; `nil` where it is not a mapping.
  var pairs: [(name: String, value: DialectNode)]? {
    node.mapping?.map { name, value in
      let text = name.scalar?.string ?? "?"
      let line = name.mark?.line ?? line
      return (text, DialectNode(value, file: file, line: line, key: key.isEmpty ? text : "\(key).\(text)"))
    }
  }

  /// A text, which is empty only where it is quoted. It may have line breaks, but no other control characters.
  /// - Parameter example: how it could be written, for errors.
  func text(_ example: String) throws(ConfigurationError) -> String {
    guard let scalar = node.scalar else {
      let hint = node.mapping == nil ? "" : " (braces outside of quotes are a mapping)"
      throw refusal("it is \(kind)\(hint) where a text is due, as in \(example)")
    }
    guard !scalar.string.isEmpty || scalar.style == .singleQuoted || scalar.style == .doubleQuoted else {
      throw refusal("it is empty where a text is due, as in \(example)")
    }
    // A template may span several lines.
    guard !scalar.string.unicodeScalars.contains(where: { $0 != "\r" && TerminalText.isCommand($0) }) else {
      throw refusal("it has control characters in it; leave them out, as in \(example)")
    }
    return scalar.string
  }

  /// A text that is not empty, and has no line breaks or other control characters.
  func line(_ example: String) throws(ConfigurationError) -> String {
    let text = try text(example)
    guard !text.isEmpty else { throw refusal("it is empty where a text is due, as in \(example)") }
    guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
      throw refusal("it has line breaks or control characters; write it on one line, as in \(example)")
    }
    return text
  }

  /// The elements of a list. A single value stands for a list of one, `none` for an empty one.
  func elements() throws(ConfigurationError) -> [DialectNode] {
    if let sequence = node.sequence {
      return sequence.map { DialectNode($0, file: file, line: $0.mark?.line ?? line, key: key) }
    }
    guard node.scalar != nil else { throw refusal("it is \(kind) where a value or a list of values is due") }
    return isNone ? [] : [self]
  }

  /// The elements of a list, of which `null` is one as any other. A single value stands for a list of one.
  func sequence() throws(ConfigurationError) -> [DialectNode] {
    node.scalar != nil ? [self] : try elements()
  }

  /// One of the raw values of an enum.
  func choice<Word: RawRepresentable<String> & CaseIterable>(_ type: Word.Type) throws(ConfigurationError) -> Word {
    let words = Word.allCases.map(\.rawValue)
    let text = try text(words.first ?? "")
    if let word = Word(rawValue: text) { return word }
    throw refusal("'\(text)' is none of \(words.joined(separator: ", "))\(Self.guess(text, words))")
  }

  /// `true`, `yes` or `on`, or one of their opposites, regardless of case.
  func flag() throws(ConfigurationError) -> Bool {
    switch try text("true").lowercased() {
    case "true", "yes", "on": return true
    case "false", "no", "off": return false
    default: throw refusal("it is \(kind), and should be true or false")
    }
  }

  /// - Parameter zeroIsRight: whether it may be 0; it is never negative.
  func duration(zeroIsRight: Bool) throws(ConfigurationError) -> Duration {
    let text = try text("15m")
    let duration: Duration
    do { duration = try Duration(text: text) } catch { throw refusal("\(error)") }
    guard duration > .zero || zeroIsRight else { throw refusal("it is '\(text)', and must be longer than nothing, as in 1s") }
    return duration
  }

  /// Which word a misspelt one was probably meant to be, as the end of an error; empty where none is close.
  static func guess(_ text: String, _ words: [String]) -> String {
    Spelling.nearest(to: text, among: words).map { ": did you mean '\($0)'?" } ?? ""
  }
}
