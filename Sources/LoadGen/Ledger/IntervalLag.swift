import Shared

/// By how much, at most, our own loop moved the upper ends of an order's intervals, in nanoseconds: a poll that was due while it stood still
/// was sent when it went on, and an answer was read then.
struct IntervalLag {
  /// Between the instant at which it was due and its create's sending.
  let accepted: Int64
  /// Of the first answer that said "processing", or beyond.
  let started: Int64
  /// Of the first answer that said "ended".
  let ended: Int64
  /// Of the time between both: its start may have been as early as the last answer that said "pending".
  let processed: Int64

  /// - Parameter lag: by how much the receipt of its last answer may have been stamped too late, in nanoseconds.
  init(of order: OrderHistory, lag: Int64, _ standstills: Standstills) {
    accepted = order.dispatched - order.due + standstills.time(from: order.dispatched, to: order.createSent)
    started = max(lag, standstills.time(from: order.lastPendingSent, to: order.startedReceived))
    let answered = order.endedReceived == .never ? order.endedReceived : order.endedReceived + -lag
    ended = lag + standstills.time(from: order.lastUnfinishedSent, to: answered)
    processed = lag + standstills.time(from: order.lastPendingSent, to: answered)
  }
}

extension Bounds<Int64> {
  /// The same with an upper end that is less by so much, and not below the lower one.
  func upperEnd(less lag: Int64) -> Bounds {
    Bounds(lower: lower, upper: upper.map { Swift.max(lower, $0 - lag) })
  }
}
