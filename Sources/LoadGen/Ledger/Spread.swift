import Shared

/// A set of durations of which any number may be chosen: counts by bucket, so that the greatest and the least sum of any number of them is
/// known to 0.1 %.
///
/// There is one for every scrape at which orders may have completed.
struct Spread: Sendable {
  private var counts = SparseHistogram()
  private(set) var count = 0

  /// A duration beyond the histogram's range is taken to be the range's highest value.
  mutating func add(_ nanoseconds: Int64) {
    counts.add(at: HistogramBucket(holding: min(max(0, nanoseconds), LatencyHistogram.highestValue)).index)
    count += 1
  }

  mutating func merge(_ other: Spread) {
    counts.merge(other.counts)
    count += other.count
  }

  /// The buckets that hold any durations, the longest durations first, and how many each holds.
  var falling: [(bucket: HistogramBucket, count: Int)] {
    counts.pairs.reversed().map { (HistogramBucket(index: Int($0.index)), Int($0.count)) }
  }
}
