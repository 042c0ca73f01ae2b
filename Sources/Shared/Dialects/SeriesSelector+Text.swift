extension Dialect.SeriesSelector: CustomStringConvertible {
  /// As a dialect file has it.
  public var description: String {
    let isPlain = Self.isPlain(name)
    let parts = (isPlain ? [] : [Self.quoted(name)]) + matchers.map(\.description)
    return (isPlain ? name : "") + (parts.isEmpty ? "" : "{\(parts.joined(separator: ","))}")
  }

  /// - Throws: `BadSelector`.
  public init(text: String) throws(BadSelector) {
    var reader = SelectorReader(text)
    self = try reader.read()
  }

  /// Why a text is no selector.
  public struct BadSelector: Error, CustomStringConvertible {
    public let description: String
  }

  fileprivate static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
  }

  /// Whether a name needs no quotes.
  fileprivate static func isPlain(_ name: String, colons: Bool = true) -> Bool {
    guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return false }
    return name.utf8.allSatisfy { SelectorReader.isNamePart($0, colons: colons) }
  }
}

extension Dialect.SeriesSelector.Matcher: CustomStringConvertible {
  public var description: String {
    let isText = if case .text = pattern { true } else { false }
    let sign = isText ? isNegated ? "!=" : "=" : isNegated ? "!~" : "=~"
    let label = Dialect.SeriesSelector.isPlain(label, colons: false) ? label : Dialect.SeriesSelector.quoted(label)
    return label + sign + Dialect.SeriesSelector.quoted(pattern.description)
  }
}

extension Dialect.LabelPattern: CustomStringConvertible {
  /// The text, or the pattern as it is written.
  public var description: String {
    switch self {
    case .text(let text): text
    case .choice(let choices): choices.map { Self.text($0) }.joined(separator: "|")
    }
  }

  private static func text(_ parts: [Part]) -> String {
    var bytes: [UInt8] = []
    for part in parts {
      switch part {
      case .byte(let byte):
        if special.contains(byte) { bytes.append(UInt8(ascii: "\\")) }
        bytes.append(byte)
      case .anyCharacter: bytes.append(UInt8(ascii: "."))
      case .anything: bytes += [UInt8(ascii: "."), UInt8(ascii: "*")]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What means more than itself in a regular expression.
  private static let special = Set(#".*+?()[]{}|^$\"#.utf8)

  /// - Throws: `BadSelector` where it is a regular expression of another kind than is known.
  public init(pattern: String) throws(Dialect.SeriesSelector.BadSelector) {
    var choices: [[Part]] = [[]]
    let bytes = Array(pattern.utf8)
    var index = 0
    while index < bytes.count {
      let (byte, next) = (bytes[index], index + 1 < bytes.count ? bytes[index + 1] : 0)
      index += 1
      switch byte {
      case UInt8(ascii: "|"): choices.append([])
      case UInt8(ascii: ".") where next == UInt8(ascii: "*"):
        choices[choices.count - 1].append(.anything)
        index += 1
      case UInt8(ascii: ".") where next == UInt8(ascii: "+"):
        choices[choices.count - 1] += [.anyCharacter, .anything]
        index += 1
      case UInt8(ascii: "."): choices[choices.count - 1].append(.anyCharacter)
      case UInt8(ascii: "\\") where Self.special.contains(next):
        choices[choices.count - 1].append(.byte(next))
        index += 1
      case _ where Self.special.contains(byte):
        throw Dialect.SeriesSelector.BadSelector(
          description: "the pattern '\(pattern)' has more in it than letters, '.', '.*', '.+' and '|', as in 2..|404")
      default: choices[choices.count - 1].append(.byte(byte))
      }
    }
    self = .choice(choices)
  }
}

/// Reads `name{label="value",…}`.
private struct SelectorReader {
  typealias Bad = Dialect.SeriesSelector.BadSelector

  private let bytes: [UInt8]
  private var index = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  static func isNamePart(_ byte: UInt8, colons: Bool) -> Bool {
    (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "_")
      || colons && byte == UInt8(ascii: ":")
  }

  mutating func read() throws(Bad) -> Dialect.SeriesSelector {
    skipBlanks()
    var name = index < bytes.count && bytes[index] != UInt8(ascii: "{") ? try self.name("a metric", colons: true) : nil
    var matchers: [Dialect.SeriesSelector.Matcher] = []
    skipBlanks()
    if takes("{") {
      skipBlanks()
      while !takes("}") {
        try readTerm(&name, &matchers)
        skipBlanks()
        if takes(",") {
          skipBlanks()
        } else if index == bytes.count || bytes[index] != UInt8(ascii: "}") {
          throw Bad(description: "',' or '}' is due after \(beginning)")
        }
      }
      skipBlanks()
    }
    guard index == bytes.count else { throw Bad(description: "nothing is due after \(beginning)") }
    guard let name, !name.isEmpty else { throw Bad(description: "it has no name of a metric, as in orders_total{status=\"completed\"}") }
    return Dialect.SeriesSelector(name, matchers)
  }

  /// A matcher, or the metric's name in quotes.
  private mutating func readTerm(_ name: inout String?, _ matchers: inout [Dialect.SeriesSelector.Matcher]) throws(Bad) {
    let isQuoted = index < bytes.count && bytes[index] == UInt8(ascii: "\"")
    let label = isQuoted ? try quoted() : try self.name("a label", colons: false)
    skipBlanks()
    if isQuoted, name == nil, index == bytes.count || bytes[index] == UInt8(ascii: ",") || bytes[index] == UInt8(ascii: "}") {
      name = label
      return
    }
    let (isNegated, isPattern): (Bool, Bool)
    if takes("=~") {
      (isNegated, isPattern) = (false, true)
    } else if takes("!~") {
      (isNegated, isPattern) = (true, true)
    } else if takes("!=") {
      (isNegated, isPattern) = (true, false)
    } else if takes("=") {
      (isNegated, isPattern) = (false, false)
    } else {
      throw Bad(description: "'=', '!=', '=~' or '!~' is due after \(beginning)")
    }
    skipBlanks()
    guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
      throw Bad(description: "a value in double quotes is due after \(beginning)")
    }
    let value = try quoted()
    if label == "__name__", !isNegated, !isPattern, name == nil {
      name = value
    } else {
      matchers.append(Dialect.SeriesSelector.Matcher(label, isPattern ? try .init(pattern: value) : .text(value), isNegated: isNegated))
    }
  }

  /// What has been read, for an error.
  private var beginning: String { index == 0 ? "the beginning" : "'\(String(decoding: bytes[..<index], as: UTF8.self))'" }

  private mutating func skipBlanks() { while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 } }

  private mutating func takes(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard index + count <= bytes.count,
      bytes[index..<index + count].elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: count))
    else { return false }
    index += count
    return true
  }

  private mutating func name(_ what: String, colons: Bool) throws(Bad) -> String {
    let start = index
    while index < bytes.count, Self.isNamePart(bytes[index], colons: colons) { index += 1 }
    let name = String(decoding: bytes[start..<index], as: UTF8.self)
    guard Dialect.SeriesSelector.isPlain(name, colons: colons) else {
      index = start
      throw Bad(description: "the name of \(what) is due after \(beginning): letters, digits and _, or anything in double quotes")
    }
    return name
  }

  private mutating func quoted() throws(Bad) -> String {
    let start = index
    index += 1
    var text: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
      guard byte == UInt8(ascii: "\\"), index < bytes.count else {
        text.append(byte)
        continue
      }
      let next = bytes[index]
      index += 1
      switch next {
      case UInt8(ascii: "n"): text.append(0x0A)
      case UInt8(ascii: "\\"), UInt8(ascii: "\""): text.append(next)
      default: text += [byte, next]
      }
    }
    index = start
    throw Bad(description: "the closing quote is missing after \(beginning)")
  }
}
