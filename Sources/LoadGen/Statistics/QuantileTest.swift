import Foundation

/// Whether the quantile of a distribution lies within a limit, by how many of the values drawn from it lie beyond.
///
/// **Assumed:** the values are independent and of one distribution, which may be any. Of values that depend on one another, both numbers are
/// divided by what a value is worth (`ExceedanceSeries`); they need not be whole. **Method:** how many of n values lie beyond the p-quantile is
/// binomial with the share 1 − p, so that one tail of it says how likely so few, or so many, would be (Clopper & Pearson 1934; as "early
/// stopping" in MLPerf's LoadGen).
package struct QuantileTest: Sendable, Hashable {
  /// p, above 0 and below 1.
  private let quantile: Double
  /// The probability of being wrong: 1 − confidence.
  private let error: Double

  /// - Parameters:
  ///   - quantile: above 0 and below 1.
  ///   - confidence: above 0 and below 1.
  package init(quantile: Double, confidence: Double) {
    precondition(quantile > 0 && quantile < 1 && confidence > 0 && confidence < 1)
    self.quantile = quantile
    error = 1 - confidence
  }

  /// Whether the quantile surely lies within the limit: so few beyond it would else be a rare chance.
  /// - Parameters:
  ///   - count: how many values there are.
  ///   - beyond: how many of them lie beyond the limit; at most `count`.
  package func holds(count: Double, beyond: Double) -> Bool {
    guard count > 0, beyond < count else { return false }
    return IncompleteBeta.value(quantile, complement: 1 - quantile, count - beyond, beyond + 1) <= error
  }

  /// Whether the quantile surely lies beyond the limit.
  package func fails(count: Double, beyond: Double) -> Bool {
    guard count > 0, beyond > 0 else { return false }
    return IncompleteBeta.value(1 - quantile, complement: quantile, beyond, max(0, count - beyond) + 1) <= error
  }

  /// How many values it takes to be sure, where as large a share of them as `share` lies beyond the limit, and one at least, as chance may
  /// have it: with none or few, 662 for a p(99) at 99 %.
  /// - Returns: `nil` where that share is so close to that of the quantile that more than 10¹² values would be needed.
  package func fewest(share: Double) -> Double? {
    func isSure(_ count: Double) -> Bool {
      let beyond = max(1, share * count)
      return share < 1 - quantile ? holds(count: count, beyond: beyond) : fails(count: count, beyond: beyond)
    }
    var (known, sure) = (1.0, 2.0)
    // Beyond some 10⁸ values the tail of the binomial distribution takes long to add up, and is the normal distribution's.
    while !isSure(sure) {
      guard sure < 1e8 else { return byNormal(share) }
      (known, sure) = (sure, sure * 2)
    }
    while sure - known > 1 {
      let middle = ((known + sure) / 2).rounded(.down)
      if isSure(middle) { sure = middle } else { known = middle }
    }
    return sure
  }

  /// By the normal approximation of so many values.
  private func byNormal(_ share: Double) -> Double? {
    let distance = abs(share - (1 - quantile))
    let needed = -2 * log(error) * quantile * (1 - quantile) / (distance * distance)
    return needed <= 1e12 ? needed.rounded(.up) : nil
  }
}
