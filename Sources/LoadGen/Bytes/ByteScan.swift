/// Searches raw memory eight bytes at a time, and classifies the few bytes that both the HTTP and the JSON parser need.
///
/// Uses the standard library alone, because the fuzz targets compile these files separately. The word tricks may flag bytes wrongly, but
/// only above the first true hit (a borrow only travels upwards), so the lowest flag of a little-endian word is always the first hit.
enum ByteScan {
  static let carriageReturn: UInt8 = 0x0D
  static let lineFeed: UInt8 = 0x0A
  static let space: UInt8 = 0x20
  static let tab: UInt8 = 0x09

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080
  private static let caseBits: UInt64 = 0x2020_2020_2020_2020

  /// The eight bytes at `offset`, the first one lowest. All eight must lie within `bytes`.
  @inline(__always)
  static func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// The high bit is set in the lowest byte that equals `byte`, and possibly in bytes above it; 0 if no byte equals it.
  @inline(__always)
  static func flags(_ word: UInt64, equalTo byte: UInt8) -> UInt64 {
    let difference = word ^ (ones &* UInt64(byte))
    return (difference &- ones) & ~difference & highs
  }

  /// The high bit is set in the lowest byte below `bound`, and possibly in bytes above it; 0 if no byte is. `bound` is at most 128.
  @inline(__always)
  static func flags(_ word: UInt64, under bound: UInt8) -> UInt64 {
    (word &- ones &* UInt64(bound)) & ~word & highs
  }

  /// The high bit is set in exactly those bytes that are 128 or more.
  @inline(__always)
  static func flagsOfHighBytes(_ word: UInt64) -> UInt64 { word & highs }

  /// The offset of the first byte equal to `byte` at or after `start`.
  @inline(__always)
  static func first(_ byte: UInt8, in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    var index = start
    let end = bytes.count
    while index &+ 8 <= end {
      let flags = flags(word(bytes, index), equalTo: byte)
      if flags != 0 { return index &+ flags.trailingZeroBitCount / 8 }
      index &+= 8
    }
    while index < end {
      if bytes[index] == byte { return index }
      index &+= 1
    }
    return nil
  }

  /// The offset of the first control character (0–31 and 127) other than a tab, at or after `start`.
  @inline(__always)
  static func firstControl(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    var index = start
    let end = bytes.count
    while index &+ 8 <= end {
      let word = word(bytes, index)
      let flags = flags(word, under: 0x20) | flags(word, equalTo: 0x7F)
      if flags == 0 {
        index &+= 8
        continue
      }
      let hit = index &+ flags.trailingZeroBitCount / 8
      if bytes[hit] != tab { return hit }
      index = hit &+ 1
    }
    while index < end {
      let byte = bytes[index]
      if (byte < 0x20 && byte != tab) || byte == 0x7F { return index }
      index &+= 1
    }
    return nil
  }

  /// Whether the byte may occur in a token: RFC 9110's `tchar`.
  @inline(__always)
  static func isToken(_ byte: UInt8) -> Bool {
    // One bit per ASCII character. First word: ! # $ % & ' * + - . 0-9; second word: A-Z ^ _ ` a-z | ~
    let bits: UInt64 = byte < 64 ? 0x03FF_6CFA_0000_0000 : 0x57FF_FFFF_C7FF_FFFE
    return byte < 128 && (bits &>> UInt64(byte & 63)) & 1 == 1
  }

  /// Whether two words are equal when letter case is ignored. `lowercased` must hold only lower-case letters and hyphens, and `bytes` no
  /// control characters: then setting bit 5 never makes two different characters equal.
  @inline(__always)
  static func matches(_ bytes: UnsafeRawBufferPointer, _ lowercased: StaticString) -> Bool {
    let count = lowercased.utf8CodeUnitCount
    guard bytes.count == count else { return false }
    let wanted = UnsafeRawBufferPointer(start: lowercased.utf8Start, count: count)
    guard count >= 8 else {
      for index in 0..<count where bytes[index] | 0x20 != wanted[index] { return false }
      return true
    }
    // The last word overlaps the one before, so no byte needs a comparison of its own.
    var index = 0
    while index < count &- 8 {
      if word(bytes, index) | caseBits != word(wanted, index) { return false }
      index &+= 8
    }
    return word(bytes, count &- 8) | caseBits == word(wanted, count &- 8)
  }

  /// An ASCII letter in lower case; any other byte unchanged.
  @inline(__always)
  static func lowercased(_ byte: UInt8) -> UInt8 {
    UInt8(ascii: "A") <= byte && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }

  /// Whether the byte is a space or a tab, the only white space allowed within a header line.
  static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }

  /// The bytes from `start` up to but not including `end`, without the spaces and tabs at either end.
  @inline(__always)
  static func trimmed(_ bytes: UnsafeRawBufferPointer, from start: Int, to end: Int) -> UnsafeRawBufferPointer {
    var low = start
    var high = end
    while low < high, bytes[low] == space || bytes[low] == tab { low &+= 1 }
    while low < high, bytes[high &- 1] == space || bytes[high &- 1] == tab { high &-= 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[low..<high])
  }

  /// Bytes as an error message shows them: printable ASCII as it is, anything else as `\xNN`; after `limit` bytes an ellipsis.
  static func excerpt(_ bytes: UnsafeRawBufferPointer, limit: Int = 40) -> String {
    var text = ""
    for byte in bytes.prefix(limit) {
      if (0x20..<0x7F).contains(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += hexadecimal(byte)
      }
    }
    return bytes.count > limit ? text + "…" : text
  }

  /// One byte as `\xNN`, in upper case.
  static func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.utf8.count == 1 ? "\\x0\(digits)" : "\\x\(digits)"
  }
}
