import Shared

/// What the time stamps of one order say about its durations, in nanoseconds. The rules are in `docs/measurement.md`, "What is known of one
/// order".
extension OrderHistory {
  /// Created → ended. It was created within [create sent, create received], and ended within (last unfinished sent, ended received].
  var completion: Bounds<Int64> {
    Bounds(
      lower: Self.span(from: createReceived, to: lastUnfinishedSent),
      upper: Self.end(endedReceived, since: createSent))
  }

  /// Created → started.
  var queueWait: Bounds<Int64> {
    Bounds(
      lower: Self.span(from: createReceived, to: lastPendingSent),
      upper: Self.end(startedReceived, since: createSent))
  }

  /// Started → ended.
  var processing: Bounds<Int64> {
    Bounds(
      lower: Self.span(from: startedReceived, to: lastUnfinishedSent),
      upper: Self.end(endedReceived, since: lastPendingSent))
  }

  /// Started for the last time → ended. If the order may have been requeued and started again between two answers, it may have started just
  /// before its end.
  func lastProcessing(_ assumptions: Dialect.Assumptions) -> Bounds<Int64> {
    mayHaveBegunAnew(assumptions) ? Bounds(lower: 0, upper: processing.upper) : processing
  }

  /// Whether it may have been requeued and started again after it was last seen to be started.
  func mayHaveBegunAnew(_ assumptions: Dialect.Assumptions) -> Bool {
    switch assumptions.requeue {
    case .never: false
    case .onRestart: !isUnbroken || endedReceived == .never
    case .any: true
    }
  }

  /// Whether it was seen to go back into the queue at a time when that cannot be.
  func wentBackWrongly(_ assumptions: Dialect.Assumptions) -> Bool {
    // An answer may be from before one that came earlier.
    guard assumptions.readYourWrites else { return false }
    switch assumptions.requeue {
    case .never: return wentBack
    case .onRestart: return wentBackWhileOpen
    case .any: return false
    }
  }

  /// Due → ended: what the user felt.
  var turnaround: Bounds<Int64> {
    Bounds(
      lower: Self.span(from: due, to: lastUnfinishedSent),
      upper: Self.end(endedReceived, since: due))
  }

  /// The least possible duration; 0 if either end was not seen.
  private static func span(from: Instant, to: Instant) -> Int64 {
    from == .never || to == .never ? 0 : max(0, to - from)
  }

  /// The greatest possible duration; `nil` (unbounded) if either end was not seen.
  private static func end(_ end: Instant, since: Instant) -> Int64? {
    end == .never || since == .never ? nil : max(0, end - since)
  }
}
