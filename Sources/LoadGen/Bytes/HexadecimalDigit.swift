/// One hexadecimal digit, of either case.
enum HexadecimalDigit {
  @inline(__always)
  static func value(_ byte: UInt8) -> Int? {
    let digit = byte &- 0x30
    if digit < 10 { return Int(digit) }
    let letter = (byte | 0x20) &- UInt8(ascii: "a")
    return letter < 6 ? Int(letter) + 10 : nil
  }
}
