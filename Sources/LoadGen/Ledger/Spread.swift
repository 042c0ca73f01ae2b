import Shared

/// Durations of which any may be taken: counts by bucket, so that the greatest and the least sum of any number of them is known to 0.1 %.
///
/// There is one for every reading at which orders may have completed: in eight bytes a bucket.
struct Spread: Sendable {
  private struct Pair {
    var index: UInt32
    var count: UInt32
  }

  /// By rising index.
  private var pairs: [Pair] = []
  private(set) var count = 0

  mutating func add(_ nanoseconds: Int64) {
    let value = min(max(0, nanoseconds), LatencyHistogram.highestValue)
    add(1, at: UInt32(HistogramBucket(holding: value).index))
  }

  mutating func merge(_ other: Spread) {
    for pair in other.pairs { add(pair.count, at: pair.index) }
  }

  private mutating func add(_ more: UInt32, at index: UInt32) {
    count += Int(more)
    var low = 0
    var high = pairs.count
    while low < high {
      let middle = (low + high) / 2
      if pairs[middle].index < index { low = middle + 1 } else { high = middle }
    }
    if low < pairs.count, pairs[low].index == index {
      pairs[low].count = UInt32(clamping: Int(pairs[low].count) + Int(more))
    } else {
      pairs.insert(Pair(index: index, count: more), at: low)
    }
  }

  /// Groups of alike durations, by falling size.
  var falling: [(bucket: HistogramBucket, count: Int)] {
    pairs.reversed().map { (HistogramBucket(index: Int($0.index)), Int($0.count)) }
  }
}
