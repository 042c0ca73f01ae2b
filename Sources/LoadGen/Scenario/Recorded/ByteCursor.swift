/// Reads bytes from left to right.
struct ByteCursor {
  private let bytes: UnsafeRawBufferPointer
  private(set) var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  mutating func accept(_ byte: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: byte) else { return false }
    position += 1
    return true
  }

  private mutating func digit() -> Int64? {
    guard position < bytes.count, case let digit = bytes[position] &- UInt8(ascii: "0"), digit <= 9 else { return nil }
    position += 1
    return Int64(digit)
  }

  /// Exactly so many digits.
  mutating func number(digits: Int) -> Int64? {
    var number: Int64 = 0
    for _ in 0..<digits {
      guard let digit = digit() else { return nil }
      number = number * 10 + digit
    }
    return number
  }

  /// At least one digit; a number of more than 12 digits is cut off above.
  mutating func number() -> Int64? {
    guard var number = digit() else { return nil }
    while let digit = digit() { number = min(number * 10 + digit, 1_000_000_000_000) }
    return number
  }

  /// What stands behind a decimal point, as nanoseconds; what lies beyond them is passed over.
  mutating func nanoseconds() -> Int64 {
    var number: Int64 = 0
    var worth: Int64 = 100_000_000
    while let digit = digit() {
      number += digit * worth
      worth /= 10
    }
    return number
  }

  /// Whether all of it is a number without a sign: `12`, `12.5`, `1e3`.
  static func isNumber(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var cursor = ByteCursor(bytes)
    guard cursor.number() != nil else { return false }
    if cursor.accept(".") { _ = cursor.nanoseconds() }
    if cursor.accept("e") || cursor.accept("E") {
      if !cursor.accept("-") { _ = cursor.accept("+") }
      guard cursor.number() != nil else { return false }
    }
    return cursor.isAtEnd
  }
}
