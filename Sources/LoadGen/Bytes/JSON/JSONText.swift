/// A string within a document, as the byte range between its quotes.
struct JSONText {
  var start: Int
  var end: Int
  var hasEscapes: Bool
}

/// The bytes that a string with escapes stands for. It checks nothing: the string must have been read by `JSONReader`.
struct UnescapedBytes: IteratorProtocol, Sequence {
  private let raw: UnsafeRawBufferPointer
  private var index = 0
  /// The bytes of a `\u` escape that are still to be returned, the next one lowest, and how many there are.
  private var pending: UInt32 = 0
  private var pendingCount = 0

  init(_ raw: UnsafeRawBufferPointer) { self.raw = raw }

  mutating func next() -> UInt8? {
    if pendingCount > 0 {
      defer {
        pending >>= 8
        pendingCount -= 1
      }
      return UInt8(truncatingIfNeeded: pending)
    }
    guard index < raw.count else { return nil }
    let byte = raw[index]
    index += 1
    guard byte == UInt8(ascii: "\\"), index < raw.count else { return byte }
    let escape = raw[index]
    index += 1
    switch escape {
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "u"): return unicode()
    default: return escape
    }
  }

  /// Decodes the escape whose `\u` was read, returns its first byte, and leaves the others pending.
  private mutating func unicode() -> UInt8? {
    var value = fourDigits()
    if 0xD800..<0xDC00 ~= value {
      index += 2
      value = 0x10000 + (value - 0xD800) << 10 + (fourDigits() & 0x3FF)
    }
    guard let scalar = Unicode.Scalar(value), let bytes = UTF8.encode(scalar) else { return nil }
    for (offset, byte) in bytes.enumerated() { pending |= UInt32(byte) << UInt32(8 * offset) }
    pendingCount = bytes.count
    return next()
  }

  private mutating func fourDigits() -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 where index < raw.count {
      value = value << 4 | UInt32(HexadecimalDigit.value(raw[index]) ?? 0)
      index += 1
    }
    return value
  }
}
