extension JSONReader {
  /// Reads a string from its opening to its closing quote, checking escapes and UTF-8.
  @inline(__always)
  mutating func readString() throws(BadJSON) -> JSONText {
    offset &+= 1
    let start = offset
    var hasEscapes = false
    while true {
      skipPlain()
      let byte = try peek(.quote)
      if byte == UInt8(ascii: "\"") {
        offset &+= 1
        return JSONText(start: start, end: offset &- 1, hasEscapes: hasEscapes)
      }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        try readEscape()
      } else if byte >= 0x80 {
        try readSequence(byte)
      } else if byte < 0x20 {
        throw .controlCharacter(byte, at: offset)
      } else {
        offset &+= 1
      }
    }
  }

  /// Skips ASCII characters that stand for themselves, eight bytes at a time.
  @inline(__always)
  private mutating func skipPlain() {
    while offset &+ 8 <= bytes.count {
      let word = ByteScan.word(bytes, offset)
      let flags =
        ByteScan.flags(word, equalTo: UInt8(ascii: "\"")) | ByteScan.flags(word, equalTo: UInt8(ascii: "\\"))
        | ByteScan.flags(word, under: 0x20) | ByteScan.flagsOfHighBytes(word)
      if flags != 0 {
        offset &+= flags.trailingZeroBitCount / 8
        return
      }
      offset &+= 8
    }
  }

  private mutating func readEscape() throws(BadJSON) {
    let start = offset
    offset += 1
    switch try peek(.quote) {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
      UInt8(ascii: "r"), UInt8(ascii: "t"):
      offset += 1
    case UInt8(ascii: "u"):
      try readUnicode(from: start)
    default:
      throw .escape(at: start)
    }
  }

  /// Refuses half a surrogate pair instead of replacing it: with replacements, two different ids or words could become equal.
  private mutating func readUnicode(from start: Int) throws(BadJSON) {
    let first = try readFourDigits(from: start)
    guard 0xD800..<0xE000 ~= first else { return }
    guard first < 0xDC00, offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"), bytes[offset + 1] == UInt8(ascii: "u") else {
      throw .loneSurrogate(at: start)
    }
    let second = try readFourDigits(from: offset)
    guard 0xDC00..<0xE000 ~= second else { throw .loneSurrogate(at: start) }
  }

  private mutating func readFourDigits(from start: Int) throws(BadJSON) -> Int {
    offset = start + 2
    var value = 0
    for _ in 0..<4 {
      guard let digit = HexadecimalDigit.value(try peek(.quote)) else { throw .escape(at: start) }
      value = value << 4 | digit
      offset += 1
    }
    return value
  }

  /// Reads one character of two to four bytes. Refuses overlong forms, surrogates and anything above U+10FFFF.
  private mutating func readSequence(_ first: UInt8) throws(BadJSON) {
    let start = offset
    let more: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch first {
    case 0xC2...0xDF: more = 1
    case 0xE0: (more, second) = (2, 0xA0...0xBF)
    case 0xED: (more, second) = (2, 0x80...0x9F)
    case 0xE1...0xEF: more = 2
    case 0xF0: (more, second) = (3, 0x90...0xBF)
    case 0xF1...0xF3: more = 3
    case 0xF4: (more, second) = (3, 0x80...0x8F)
    default: throw .notUTF8(at: start)
    }
    guard start + more < bytes.count, second ~= bytes[start + 1] else { throw .notUTF8(at: start) }
    for next in start + 2..<start + 1 + max(more, 1) where bytes[next] & 0xC0 != 0x80 { throw .notUTF8(at: start) }
    offset = start + 1 + more
  }
}
