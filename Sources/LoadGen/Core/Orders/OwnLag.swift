/// How long, at most, our own loop delayed a create's answer, in nanoseconds. Does not include the slip, by which it was taken up late.
struct CreateLag {
  /// While the create waited for a connection.
  var queued: Int64 = 0
  /// While its answer waited to be read.
  var received: Int64 = 0
}

extension CreateLag {
  /// - Parameter lag: how much too late the receipt of its answer may have been stamped at most, in nanoseconds.
  init(of order: OrderHistory, lag: Int64, _ standstills: Standstills) {
    self.init(queued: standstills.time(from: order.dispatched, to: order.createSent), received: lag)
  }
}

/// How far, at most, our own loop moved the upper ends of an order's intervals, in nanoseconds: a poll that became due while the loop stood
/// still was sent only afterwards, and an answer that arrived meanwhile was read only then.
struct IntervalLag {
  /// From when the order was due to when its create was sent.
  var accepted: Int64 = 0
  /// In the receipt of the first answer that said "processing" or beyond.
  var started: Int64 = 0
  /// In the receipt of the first answer that said "ended".
  var ended: Int64 = 0
  /// In the time between both: it may have started right after the last poll that was answered "pending".
  var processed: Int64 = 0
}

extension IntervalLag {
  /// - Parameter lag: how much too late the receipt of its last answer may have been stamped at most, in nanoseconds.
  init(of order: OrderHistory, lag: Int64, _ standstills: Standstills) {
    let answered = order.endedReceived == .never ? order.endedReceived : order.endedReceived + -lag
    self.init(
      accepted: order.dispatched - order.due + standstills.time(from: order.dispatched, to: order.createSent),
      started: max(lag, standstills.time(from: order.lastPendingSent, to: order.startedReceived)),
      ended: lag + standstills.time(from: order.lastUnfinishedSent, to: answered),
      processed: lag + standstills.time(from: order.lastPendingSent, to: answered))
  }
}
