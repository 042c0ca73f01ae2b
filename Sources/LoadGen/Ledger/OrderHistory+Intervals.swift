import Shared

/// What the stamps of one order say about its durations, in nanoseconds. The rules are those of `docs/measurement.md`, "What is known of one order".
extension OrderHistory {
  /// Created → ended. Created in [create sent, create received], ended in (last unfinished sent, ended received].
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

  /// Started for the last time → ended. Where it may have been put back and begun anew between two answers, it can have been begun just before its end.
  func lastProcessing(_ assumptions: Dialect.Assumptions) -> Bounds<Int64> {
    assumptions.requeue ? Bounds(lower: 0, upper: processing.upper) : processing
  }

  /// Due → ended: what the user felt.
  var turnaround: Bounds<Int64> {
    Bounds(
      lower: Self.span(from: due, to: lastUnfinishedSent),
      upper: Self.end(endedReceived, since: due))
  }

  /// At least this long; nothing is known where the beginning was not seen.
  private static func span(from: Instant, to: Instant) -> Int64 {
    from == .never || to == .never ? 0 : max(0, to - from)
  }

  /// At most this long; unbounded where the end was not seen.
  private static func end(_ end: Instant, since: Instant) -> Int64? {
    end == .never || since == .never ? nil : max(0, end - since)
  }
}
