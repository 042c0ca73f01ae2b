/// What a run saw.
package struct RunResult: Sendable {
  package var ledger: Ledger
  /// All readings that brought figures, in order.
  package var readings: [Reading]
  /// Whether the first of them was made before the first order was sent.
  package var hasBaseline: Bool
  package var wasInterrupted: Bool
  /// Whether it was ended before its plan because every create was refused.
  var wasRefused = false
  /// The part of the time in which the busiest event loop's thread had the processor while there were orders, from 0 to 1.
  package var busyShare: Double?
  /// Peak memory and processor time are read by whoever reports them.
  package var ended: Instant

  /// How long the last reading may take once a run was interrupted, in seconds.
  static let patienceAfterInterrupt: Int64 = 1
}

/// An account cannot log in: not one order was sent.
package struct CannotBegin: Error { package var failure: Failure }
