import Shared

/// The durations that lie beyond a threshold's limit: how many of a histogram's surely do, and how many may.
///
/// A bucket that holds the limit, and a duration that never came to its end, may or may not lie beyond it.
struct BeyondLimit: Sendable, Equatable {
  /// In nanoseconds.
  private let limit: Double
  /// Whether the limit itself is beyond.
  private let isInclusive: Bool

  /// - Returns: `nil` for a rule that is not about the slow end: `>`, `>=`, `==`, `!=`.
  init?(_ rule: Threshold) {
    switch rule.comparison {
    case .below: isInclusive = true
    case .atMost: isInclusive = false
    default: return nil
    }
    limit = rule.limit * 1e9
  }

  /// Durations above a bucket's own values.
  init(above bucket: HistogramBucket) {
    limit = Double(bucket.highest)
    isInclusive = false
  }

  private func isBeyond(_ nanoseconds: Int64) -> Bool { isInclusive ? Double(nanoseconds) >= limit : Double(nanoseconds) > limit }

  /// How many of the durations are longer than the limit for all that is known.
  func surely(_ buckets: some Sequence<(index: Int, count: UInt64)>) -> Int {
    buckets.reduce(0) { isBeyond(HistogramBucket(index: $1.index).lowest) ? $0 + Int(clamping: $1.count) : $0 }
  }

  /// How many of the durations may be longer than the limit.
  func possibly(_ buckets: some Sequence<(index: Int, count: UInt64)>) -> Int {
    buckets.reduce(0) { isBeyond(HistogramBucket(index: $1.index).highest) ? $0 + Int(clamping: $1.count) : $0 }
  }
}
