import Shared

/// For each scrape, what is known about one kind of duration of the orders that it is the first to count as completed.
struct NewlyCompleted: Sendable {
  /// Orders of which it is known that this scrape was the first, and the sums of the lower and upper ends of their durations, in nanoseconds.
  struct Sure: Sendable, Hashable {
    var count = 0
    var lower: Int128 = 0
    var upper: Int128 = 0
  }

  /// By the index of the scrape. May be shorter than there are scrapes.
  private var sure: [Sure] = []
  /// The lower and upper ends of the orders of which this scrape may have been the first, by its index.
  private(set) var maybeLower: [Int: Spread] = [:]
  private(set) var maybeUpper: [Int: Spread] = [:]

  func sure(at index: Int) -> Sure { sure.indices.contains(index) ? sure[index] : Sure() }

  mutating func add(_ bounds: Bounds<Int64>, at index: Int) {
    guard let upper = bounds.upper else { return }
    add(Sure(count: 1, lower: Int128(bounds.lower), upper: Int128(upper)), at: index)
  }

  mutating func addMaybe(_ bounds: Bounds<Int64>, at index: Int) {
    guard let upper = bounds.upper else { return }
    maybeLower[index, default: Spread()].add(bounds.lower)
    maybeUpper[index, default: Spread()].add(upper)
  }

  mutating func merge(_ other: NewlyCompleted) {
    for (index, sums) in other.sure.enumerated() { add(sums, at: index) }
    for (index, spread) in other.maybeLower { maybeLower[index, default: Spread()].merge(spread) }
    for (index, spread) in other.maybeUpper { maybeUpper[index, default: Spread()].merge(spread) }
  }

  private mutating func add(_ sums: Sure, at index: Int) {
    if index >= sure.count { sure.append(contentsOf: repeatElement(Sure(), count: index + 1 - sure.count)) }
    sure[index].count += sums.count
    sure[index].lower += sums.lower
    sure[index].upper += sums.upper
  }
}
