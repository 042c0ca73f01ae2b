/// How far apart the polls of one order really came, beside what was asked for, and what kept them back.
struct PollGaps: Sendable {
  /// From one poll's sending to the next one's, of the same order.
  var kept = LatencySeries()
  /// What the poll policy wanted of the same polls.
  var asked = LatencySeries()
  private var counts: [PollDelay: Int] = [:]

  /// How many polls were late for this reason.
  subscript(cause: PollDelay) -> Int { counts[cause] ?? 0 }

  mutating func count(_ cause: PollDelay) { counts[cause, default: 0] += 1 }

  mutating func merge(_ other: PollGaps) {
    kept.merge(other.kept)
    asked.merge(other.asked)
    counts.merge(other.counts, uniquingKeysWith: +)
  }
}

extension Ledger {
  mutating func polled(after gap: Int64, asked: Int64) {
    pollGaps.kept.record(gap)
    pollGaps.asked.record(asked)
  }

  mutating func postponed(_ cause: PollDelay) { pollGaps.count(cause) }
}
