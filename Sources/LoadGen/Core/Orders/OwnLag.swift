/// How long, at most, our own loop kept a create from its answer, in nanoseconds; what it was taken up too late is not in it.
struct CreateLag {
  /// While it waited for a connection.
  var queued: Int64 = 0
  /// While its answer waited to be read.
  var received: Int64 = 0
}

extension CreateLag {
  /// - Parameter lag: by how much the receipt of its answer may have been stamped too late, in nanoseconds.
  init(of order: OrderHistory, lag: Int64, _ standstills: Standstills) {
    self.init(queued: standstills.time(from: order.dispatched, to: order.createSent), received: lag)
  }
}

/// By how much, at most, our own loop moved the upper ends of an order's intervals, in nanoseconds: a poll that was due while it stood still
/// was sent when it went on, and an answer was read then.
struct IntervalLag {
  /// From the instant at which it was due to its create's sending.
  var accepted: Int64 = 0
  /// Of the first answer that said "processing", or beyond.
  var started: Int64 = 0
  /// Of the first answer that said "ended".
  var ended: Int64 = 0
  /// Of the time between both: it may have started right after the last answer that said "pending".
  var processed: Int64 = 0
}

extension IntervalLag {
  /// - Parameter lag: by how much the receipt of its last answer may have been stamped too late, in nanoseconds.
  init(of order: OrderHistory, lag: Int64, _ standstills: Standstills) {
    let answered = order.endedReceived == .never ? order.endedReceived : order.endedReceived + -lag
    self.init(
      accepted: order.dispatched - order.due + standstills.time(from: order.dispatched, to: order.createSent),
      started: max(lag, standstills.time(from: order.lastPendingSent, to: order.startedReceived)),
      ended: lag + standstills.time(from: order.lastUnfinishedSent, to: answered),
      processed: lag + standstills.time(from: order.lastPendingSent, to: answered))
  }
}
