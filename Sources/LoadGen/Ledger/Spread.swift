import Shared

/// Durations of which any may be taken: counts and exact sums by bucket, so that the greatest and the least sum of any number of them is known to 0.1 %.
struct Spread: Sendable {
  struct Bucket: Sendable {
    var count = 0
    /// In nanoseconds.
    var sum: Int128 = 0
  }

  private var buckets: [Int: Bucket] = [:]
  private(set) var count = 0

  mutating func add(_ nanoseconds: Int64) {
    let value = min(max(0, nanoseconds), LatencyHistogram.highestValue)
    let index = HistogramBucket(holding: value).index
    buckets[index, default: Bucket()].count += 1
    buckets[index, default: Bucket()].sum += Int128(value)
    count += 1
  }

  mutating func merge(_ other: Spread) {
    for (index, bucket) in other.buckets {
      buckets[index, default: Bucket()].count += bucket.count
      buckets[index, default: Bucket()].sum += bucket.sum
    }
    count += other.count
  }

  /// Groups of alike durations with what lies in them, by falling size.
  var falling: [(bucket: HistogramBucket, count: Int, sum: Int128)] {
    buckets.sorted { $0.key > $1.key }.map { (HistogramBucket(index: $0.key), $0.value.count, $0.value.sum) }
  }
}
