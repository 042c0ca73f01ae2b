import Shared
import Yams

/// One mapping of a YAML file, with its place: what is wrong with it is said with file, line and the key's whole path.
struct FileSection {
  /// As the user named it.
  let file: String
  /// The key's path from the outside in, as in `create.id`; empty for the file itself.
  let name: String
  private let line: Int
  private let values: [(key: String, line: Int, node: Node)]

  /// - Parameter keys: all that may stand in it.
  /// - Throws: `ConfigurationError` where it is no mapping, has another key, or has one twice.
  init(_ node: Node, file: String, name: String, line: Int, keys: [String]) throws(ConfigurationError) {
    self.file = file
    self.name = name
    self.line = line
    func refuse(_ line: Int, _ name: String, _ what: String) -> ConfigurationError {
      ConfigurationError("\(file):\(line): \(name.isEmpty ? "" : "\(name): ")\(what)")
    }
    guard let mapping = node.mapping else {
      throw refuse(line, name, "here stand 'key: value' lines, with keys out of \(keys.joined(separator: ", "))")
    }
    var values: [(key: String, line: Int, node: Node)] = []
    for (key, value) in mapping {
      let text = key.string ?? "?"
      let line = key.mark?.line ?? line
      let path = name.isEmpty ? text : "\(name).\(text)"
      guard keys.contains(text) else {
        let nearest = Spelling.nearest(to: text, among: keys).map { "did you mean '\($0)'?" }
        throw refuse(line, path, "there is no such key: " + (nearest ?? "it can be one of \(keys.joined(separator: ", "))"))
      }
      guard !values.contains(where: { $0.key == text }) else { throw refuse(line, path, "it stands there twice") }
      values.append((text, line, value))
    }
    self.values = values
  }

  // MARK: What is wrong

  /// - Parameter key: the one that is wrong; `nil`: the section itself.
  func refuse(_ key: String?, _ what: String) -> ConfigurationError {
    let line = values.first { $0.key == key }?.line ?? line
    let path = [name, key ?? ""].filter { !$0.isEmpty }.joined(separator: ".")
    return ConfigurationError("\(file):\(line): \(path.isEmpty ? "" : "\(path): ")\(what)")
  }

  func missing(_ key: String, _ example: String) -> ConfigurationError { refuse(nil, "it has no '\(key)': give it, as in \(example)") }

  /// Reads a value, and says where it stands if it cannot be read.
  func read<Value>(_ key: String, _ body: (String) throws -> Value) throws(ConfigurationError) -> Value? {
    guard let text = try text(key) else { return nil }
    do { return try body(text) } catch { throw refuse(key, "\(error)") }
  }

  // MARK: What is there

  func has(_ key: String) -> Bool { node(key) != nil }

  private func node(_ key: String) -> Node? { values.first { $0.key == key }?.node }

  /// The names of its keys, with where each stands.
  var keys: [String] { values.map(\.key) }

  /// One plain value.
  func text(_ key: String) throws(ConfigurationError) -> String? {
    guard let node = node(key) else { return nil }
    guard let scalar = node.scalar else { throw refuse(key, "it is one plain value; a text with braces or colons stands in quotes") }
    return scalar.string
  }

  /// A list of plain values, or one.
  func texts(_ key: String) throws(ConfigurationError) -> [String]? {
    guard let node = node(key) else { return nil }
    if let scalar = node.scalar { return [scalar.string] }
    guard let sequence = node.sequence else { throw refuse(key, "it is a list, as in [a, b]") }
    var texts: [String] = []
    for item in sequence {
      guard let scalar = item.scalar else { throw refuse(key, "it is a list of plain values, as in [a, b]") }
      texts.append(scalar.string)
    }
    return texts
  }

  /// A section within this one; `nil` where it is not there, or is the word `none`.
  func section(_ key: String, _ keys: [String]) throws(ConfigurationError) -> FileSection? {
    guard let (_, line, node) = values.first(where: { $0.key == key }) else { return nil }
    if node.scalar?.string == "none" { return nil }
    return try FileSection(node, file: file, name: name.isEmpty ? key : "\(name).\(key)", line: line, keys: keys)
  }

  /// Whether the key is there and is a section.
  func isSection(_ key: String) -> Bool { node(key)?.mapping != nil }

  /// A mapping whose keys the user chooses, in the order of the file.
  func table(_ key: String) throws(ConfigurationError) -> [(key: String, value: String)]? {
    guard let node = node(key) else { return nil }
    guard let mapping = node.mapping else { throw refuse(key, "here stand 'name: value' lines") }
    var table: [(key: String, value: String)] = []
    for (name, value) in mapping {
      guard let name = name.string, let text = value.scalar?.string else { throw refuse(key, "each name has one plain value") }
      table.append((name, text))
    }
    return table
  }

  // MARK: Values of a kind

  func flag(_ key: String) throws(ConfigurationError) -> Bool? {
    try read(key) { text in
      switch text.lowercased() {
      case "true", "yes", "on": return true
      case "false", "no", "off": return false
      default: throw UnitError(expected: "a switch", found: text, remedy: "it is true or false")
      }
    }
  }

  func duration(_ key: String) throws(ConfigurationError) -> Duration? { try read(key) { try Duration(text: $0) } }

  /// One of the words of an enumeration.
  func word<Word: RawRepresentable<String> & CaseIterable>(_ key: String, _ expected: String) throws(ConfigurationError) -> Word? {
    try read(key) { text in
      if let word = Word(rawValue: text) { return word }
      throw UnitError(expected: expected, found: text, remedy: "it is one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
    }
  }

  /// Status codes.
  func codes(_ key: String) throws(ConfigurationError) -> Set<Int>? {
    guard let texts = try texts(key) else { return nil }
    var codes: Set<Int> = []
    for text in texts {
      guard let code = Int(text), (100...599).contains(code) else {
        throw refuse(key, "'\(text)' is no status code: it lies from 100 to 599, as in [200, 201]")
      }
      codes.insert(code)
    }
    return codes
  }

  func field(_ key: String) throws(ConfigurationError) -> FieldPath? { try text(key).map { FieldPath($0) } }
}
