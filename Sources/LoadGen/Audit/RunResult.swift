/// What a run saw.
package struct RunResult: Sendable {
  package var ledger: Ledger
  /// All scrapes that brought figures, in order.
  package var scrapes: [Scrape]
  /// Whether the first of them was made before the first order was sent.
  package var hasBaseline: Bool
  package var wasInterrupted: Bool
  /// Whether it was ended before its plan because every create was refused.
  var wasRefused: Bool
  /// The part of the time in which the busiest event loop's thread had the processor while there were orders, from 0 to 1.
  package var busyShare: Double?
  /// Peak memory and processor time are read by whoever reports them.
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

/// An account cannot log in: not one order was sent.
package struct CannotBegin: Error { package var failure: Failure }
