import Foundation

/// The regularised incomplete beta function, of which the tails of Student's t and of the binomial distribution are values.
enum IncompleteBeta {
  /// Iₓ(a, b), for a and b > 0 and 0 ≤ x ≤ 1. Relative error below 10⁻¹⁰, also of small values, up to a + b = 2·10⁹, where a value takes
  /// some 10⁵ steps.
  ///
  /// By the continued fraction of Abramowitz & Stegun 26.5.8, from the side where it converges.
  /// - Parameter complement: 1 − x, which the caller often knows more exactly than a subtraction would give it.
  static func value(_ x: Double, complement: Double, _ a: Double, _ b: Double) -> Double {
    if x <= 0 { return 0 }
    if complement <= 0 { return 1 }
    if x * (a + b + 2) < a + 1 { return below(x, complement, a, b) }
    return 1 - below(complement, x, b, a)
  }

  private static func below(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
    // xᵃ yᵇ ÷ (a B(a, b)) is the binomial density of a out of a + b, times b ÷ (a + b).
    min(1, binomial(a, b, x, y) * b / (a + b) * fraction(x, a, b))
  }

  /// Γ(a + b + 1) ÷ (Γ(a + 1) Γ(b + 1)) · xᵃ yᵇ for x + y = 1, without the cancellation of large logarithms: Loader, "Fast and accurate
  /// computation of binomial probabilities" (2000).
  private static func binomial(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
    let n = a + b
    let corrections = LogGamma.stirlingError(n) - LogGamma.stirlingError(a) - LogGamma.stirlingError(b)
    return (n / (2 * Double.pi * a * b)).squareRoot() * exp(corrections - deviance(a, n * x) - deviance(b, n * y))
  }

  /// a ln(a ÷ m) + m − a, by its series where a and m lie close together.
  private static func deviance(_ a: Double, _ m: Double) -> Double {
    let distance = a - m
    guard abs(distance) < 0.1 * (a + m) else { return a * log(a / m) - distance }
    let ratio = distance / (a + m)
    var sum = distance * ratio
    var term = 2 * a * ratio
    for odd in stride(from: 3.0, to: 2000, by: 2) {
      term *= ratio * ratio
      let next = sum + term / odd
      if next == sum { break }
      sum = next
    }
    return sum
  }

  /// The continued fraction, by the modified method of Lentz (Thompson & Barnett 1986).
  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let least = 1e-300
    func away(_ value: Double) -> Double { abs(value) < least ? least : value }
    var c = 1.0
    var d = 1 / away(1 - (a + b) * x / (a + 1))
    var result = d
    for step in 1...2_000_000 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / away(1 + even * d)
      c = away(1 + even / c)
      result *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / away(1 + odd * d)
      c = away(1 + odd / c)
      result *= d * c
      if abs(d * c - 1) < 4e-16 { break }
    }
    return result
  }
}
