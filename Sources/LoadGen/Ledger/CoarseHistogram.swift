import Shared

/// A histogram of one block of time, to 0.8 % (or 8 ns): so that hundreds of them are a few megabytes, in memory and in a report.
struct CoarseHistogram: Sendable {
  /// So many of `HistogramBucket`'s buckets are one.
  private static let width = 8

  private var counts = SparseHistogram()

  mutating func record(_ nanoseconds: Int64) {
    guard nanoseconds <= LatencyHistogram.highestValue else { return }
    counts.add(at: HistogramBucket(holding: max(0, nanoseconds)).index / Self.width)
  }

  /// Gives back what was kept for more: little will come.
  mutating func compact() { counts.compact() }

  mutating func merge(_ other: CoarseHistogram) { counts.merge(other.counts) }

  /// By rising value: the index of the bucket in the middle of those that are one here, and how many values they hold.
  var buckets: [(index: Int, count: UInt64)] {
    counts.pairs.map { (Int($0.index) * Self.width + Self.width / 2, UInt64($0.count)) }
  }
}
