import Shared

/// A histogram of one block of time, to 0.8 % (or 8 ns): so that hundreds of them are a few megabytes, in memory and in a report.
struct CoarseHistogram: Sendable {
  /// In eight bytes: a block of a billion values in one place is none that anybody will see.
  private struct Pair {
    var index: UInt32
    var count: UInt32

    mutating func add(_ more: UInt32) {
      let (sum, isTooMuch) = count.addingReportingOverflow(more)
      count = isTooMuch ? .max : sum
    }
  }

  /// So many of `HistogramBucket`'s buckets are one.
  private static let width = 8

  /// By rising index.
  private var pairs: [Pair] = []

  mutating func record(_ nanoseconds: Int64) {
    guard nanoseconds <= LatencyHistogram.highestValue else { return }
    add(1, at: UInt32(HistogramBucket(holding: max(0, nanoseconds)).index / Self.width))
  }

  /// Gives back what was kept for more: little will come.
  mutating func compact() {
    if pairs.capacity > pairs.count + pairs.count / 8 { pairs = pairs.withUnsafeBufferPointer { Array($0) } }
  }

  mutating func merge(_ other: CoarseHistogram) {
    for pair in other.pairs { add(pair.count, at: pair.index) }
  }

  private mutating func add(_ count: UInt32, at index: UInt32) {
    var low = 0
    var high = pairs.count
    while low < high {
      let middle = (low + high) / 2
      if pairs[middle].index < index { low = middle + 1 } else { high = middle }
    }
    if low < pairs.count, pairs[low].index == index {
      pairs[low].add(count)
    } else {
      pairs.insert(Pair(index: index, count: count), at: low)
    }
  }

  /// By rising value: the index of the bucket in the middle of those that are one here, and how many values they hold.
  var buckets: [(index: Int, count: UInt64)] {
    pairs.map { (Int($0.index) * Self.width + Self.width / 2, UInt64($0.count)) }
  }
}
