/// What was observed in a run.
package struct RunResult: Sendable {
  package var ledger: Ledger
  /// All scrapes that brought figures, in order.
  package var scrapes: [Scrape]
  /// Whether the first of them was made before the first order was sent.
  package var hasBaseline: Bool
  package var wasInterrupted: Bool
  /// Whether the run was ended before its plan because every create was refused.
  var wasRefused: Bool
  /// The share of time in which the thread of the busiest event loop had the processor while there were orders, from 0 to 1; `nil` if
  /// unknown.
  package var busyShare: Double?
  /// When the run was over. Peak memory and processor time are not kept here: whoever reports them reads them.
  package var ended: Instant

  init(ledger: Ledger, course: RunCourse, busyShare: Double?, ended: Instant) {
    self.ledger = ledger
    scrapes = course.scrapes
    hasBaseline = course.hasBaseline
    wasInterrupted = course.wasInterrupted
    wasRefused = course.wasRefused
    self.busyShare = busyShare
    self.ended = ended
  }
}

/// An account could not log in, so no order was sent.
package struct CannotBegin: Error { package var failure: Failure }
