package import Shared

/// Where a run stands, for the line that is shown while it goes on: a loop's, or the sum of all.
///
/// Asked for four times a second on each loop's own thread: counts, and one histogram, of which the loop makes a copy when it next records.
package struct RunProgress: Sendable {
  /// Since the load began, in nanoseconds; `nil` before.
  package var time: Int64?
  package var scheduled = 0
  package var submitted = 0
  var accepted = 0
  /// Acknowledged, and neither ended nor given up.
  package var backlog = 0
  /// Not sent, or not ended by the order timeout.
  package var givenUp = 0
  /// Rejected, errored or ambiguous.
  package var errors = 0
  /// Orders in hand, acknowledged or not.
  var outstanding = 0
  /// `accept` so far, the warm-up apart, and how many of it are censored.
  package var accept = LatencyHistogram()
  package var acceptCensored: UInt64 = 0

  init() {}

  init(_ ledger: Ledger, outstanding: Int, at now: Instant) {
    let counts = ledger.counts
    time = ledger.load.began.map { max(0, now - $0) }
    scheduled = counts.scheduled
    submitted = counts.submitted
    accepted = counts.accepted
    backlog = counts.accepted - counts[.completed] - counts[.cancelled] - counts[.failed] - counts.unfinished
    givenUp = counts[.notSent] + counts[.timedOut] + counts[.unknownStatus]
    errors = counts[.rejected] + counts[.errored] + counts[.ambiguous]
    self.outstanding = outstanding
    accept = ledger.latencies.accept.observed
    acceptCensored = ledger.latencies.accept.censored.count
  }

  static func + (left: RunProgress, right: RunProgress) -> RunProgress {
    var sum = left
    sum.time = [left.time, right.time].compactMap { $0 }.max()
    sum.scheduled += right.scheduled
    sum.submitted += right.submitted
    sum.accepted += right.accepted
    sum.backlog += right.backlog
    sum.givenUp += right.givenUp
    sum.errors += right.errors
    sum.outstanding += right.outstanding
    sum.accept.merge(right.accept)
    sum.acceptCensored += right.acceptCensored
    return sum
  }
}
