package import Shared

/// How far a run has got, for the line that is shown during it: of one loop, or summed over all.
///
/// It is made four times a second on each loop's own thread. So it holds only counts, and one histogram, which the loop has to copy when it
/// next records a value.
package struct RunProgress: Sendable {
  /// Nanoseconds since the load began; `nil` before.
  package var time: Int64?
  package var scheduled = 0
  package var submitted = 0
  var accepted = 0
  /// Acknowledged, but neither ended nor given up.
  package var backlog = 0
  /// Not sent, or not ended by the order timeout.
  package var givenUp = 0
  /// Rejected, errored or ambiguous.
  package var errors = 0
  /// Orders in hand, whether or not they were acknowledged.
  var outstanding = 0
  /// The latency `accept` so far without the warm-up, and the number of its censored values.
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
