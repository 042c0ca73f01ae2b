/// Reads bytes from left to right.
struct ByteCursor {
  private let bytes: UnsafeRawBufferPointer
  private(set) var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  /// Moves past the byte if it comes next.
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

  /// A number of exactly this many digits; `nil`, with the position somewhere within them, where there are fewer.
  mutating func number(digits: Int) -> Int64? {
    var number: Int64 = 0
    for _ in 0..<digits {
      guard let digit = digit() else { return nil }
      number = number * 10 + digit
    }
    return number
  }

  /// A number of at least one digit; greater ones are read as 10¹².
  mutating func number() -> Int64? {
    guard var number = digit() else { return nil }
    while let digit = digit() { number = min(number * 10 + digit, 1_000_000_000_000) }
    return number
  }

  /// The digits after a decimal point, in nanoseconds; further digits are skipped.
  mutating func nanoseconds() -> Int64 {
    var number: Int64 = 0
    var worth: Int64 = 100_000_000
    while let digit = digit() {
      number += digit * worth
      worth /= 10
    }
    return number
  }

  /// Whether all of it is an unsigned number: `12`, `12.5`, `1e3`.
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
