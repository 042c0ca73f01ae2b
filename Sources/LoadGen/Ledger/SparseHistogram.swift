/// A histogram with many buckets of which few hold any values: eight bytes for each of these, sorted by rising index.
struct SparseHistogram: Sendable {
  /// A bucket and the number of its values, which stops counting at the greatest `UInt32`.
  struct Pair: Sendable {
    fileprivate(set) var index: UInt32
    fileprivate(set) var count: UInt32
  }

  private(set) var pairs: [Pair] = []

  mutating func add(_ more: UInt32 = 1, at index: Int) {
    let index = UInt32(index)
    var low = 0
    var high = pairs.count
    while low < high {
      let middle = (low + high) / 2
      if pairs[middle].index < index { low = middle + 1 } else { high = middle }
    }
    if low < pairs.count, pairs[low].index == index {
      let (sum, isTooMuch) = pairs[low].count.addingReportingOverflow(more)
      pairs[low].count = isTooMuch ? .max : sum
    } else {
      pairs.insert(Pair(index: index, count: more), at: low)
    }
  }

  mutating func merge(_ other: SparseHistogram) {
    for pair in other.pairs { add(pair.count, at: Int(pair.index)) }
  }

  /// Frees spare memory. Called when few more values are to come.
  mutating func compact() {
    if pairs.capacity > pairs.count + pairs.count / 8 { pairs = pairs.withUnsafeBufferPointer { Array($0) } }
  }
}
