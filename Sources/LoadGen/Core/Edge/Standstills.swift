/// When a loop stood still, and for how long: whatever was waiting then may have waited for that reason alone.
struct Standstills {
  /// Beyond this number the older half is forgotten, so that a generator that is starved for hours needs at most a mebibyte.
  private static let most = 1 << 16

  /// Sorted by `end`: when each standstill ended, and the total length of all standstills up to and including it, in nanoseconds.
  private var known: [(end: Instant, sum: Int64)] = []
  /// The total length of those that were forgotten, in nanoseconds.
  private var forgotten: Int64 = 0

  /// What is known of the same stretch of time already does not count twice: a standstill within a turn of the loop is noticed in that
  /// turn, and delays the next one, too.
  /// - Parameters:
  ///   - length: how long the loop stood still up to `end`, in nanoseconds. What is left of it below `Standstill.least` is ignored.
  ///   - end: no earlier than the ends before it.
  mutating func add(_ length: Int64, until end: Instant) {
    let late = length - time(from: end + -length, to: end)
    guard late >= Standstill.least else { return }
    if known.count == Self.most {
      forgotten = known[Self.most / 2 - 1].sum
      known.removeFirst(Self.most / 2)
    }
    known.append((end, (known.last?.sum ?? 0) + late))
  }

  /// How long the loop stood still at most between two instants, in nanoseconds; 0 if either is `never`.
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
