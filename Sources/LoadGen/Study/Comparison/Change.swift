import Foundation
import LoadRun
import Shared

/// How a figure of the candidate lies to the baseline's, by one of its ends, and how sure that is. Of ratios it is the logarithm: twice as much
/// and half as much are equally far from no change.
struct Change: Sendable, Equatable {
  var estimate: Double
  /// What cannot be excluded; an infinite end is not bounded.
  var interval: ClosedRange<Double>

  /// What a comparison of two values says; `nil` where it says nothing, as 0 beside 0 or two unbounded values have no ratio.
  static func difference(_ baseline: Double, _ candidate: Double, _ scale: ComparedFigure.Scale) -> Double? {
    let difference = scale == .ratio ? log(candidate / baseline) : candidate - baseline
    return difference.isNaN ? nil : difference
  }

  /// - Parameter margin: what is no difference that matters, on the scale of `interval`.
  /// - Parameter worse: 1 where more is worse, −1 where less is.
  func verdict(margin: Double, worse: Double) -> ComparisonVerdict {
    let (low, high) = worse > 0 ? (interval.lowerBound, interval.upperBound) : (-interval.upperBound, -interval.lowerBound)
    // At a margin of 0 an interval that ends at 0 shows no difference, and one that is 0 alone shows that there is none.
    if low > margin { return .regressed }
    if high < -margin { return .improved }
    return low >= -margin && high <= margin ? .equivalent : .undecided
  }
}

/// What is concluded from how a figure has changed.
package enum ComparisonVerdict: String, Codable, Sendable, CaseIterable {
  /// All that is possible is worse by more than the margin.
  case regressed
  /// All that is possible is better by more than the margin.
  case improved
  /// All that is possible lies within the margin.
  case equivalent
  /// Anything else.
  case undecided
}
