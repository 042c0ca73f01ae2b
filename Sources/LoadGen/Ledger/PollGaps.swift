/// How far apart the polls of one order really came, beside what was asked for, and what kept them back.
struct PollGaps: Sendable {
  /// From one poll's sending to the next one's, of the same order.
  var kept = LatencySeries()
  /// What the poll policy wanted of the same polls.
  var asked = LatencySeries()
  /// The shortest and the longest gap that was asked for, before any jitter; `nil` where gaps do not adapt.
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
