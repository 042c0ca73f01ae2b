/// One hexadecimal digit in either case.
enum HexadecimalDigit {
  /// The digit's value, from 0 to 15; `nil` if the byte is not a hexadecimal digit.
  @inline(__always)
  static func value(_ byte: UInt8) -> Int? {
    let digit = byte &- 0x30
    if digit < 10 { return Int(digit) }
    let letter = (byte | 0x20) &- UInt8(ascii: "a")
    return letter < 6 ? Int(letter) + 10 : nil
  }
}
