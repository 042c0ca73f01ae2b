import Shared

/// Reads JSON exactly as RFC 8259 defines it, and says where a text departs from it.
///
/// Stricter than the usual decoders where they hide a client's mistake: no trailing commas, no name twice in an object,
/// no unpaired surrogates. All numbers become `Double`, infinite where they are too large.
struct JSONParser {
  /// Lists and objects may be nested this deep.
  static let depthLimit = 64

  /// Why a text is not JSON, and where.
  struct Failure: Error, Equatable, CustomStringConvertible {
    var reason: String
    /// In bytes from the start.
    var offset: Int

    var description: String { "\(reason) (byte \(offset))" }
  }

  private let bytes: [UInt8]
  private var place = 0
  private var depth = 0

  /// - Throws: `Failure`.
  static func parse(_ bytes: [UInt8]) throws -> JSON {
    guard String(validating: bytes, as: UTF8.self) != nil else { throw Failure(reason: "text that is not UTF-8", offset: 0) }
    var parser = JSONParser(bytes: bytes)
    let document = try parser.value()
    parser.skipSpace()
    guard parser.place == bytes.count else { throw parser.failure("something after the end of the document") }
    return document
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private func failure(_ reason: String) -> Failure { Failure(reason: reason, offset: place) }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { place += 1 }
  }

  /// Skips spaces, and then this byte where it is the next.
  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard next == byte else { return false }
    place += 1
    return true
  }

  private mutating func value() throws -> JSON {
    skipSpace()
    guard let next else { throw failure("an end where a value should be") }
    switch next {
    case UInt8(ascii: "{"): return try nested { try $0.object() }
    case UInt8(ascii: "["): return try nested { try $0.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw failure("not a value")
    }
  }

  private mutating func nested(_ body: (inout JSONParser) throws -> JSON) throws -> JSON {
    guard depth < Self.depthLimit else { throw failure("lists and objects nested deeper than \(Self.depthLimit)") }
    place += 1
    depth += 1
    defer { depth -= 1 }
    return try body(&self)
  }

  private mutating func object() throws -> JSON {
    var members: [JSON.Member] = []
    var names: Set<ByteText> = []
    if take(UInt8(ascii: "}")) { return .object([]) }
    repeat {
      skipSpace()
      let start = place
      guard next == UInt8(ascii: "\"") else { throw failure("no name of a member") }
      let name = try string()
      guard names.insert(ByteText(name)).inserted else {
        throw Failure(reason: "the name '\(name.beginning(60))' for the second time", offset: start)
      }
      guard take(UInt8(ascii: ":")) else { throw failure("no colon") }
      members.append(JSON.Member(name: name, value: try value()))
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw failure("neither a comma nor the end of the object") }
    return .object(members)
  }

  private mutating func array() throws -> JSON {
    var elements: [JSON] = []
    if take(UInt8(ascii: "]")) { return .array([]) }
    repeat { elements.append(try value()) } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw failure("neither a comma nor the end of the list") }
    return .array(elements)
  }

  private mutating func word(_ word: StaticString, _ value: JSON) throws -> JSON {
    let text = word.description.utf8
    guard bytes[place...].starts(with: text) else { throw failure("not a value") }
    place += text.count
    return value
  }

  /// `-? (0 | 1–9 digits) (. digits)? (e ±? digits)?`
  private mutating func number() throws -> JSON {
    let start = place
    if next == UInt8(ascii: "-") { place += 1 }
    if next == UInt8(ascii: "0") { place += 1 } else { try digits() }
    if next == UInt8(ascii: ".") {
      place += 1
      try digits()
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      place += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { place += 1 }
      try digits()
    }
    guard let number = Double(String(decoding: bytes[start..<place], as: UTF8.self)) else { throw failure("no number") }
    return .number(number)
  }

  private mutating func digits() throws {
    let start = place
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { place += 1 }
    guard place > start else { throw failure("no digit") }
  }
}

extension JSONParser {
  /// Begins at the opening quote.
  private mutating func string() throws -> String {
    place += 1
    let start = place
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        defer { place += 1 }
        return String(decoding: bytes[start..<place], as: UTF8.self)
      case UInt8(ascii: "\\"): return try escapedString(from: start)
      case 0..<0x20: throw failure("a control character in a string")
      default: place += 1
      }
    }
    throw failure("a string without an end")
  }

  /// Reads the rest of a string, from its first escape on.
  private mutating func escapedString(from start: Int) throws -> String {
    var text = Array(bytes[start..<place])
    while let byte = next {
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text += Array(String(try escape()).utf8)
      case 0..<0x20: throw failure("a control character in a string")
      default: text.append(byte)
      }
    }
    throw failure("a string without an end")
  }

  /// Reads what follows a backslash.
  private mutating func escape() throws -> Unicode.Scalar {
    guard let byte = next else { throw failure("a string without an end") }
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let unit = try hexUnit()
      if let scalar = Unicode.Scalar(unit) { return scalar }
      guard unit < 0xDC00, next == UInt8(ascii: "\\") else { throw failure("half of a surrogate pair") }
      place += 1
      guard next == UInt8(ascii: "u") else { throw failure("half of a surrogate pair") }
      place += 1
      let low = try hexUnit()
      guard (0xDC00...0xDFFF).contains(low),
        let scalar = Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
      else { throw failure("half of a surrogate pair") }
      return scalar
    default: throw failure("an unknown escape")
    }
  }

  /// Four hexadecimal digits.
  private mutating func hexUnit() throws -> UInt16 {
    var unit = UInt16(0)
    for _ in 0..<4 {
      guard let byte = next, byte < 0x80, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw failure("no four hexadecimal digits")
      }
      unit = unit << 4 | UInt16(digit)
      place += 1
    }
    return unit
  }
}
