import Shared

/// A histogram for one block of time, precise to 0.8 % (or 8 ns), so that hundreds of them take only a few megabytes in memory and in a
/// report.
struct CoarseHistogram: Sendable {
  /// How many of `HistogramBucket`'s buckets make up one bucket here.
  private static let width = 8

  private var counts = SparseHistogram()

  /// Values above `LatencyHistogram.highestValue` are not recorded.
  mutating func record(_ nanoseconds: Int64) {
    guard nanoseconds <= LatencyHistogram.highestValue else { return }
    counts.add(at: HistogramBucket(holding: max(0, nanoseconds)).index / Self.width)
  }

  /// Frees spare memory. Called when few more values are to come.
  mutating func compact() { counts.compact() }

  mutating func merge(_ other: CoarseHistogram) { counts.merge(other.counts) }

  /// The buckets that hold any values, by rising value: the `HistogramBucket` index of the middle of each, and the number of its values.
  var buckets: [(index: Int, count: UInt64)] {
    counts.pairs.map { (Int($0.index) * Self.width + Self.width / 2, UInt64($0.count)) }
  }
}
