import Foundation

/// How many of n differences may lie above a candidate until it is refuted as their median.
///
/// Where the median is not above the candidate, each difference lies above it with a probability of at most ½, whatever came before. For
/// any q ≥ ½, a stake that is multiplied by 2q with each difference above and by 2(1 − q) with each other one is then no more than 1 in the
/// mean, at any time, and so is the mean of such stakes over a distribution of q. By Ville's inequality it ever reaches 1 ÷ ε with a
/// probability of at most ε. With q distributed as Beta(a, b), cut off below ½, the stake after n differences with k above is
///
///     E = 2ⁿ · B(a + k, b + n − k) ÷ B(a, b) · P(Beta(a + k, b + n − k) > ½) ÷ P(Beta(a, b) > ½)
///
/// The choice of Beta(2, ½), which expects either nearly all above or not much, lets few agreeing differences decide (7 with 95 %, 9 with
/// 99 %, both sides watched; the uniform distribution needs 8 and 11) and asks for at most a handful more than it where they agree less:
/// 25 instead of 25 of 30, and 185 instead of 183 of 300.
struct SignMixture {
  private static let a = 2.0
  private static let b = 0.5
  private static let unit = LogGamma.beta(a, b) + log(half(a, b))

  /// ln(1 ÷ ε).
  private let limit: Double
  private(set) var count = 0
  /// The greatest number of differences above a candidate that does not refute it; at most `count`.
  private(set) var mostAbove = 0

  /// - Parameter error: ε, with which the median may be refuted, above 0 and below 1.
  init(error: Double) {
    precondition(error > 0 && error < 1)
    limit = -log(error)
  }

  /// One difference more. With it, the greatest number stays or grows by one: one above never lowers the stake, and another never raises it.
  mutating func add() {
    count += 1
    if Self.logarithm(above: mostAbove + 1, of: count) < limit { mostAbove += 1 }
  }

  /// ln E.
  static func logarithm(above: Int, of count: Int) -> Double {
    let (a, b) = (a + Double(above), b + Double(count - above))
    return Double(count) * log(2) + LogGamma.beta(a, b) + log(half(a, b)) - unit
  }

  /// P(Beta(a, b) > ½).
  private static func half(_ a: Double, _ b: Double) -> Double { IncompleteBeta.value(0.5, complement: 0.5, b, a) }
}
