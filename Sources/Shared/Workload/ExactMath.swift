/// Logarithm and exponential made from + − × ÷ and integers alone, so that a seed gives the same bits on every machine: the C libraries'
/// results differ.
enum ExactMath {
  private static let ln2 = 0.693147180559945309417

  /// The natural logarithm of a positive, finite number, within a few units in the last place.
  ///
  /// x = m·2ᵉ with m in [√½, √2); ln m = 2·artanh((m−1)/(m+1)), of whose series each term is less than (0.1716)² of the one before.
  static func ln(_ x: Double) -> Double {
    var mantissa = x.significand
    var exponent = Double(x.exponent)
    if mantissa > 1.4142135623730951 {
      mantissa /= 2
      exponent += 1
    }
    let ratio = (mantissa - 1) / (mantissa + 1)
    let square = ratio * ratio
    var sum = 0.0
    for divisor in stride(from: 23.0, through: 1.0, by: -2.0) {
      sum = sum * square + 1 / divisor
    }
    return exponent * ln2 + 2 * ratio * sum
  }

  /// e to the power of x, for |x| < 700, within a few units in the last place.
  ///
  /// x = k·ln 2 + r with |r| ≤ ln 2 / 2; eʳ by its Taylor series.
  static func exp(_ x: Double) -> Double {
    let power = (x / ln2).rounded()
    let rest = x - power * ln2
    var sum = 1.0
    for divisor in stride(from: 18.0, through: 1.0, by: -1.0) {
      sum = 1 + sum * rest / divisor
    }
    return Double(sign: .plus, exponent: Int(power), significand: sum)
  }
}
