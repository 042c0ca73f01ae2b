import LoadRun
import Shared

/// The distribution of a duration on both sides: what is drawn over each other.
package struct PercentileCurves: Codable, Sendable, Equatable {
  /// As in `completion`.
  package var duration: String
  /// Each as `[percent, lower, upper]`, in seconds, by rising percent; `null` is unbounded. Empty where the side has none.
  package var baseline: [[Double?]]
  package var candidate: [[Double?]]

  /// Where the distributions are looked at, in percent: closer to one another towards the slow end.
  static let percents = (1...98).map { "\($0)" } + ["99", "99.5", "99.9", "99.95", "99.99", "100"]
}

extension PercentileCurves {
  static func all(_ baseline: ComparedSide, _ candidate: ComparedSide) -> [PercentileCurves] {
    ComparedFigure.durations.compactMap { duration in
      let (one, other) = (points(duration, baseline), points(duration, candidate))
      return one.isEmpty && other.isEmpty ? nil : PercentileCurves(duration: duration, baseline: one, candidate: other)
    }
  }

  private static func points(_ duration: String, _ side: ComparedSide) -> [[Double?]] {
    percents.compactMap { percent in
      let bounds = side.distribution(.percentile(percent, of: duration))
      return bounds.map { [Double(percent), $0.lower, $0.upper] }
    }
  }
}
