import Foundation

/// The logarithms of gamma and beta functions. Foundation's `lgamma` keeps the sign in a variable of the whole process.
enum LogGamma {
  /// By how much Stirling's formula falls short: ln Γ(x + 1) − [(x + ½) ln x − x + ½ ln 2π], for x > 0. Its absolute error is below 10⁻¹⁴.
  ///
  /// Five terms of the asymptotic series (Abramowitz & Stegun 6.1.41) suffice from 16 on; below, the recurrence of Γ leads there.
  static func stirlingError(_ x: Double) -> Double {
    var point = x
    var sum = 0.0
    while point < 16 {
      sum += (point + 0.5) * log1p(1 / point) - 1
      point += 1
    }
    let square = 1 / (point * point)
    let series = 1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square / 1188)))
    return sum + series / point
  }

  /// ln Γ(x), for x > 0.
  static func value(_ x: Double) -> Double { stirlingError(x) + (x - 0.5) * log(x) - x + 0.5 * log(2 * Double.pi) }

  /// ln B(a, b), for a and b > 0.
  static func beta(_ a: Double, _ b: Double) -> Double { value(a) + value(b) - value(a + b) }
}
