import Shared

/// How the simulated system shortens averages to the digits that it prints, and how it writes them.
struct SimulatedSpelling: Sendable, Equatable {
  /// How a decimal number is written.
  enum Form: Sendable, CaseIterable {
    /// With all its decimals.
    case fixed
    /// Without trailing zeros, as JSON printers write numbers: `2.5` for `2.50`, and `3` for `3.00`.
    case short
    /// As in `1.25e1`, with this many decimals.
    case scientific
    /// With all digits of the nearest `Double`.
    case exact
  }

  var form = Form.fixed
  /// Whether further digits are cut off instead of rounded, where the dialect declares neither.
  var cuts = false

  /// Prints a sum of durations divided by a number of orders, in the figure's unit. Computed in whole numbers where possible, so that every
  /// machine prints the same.
  func claim(_ nanoseconds: Int128, over count: Int64, _ figure: Dialect.Figure, decimals: Int) -> Claim {
    let unit = figure.unit == .seconds(1) ? 1_000_000_000 : max(1, figure.unit.nanoseconds)
    let divisor = Int128(count) * Int128(unit)
    let isCut = figure.printing == .floor || (figure.printing == .undeclared && cuts)
    func scaled(_ value: Int128, _ divisor: Int128) -> Int64 {
      let scaled = (0..<decimals).reduce(value) { value, _ in value * 10 }
      return Int64(clamping: isCut ? scaled / divisor : (scaled + divisor / 2) / divisor)
    }
    let fixed = Claim(scaled: scaled(nanoseconds, divisor), decimals: decimals, unit: figure.unit)
    switch form {
    case .fixed: return fixed
    case .short:
      var text = fixed.text
      while decimals > 0, text.utf8.last == UInt8(ascii: "0") { text.removeLast() }
      if text.utf8.last == UInt8(ascii: ".") { text.removeLast() }
      return Claim(text: text, unit: figure.unit) ?? fixed
    case .scientific:
      var (exponent, value, whole) = (0, nanoseconds, divisor)
      while value >= whole * 10 { (exponent, whole) = (exponent + 1, whole * 10) }
      while value > 0, value < whole { (exponent, value) = (exponent - 1, value * 10) }
      // Rounding may have made it 10.
      if scaled(value, whole) >= scaled(10, 1) { (exponent, whole) = (exponent + 1, whole * 10) }
      let mantissa = Claim(scaled: scaled(value, whole), decimals: decimals)
      return Claim(text: "\(mantissa.text)e\(exponent)", unit: figure.unit) ?? fixed
    case .exact: return Claim(text: "\(Double(nanoseconds) / Double(divisor))", unit: figure.unit) ?? fixed
    }
  }
}

extension Claim {
  /// The claim raised by this many units of its last place. It must be written as a plain decimal number.
  func raised(by places: Int64, unit: Duration) -> Claim {
    let digits = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard let scaled = Int64(String(decoding: digits.joined(), as: UTF8.self)) else { return self }
    return Claim(scaled: scaled + places, decimals: digits.count > 1 ? digits[1].count : 0, unit: unit)
  }
}
