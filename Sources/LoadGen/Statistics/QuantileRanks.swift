import Foundation

/// Between which of the sorted values of a sample a quantile lies.
///
/// **Assumed:** the values are independent and of one distribution, which may be any. **Method:** how many of n values lie at or below the
/// p-quantile is binomial, so that the order statistics of ranks `lower` and `upper` enclose it but for two tails of at most half of the
/// error each (David & Nagaraja, "Order Statistics", 2003, 7.1). With values that depend on one another, n is their effective number.
package struct QuantileRanks: Sendable, Hashable {
  /// From 1: the lower end is the value that has this rank when they are sorted.
  package let lower: Int
  /// At most the number of values.
  package let upper: Int

  /// - Parameters:
  ///   - count: How many values there are: up to 10⁹, where it takes some milliseconds.
  ///   - quantile: p, above 0 and below 1.
  ///   - confidence: Above 0 and below 1.
  /// - Returns: `nil` where there are too few values for either end: fewer than `fewest`.
  package init?(of count: Int, quantile: Double, confidence: Double) {
    precondition(quantile > 0 && quantile < 1 && confidence > 0 && confidence < 1)
    guard count > 0 else { return nil }
    let error = (1 - confidence) / 2
    // The greatest r with P(N ≤ r − 1) ≤ ε, and the least s with P(N ≥ s) ≤ ε.
    let lower = Self.last(in: 1...count) { Self.atMost($0 - 1, of: count, quantile) <= error }
    let below = Self.last(in: 1...count) { Self.atLeast($0, of: count, quantile) > error }
    guard let lower, below ?? 0 < count else { return nil }
    self.lower = lower
    upper = (below ?? 0) + 1
  }

  /// The least number of values of which an interval is had: that of which neither all nor none lie below the quantile, but for half of
  /// the error each.
  package static func fewest(quantile: Double, confidence: Double) -> Int {
    precondition(quantile > 0 && quantile < 1 && confidence > 0 && confidence < 1)
    let logarithm = log1p(-min(quantile, 1 - quantile))
    return Int(min(1e15, (log((1 - confidence) / 2) / logarithm).rounded(.up)))
  }

  /// P(N ≤ k) for N of n, each with probability p, and k < n.
  private static func atMost(_ k: Int, of n: Int, _ p: Double) -> Double {
    IncompleteBeta.value(1 - p, complement: p, Double(n - k), Double(k + 1))
  }

  /// P(N ≥ k), for k ≥ 1.
  private static func atLeast(_ k: Int, of n: Int, _ p: Double) -> Double {
    IncompleteBeta.value(p, complement: 1 - p, Double(k), Double(n - k + 1))
  }

  /// The greatest for which it holds, of what holds up to some number and not beyond; `nil` where it never does.
  private static func last(in numbers: ClosedRange<Int>, where holds: (Int) -> Bool) -> Int? {
    var (known, beyond) = (numbers.lowerBound - 1, numbers.upperBound + 1)
    while beyond - known > 1 {
      let middle = known + (beyond - known) / 2
      if holds(middle) { known = middle } else { beyond = middle }
    }
    return known < numbers.lowerBound ? nil : known
  }
}
