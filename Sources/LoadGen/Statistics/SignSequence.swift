/// A confidence sequence for what differences have as their median: an interval that may be looked at after each new difference, and the
/// looking stopped at will. With the stated confidence, all intervals of the whole sequence hold the median, however it is stopped.
///
/// **Assumed:** each difference, given those before it, is as likely to lie above the median as below. They need be neither symmetric nor
/// of one distribution, nor have a mean.
///
/// **Method:** the sign test's martingale. `SignMixture` says how the number of differences above a candidate bets against it, and why no
/// candidate that is the median is ever refuted with more than the probability that is left (Ville's inequality); Robbins, "Statistical
/// methods related to the law of the iterated logarithm" (1970), and Howard & Ramdas, "Sequential estimation of quantiles with applications
/// to A/B testing and best-arm identification" (2022), have both. Half of the error is spent on each side. What remains of all candidates
/// after n differences lies between two of the differences themselves.
///
/// **Ties:** a difference that is equal to a candidate counts for neither side: as not above where it is asked whether the median lies
/// higher, and as not below where it is asked whether it lies lower. That is valid for any distribution: each side's bet can only lose by
/// it. To leave such differences out would not be.
package struct SignSequence: Sendable, Hashable {
  /// In the order in which they became known.
  package private(set) var differences: [Double]

  package init(_ differences: [Double] = []) { self.differences = differences }

  package var count: Int { differences.count }

  /// - Parameter difference: Not NaN; may be infinite.
  package mutating func add(_ difference: Double) { differences.append(difference) }

  /// How many differences that agree bound the median on one side: 7 for 95 %, 9 for 99 %.
  /// - Parameter confidence: Above 0 and below 1.
  package static func fewest(confidence: Double) -> Int {
    var mixture = SignMixture(error: (1 - confidence) / 2)
    repeat { mixture.add() } while mixture.mostAbove == mixture.count
    return mixture.count
  }

  /// What lies in the intervals after 1, 2, … and all differences. Where nothing does, since later differences lie elsewhere than earlier
  /// ones, it spans from the one to the other, and `contradictsItself` says so.
  ///
  /// Costs about a microsecond for each difference, and from 10⁵ on more than that.
  /// - Parameter confidence: Above 0 and below 1.
  /// - Returns: An end that nothing bounds yet is infinite.
  package func interval(confidence: Double) -> ClosedRange<Double> {
    let (lower, upper) = ends(confidence)
    return min(lower, upper)...max(lower, upper)
  }

  /// Whether no median is left, so that the differences cannot all have had the same one. Where they had, that happens with at most the
  /// probability that the confidence leaves.
  package func contradictsItself(confidence: Double) -> Bool {
    let (lower, upper) = ends(confidence)
    return lower > upper
  }

  private func ends(_ confidence: Double) -> (lower: Double, upper: Double) {
    var mixture = SignMixture(error: (1 - confidence) / 2)
    var sorted: [Double] = []
    var (lower, upper) = (-Double.infinity, Double.infinity)
    for difference in differences {
      sorted.insert(difference, at: sorted.partition(before: difference))
      mixture.add()
      // The least candidate that no more than so many differences exceed, and the greatest that no more fall short of.
      let most = mixture.mostAbove
      guard most < sorted.count else { continue }
      lower = max(lower, sorted[sorted.count - 1 - most])
      upper = min(upper, sorted[most])
    }
    return (lower, upper)
  }
}

extension [Double] {
  /// Where a value belongs in them, which are sorted.
  fileprivate func partition(before value: Double) -> Int {
    var (first, last) = (0, count)
    while first < last {
      let middle = (first + last) / 2
      if self[middle] < value { first = middle + 1 } else { last = middle }
    }
    return first
  }
}
