/// How far apart the polls of one order really were, compared with what was asked for, and what delayed them.
struct PollGaps: Sendable {
  /// From the sending of one poll to that of the next one of the same order.
  var kept = LatencySeries()
  /// What the poll policy asked for in the same cases.
  var asked = LatencySeries()
  /// The shortest and the longest gap that was asked for, in nanoseconds, without jitter; `nil` if gaps do not adapt.
  private(set) var adapted: ClosedRange<Int64>?
  private var counts: [PollDelay: Int] = [:]

  /// How many polls were late for this reason.
  subscript(cause: PollDelay) -> Int { counts[cause] ?? 0 }

  mutating func count(_ cause: PollDelay) { counts[cause, default: 0] += 1 }

  mutating func adapt(to gap: Int64) {
    adapted = min(adapted?.lowerBound ?? gap, gap)...max(adapted?.upperBound ?? gap, gap)
  }

  mutating func merge(_ other: PollGaps) {
    kept.merge(other.kept)
    asked.merge(other.asked)
    if let range = other.adapted {
      adapt(to: range.lowerBound)
      adapt(to: range.upperBound)
    }
    counts.merge(other.counts, uniquingKeysWith: +)
  }
}

extension Ledger {
  mutating func polled(after gap: Int64, asked: Int64) {
    pollGaps.kept.record(gap)
    pollGaps.asked.record(asked)
  }

  mutating func pollGap(became gap: Int64) { pollGaps.adapt(to: gap) }

  mutating func postponed(_ cause: PollDelay) { pollGaps.count(cause) }
}
