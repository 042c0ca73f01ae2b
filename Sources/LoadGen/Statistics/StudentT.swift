import Foundation

/// Student's t distribution.
package enum StudentT {
  /// P(T ≤ t).
  /// - Parameter degrees: Of freedom, above 0, not necessarily whole; infinite for the normal distribution.
  package static func cdf(_ t: Double, degrees: Double) -> Double {
    let beyond = tail(abs(t), degrees)
    return t < 0 ? beyond : 1 - beyond
  }

  /// The t for which P(T ≤ t) is `p`, to the precision of `cdf`.
  /// - Parameters:
  ///   - p: In 0...1; at the ends it is infinite.
  ///   - degrees: Of freedom, above 0, not necessarily whole; infinite for the normal distribution.
  package static func quantile(_ p: Double, degrees: Double) -> Double {
    p < 0.5 ? -beyond(p, degrees) : beyond(1 - p, degrees)
  }

  /// The t ≥ 0 that is exceeded with this probability, of at most a half. Unlike `quantile` it can be asked for a tail of 10⁻³⁰.
  static func beyond(_ probability: Double, _ degrees: Double) -> Double {
    precondition(probability >= 0 && degrees > 0)
    if probability == 0 { return .infinity }
    if probability >= 0.5 { return 0 }
    var upper = 1.0
    while tail(upper, degrees) > probability, upper < .greatestFiniteMagnitude / 2 { upper *= 2 }
    var lower = upper == 1 ? 0 : upper / 2
    while true {
      let middle = lower + (upper - lower) / 2
      if middle <= lower || middle >= upper { return upper }
      if tail(middle, degrees) > probability { lower = middle } else { upper = middle }
    }
  }

  /// P(T > t) for t ≥ 0: half of Iₓ(ν/2, ½) at x = ν ÷ (ν + t²) (Abramowitz & Stegun 26.7.1).
  static func tail(_ t: Double, _ degrees: Double) -> Double {
    if degrees == .infinity { return erfc(t / 2.0.squareRoot()) / 2 }
    let square = t / degrees.squareRoot() * (t / degrees.squareRoot())
    return IncompleteBeta.value(1 / (1 + square), complement: 1 / (1 + 1 / square), degrees / 2, 0.5) / 2
  }
}
