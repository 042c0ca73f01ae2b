/// When a loop stood still, and for how long: whatever waited meanwhile may have waited for that alone.
struct Standstills {
  /// Beyond so many the older half is forgotten, so that a generator that is starved for hours keeps no more: a mebibyte.
  private static let most = 1 << 16

  /// In the order of their ends: when one ended, and how long all up to it were together, in nanoseconds.
  private var known: [(end: Instant, sum: Int64)] = []
  /// How long those that are forgotten were together, in nanoseconds.
  private var forgotten: Int64 = 0

  /// - Parameter late: how long it lasted, in nanoseconds. What is too short to decide anything is not kept.
  mutating func add(_ late: Int64, until end: Instant) {
    guard late >= Standstill.least else { return }
    if known.count == Self.most {
      forgotten = known[Self.most / 2 - 1].sum
      known.removeFirst(Self.most / 2)
    }
    known.append((end, (known.last?.sum ?? 0) + late))
  }

  /// How long the loop stood still between two instants, at most, in nanoseconds; 0 where either is not known.
  func time(from: Instant, to: Instant) -> Int64 {
    guard from != .never, to != .never, to - from >= Standstill.least else { return 0 }
    return min(to - from, sum(upTo: to) - sum(upTo: from))
  }

  private func sum(upTo instant: Instant) -> Int64 {
    var (low, high) = (0, known.count)
    while low < high {
      let middle = (low + high) / 2
      if known[middle].end <= instant { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? forgotten : known[low - 1].sum
  }
}
