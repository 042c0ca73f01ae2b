import Shared

/// A decimal number of seconds, exact to the nanosecond: `12`, `12.5`, `.25`, `12.`, `+1`, `125e-1`. It is never converted to floating
/// point.
struct DecimalSeconds {
  /// Truncated to whole nanoseconds. `Int64.max` where it is far longer than any load; `nil` where it is negative.
  let nanoseconds: Int64?
  /// The decimal point or comma that it was written with; `nil` where it has none.
  let mark: Unicode.Scalar?

  /// - Parameter takesComma: whether a comma may stand for the decimal point.
  /// - Returns: `nil` where the field is not such a number.
  init?(_ field: UnsafeRawBufferPointer, takesComma: Bool) {
    var cursor = ByteCursor(field)
    let isNegative = cursor.accept("-")
    if !isNegative { _ = cursor.accept("+") }
    let begin = cursor.position
    let whole = cursor.number()
    let point = cursor.position - begin
    mark = cursor.accept(".") ? "." : takesComma && cursor.accept(",") ? "," : nil
    let fractionBegin = cursor.position
    let fraction = mark == nil ? 0 : cursor.nanoseconds()
    let end = cursor.position
    guard point > 0 || end > fractionBegin else { return nil }
    var exponent: Int64 = 0
    if cursor.accept("e") || cursor.accept("E") {
      let isDown = cursor.accept("-")
      if !isDown { _ = cursor.accept("+") }
      guard let number = cursor.number() else { return nil }
      exponent = isDown ? -number : number
    }
    guard cursor.isAtEnd else { return nil }
    let magnitude =
      exponent == 0
      ? Self.sum(whole ?? 0, fraction)
      : Self.scaled(field[begin..<end].lazy.filter { $0 >= UInt8(ascii: "0") }, point: Int64(point), exponent: exponent)
    nanoseconds = isNegative && magnitude > 0 ? nil : magnitude
  }

  private static func sum(_ whole: Int64, _ fraction: Int64) -> Int64 {
    whole <= DueTime.longest / 1_000_000_000 ? whole * 1_000_000_000 + fraction : .max
  }

  /// The number that is `digits` with a decimal point after the first `point` of them, times 10 to the power of `exponent`, in nanoseconds.
  /// - Parameters:
  ///   - digits: of the whole part, followed by those of the fraction.
  ///   - point: how many of them belong to the whole part.
  private static func scaled(_ digits: some Sequence<UInt8>, point: Int64, exponent: Int64) -> Int64 {
    // The power of ten of the first digit's place, in nanoseconds.
    var place = point - 1 + exponent + 9
    var sum: Int64 = 0
    for byte in digits {
      let digit = Int64(byte - UInt8(ascii: "0"))
      defer { place -= 1 }
      guard place >= 0, digit > 0 else { continue }
      guard place < powers.count else { return .max }
      let (worth, isLarge) = digit.multipliedReportingOverflow(by: powers[Int(place)])
      let (next, isLarger) = sum.addingReportingOverflow(worth)
      if isLarge || isLarger { return .max }
      sum = next
    }
    return sum <= DueTime.longest ? sum : .max
  }

  /// 10⁰ to 10¹⁸.
  private static let powers: [Int64] = (0..<18).reduce(into: [1]) { powers, _ in powers.append(powers[powers.count - 1] * 10) }
}
