/// The exact interval of the sign-flip test, for what differences within pairs are symmetric about.
///
/// **Assumed:** the differences are independent, and each is distributed symmetrically about the same θ. They need be neither normal nor
/// of one distribution. Where which of a pair's two came first was drawn at random, they are symmetric about 0 when the two do not differ,
/// whatever else there was.
///
/// **Method:** typical values (Hartigan, "Using subsample values as typical values", JASA 64, 1969). When d of the differences can be
/// flipped about θ, alone or together with others, all 2ᵈ ways to do so are equally likely to be what was seen. A set S of them would have
/// to be flipped to get a smaller sum exactly when the mean of S lies below θ. So θ is equally likely to lie in each of the 2ᵈ gaps that
/// the means of the 2ᵈ − 1 sets leave, and lies outside of the k-th smallest and the k-th greatest with a probability of 2k ÷ 2ᵈ; of
/// at most that, where values are equal. Up to 20 differences, d is their number. For more, it is enough that the sets form a group under
/// symmetric difference (Hartigan's balanced sets; Chung & Fraser, "Randomization tests for a multivariate two-sample problem", 1958):
/// `FlipSets` says which. The interval is as exact then, but depends on the order of the differences.
package enum SignFlip {
  /// No more of the differences than this are flipped independently of one another.
  static let mostFlips = 20

  /// Of more than this, an interval is never had: 1 − 2⁻¹⁹.
  package static let greatestConfidence = 1 - 0x1p-19

  /// How many differences are needed: 6 for 95 %, 8 for 99 %, 20 at most.
  /// - Parameter confidence: Above 0 and below 1.
  /// - Returns: `nil` above `greatestConfidence`.
  package static func fewest(confidence: Double) -> Int? { (1...mostFlips).first { rank(confidence, $0) > 0 } }

  /// - Parameters:
  ///   - differences: None is NaN. Infinite ones, and those beyond ±10³⁰⁰, count as greater, or less, than anything. The mean of a set
  ///     that has some of either sign can lie anywhere, which makes the interval wider, never narrower.
  ///   - confidence: Above 0 and below 1.
  /// - Returns: `nil` where there are fewer than `fewest(confidence:)`. The ends may be infinite. At most about 10⁸ additions are needed,
  ///   and 16 MB.
  package static func interval(of differences: [Double], confidence: Double) -> ClosedRange<Double>? {
    guard let fewest = fewest(confidence: confidence), differences.count >= fewest else { return nil }
    // 2¹⁶ sets show the ends as well as more would, unless the confidence is such that few of them lie beyond.
    let flips = differences.count <= mostFlips ? differences.count : min(mostFlips, max(16, fewest + 4))
    let rank = rank(confidence, flips)
    var (least, greatest) = FlipSets(differences, flips: flips).means()
    let lower = least.select(rank - 1)
    return lower...max(lower, greatest.select(greatest.count - rank))
  }

  /// k: how many of the means lie beyond either end, the end among them.
  private static func rank(_ confidence: Double, _ flips: Int) -> Int {
    precondition(confidence > 0 && confidence < 1)
    return Int((1 - confidence) / 2 * Double(1 << flips))
  }
}

extension [Double] {
  /// The value that would stand at this place if they were sorted, in linear time (Hoare's "Find", 1961). Orders them anew.
  mutating func select(_ place: Int) -> Double {
    var (first, last) = (0, count - 1)
    while first < last {
      let middle = first + (last - first) / 2
      let pivot = Swift.max(Swift.min(self[first], self[middle]), Swift.min(Swift.max(self[first], self[middle]), self[last]))
      var (left, right) = (first, last)
      while left <= right {
        while self[left] < pivot { left += 1 }
        while self[right] > pivot { right -= 1 }
        guard left <= right else { break }
        swapAt(left, right)
        left += 1
        right -= 1
      }
      if place <= right { last = right } else if place >= left { first = left } else { break }
    }
    return self[place]
  }
}
