import Foundation

/// How many more differences it is likely to take until an interval clears a margin, if they go on as they have begun.
///
/// A guess to plan by, no promise: it takes the mean and the deviation that were seen for those of a normal distribution, and gives the
/// number with which the interval is about as likely to clear the margin as not.
package enum Power {
  package enum Method: Sendable, CaseIterable {
    /// `SignFlip`, whose interval is about as wide as Student's.
    case signFlip
    /// `SignSequence`.
    case signSequence
  }

  /// More than this many in all are not planned for.
  package static let most = 100_000

  /// - Parameters:
  ///   - mean: Of the differences that were seen.
  ///   - deviation: Theirs, by n − 1; 0 where they are all alike.
  ///   - margin: What the interval's nearer end is to leave behind, on the same scale. An interval that is to lie within two margins clears
  ///     the nearer of them last.
  ///   - seen: How many there are already.
  ///   - confidence: The interval's, above 0 and below 1.
  /// - Returns: 0 where as many as were seen should do; `nil` where more than `most` would be needed in all, the mean is the margin,
  ///   or one of the figures is not finite.
  package static func more(
    for method: Method, mean: Double, deviation: Double, margin: Double, seen: Int, confidence: Double
  ) -> Int? {
    precondition(deviation >= 0 && seen >= 0 && confidence > 0 && confidence < 1)
    let distance = abs(mean - margin)
    guard distance > 0, distance.isFinite, deviation.isFinite else { return nil }
    let needed =
      switch method {
      case .signFlip: flips(distance / deviation, confidence)
      case .signSequence: signs(distance / deviation, confidence)
      }
    return needed.map { max(0, $0 - seen) }
  }

  /// Student's quantile in place of the normal one: with few differences, the deviation itself is but guessed.
  private static func flips(_ ratio: Double, _ confidence: Double) -> Int? {
    guard let fewest = SignFlip.fewest(confidence: confidence) else { return nil }
    func clears(_ count: Int) -> Bool {
      StudentT.beyond((1 - confidence) / 2, Double(count - 1)) < ratio * Double(count).squareRoot()
    }
    var (least, enough) = (max(2, fewest), most)
    guard clears(enough) else { return nil }
    while least < enough {
      let middle = (least + enough) / 2
      if clears(middle) { enough = middle } else { least = middle + 1 }
    }
    return enough
  }

  /// As many that the whole number nearest to the mean of those beyond the margin, which is their median, refutes it.
  private static func signs(_ ratio: Double, _ confidence: Double) -> Int? {
    let beyond = erfc(-ratio / 2.0.squareRoot()) / 2
    var mixture = SignMixture(error: (1 - confidence) / 2)
    while mixture.count < most {
      mixture.add()
      if (Double(mixture.count) * beyond).rounded() > Double(mixture.mostAbove) { return mixture.count }
    }
    return nil
  }
}
