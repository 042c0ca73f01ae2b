/// Decimal numbers as they occur in headers: digits only, without sign or spaces.
enum DecimalDigits {
  /// The number; `nil` if it is empty, has anything other than digits, or exceeds `Int.max`.
  @inline(__always)
  static func value(_ bytes: UnsafeRawBufferPointer) -> Int? {
    guard !bytes.isEmpty else { return nil }
    var value = 0
    // Numbers of up to 18 digits always fit, so they need no overflow checks.
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
