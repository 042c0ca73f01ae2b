import Shared

/// Durations of which any may be taken: counts by bucket, so that the greatest and the least sum of any number of them is known to 0.1 %.
///
/// There is one for every scrape at which orders may have completed.
struct Spread: Sendable {
  private var counts = SparseHistogram()
  private(set) var count = 0

  mutating func add(_ nanoseconds: Int64) {
    counts.add(at: HistogramBucket(holding: min(max(0, nanoseconds), LatencyHistogram.highestValue)).index)
    count += 1
  }

  mutating func merge(_ other: Spread) {
    counts.merge(other.counts)
    count += other.count
  }

  /// Groups of alike durations, by falling size.
  var falling: [(bucket: HistogramBucket, count: Int)] {
    counts.pairs.reversed().map { (HistogramBucket(index: Int($0.index)), Int($0.count)) }
  }
}
