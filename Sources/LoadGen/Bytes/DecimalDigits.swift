/// Decimal numbers as headers have them: digits only, no sign, no space.
enum DecimalDigits {
  /// The number, or nil where there is no digit, anything that is none, or more than an `Int` holds.
  @inline(__always)
  static func value(_ bytes: UnsafeRawBufferPointer) -> Int? {
    guard !bytes.isEmpty else { return nil }
    var value = 0
    // 18 digits always fit.
    guard bytes.count <= 18 else { return longValue(bytes) }
    for byte in bytes {
      let digit = byte &- 0x30
      guard digit < 10 else { return nil }
      value = value &* 10 &+ Int(digit)
    }
    return value
  }

  private static func longValue(_ bytes: UnsafeRawBufferPointer) -> Int? {
    var value = 0
    for byte in bytes {
      let digit = byte &- 0x30
      guard digit < 10 else { return nil }
      let (tens, overflowed) = value.multipliedReportingOverflow(by: 10)
      let (sum, carried) = tens.addingReportingOverflow(Int(digit))
      guard !overflowed, !carried else { return nil }
      value = sum
    }
    return value
  }
}
