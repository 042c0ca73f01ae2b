/// An order whose story is over: only what the audit needs of it, because very many of these are kept.
struct SettledOrder: Sendable {
  private(set) var createSent, createReceived, lastUnfinishedSent, lastPendingSent, startedReceived, endedReceived: Instant
  private var isUnbroken: Bool
  let outcome: OrderOutcome

  init(_ order: OrderHistory, _ outcome: OrderOutcome) {
    createSent = order.createSent
    createReceived = order.createReceived
    lastUnfinishedSent = order.lastUnfinishedSent
    lastPendingSent = order.lastPendingSent
    startedReceived = order.startedReceived
    endedReceived = order.endedReceived
    isUnbroken = order.isUnbroken
    self.outcome = outcome
  }

  /// The order's history, except for its number and due time.
  var history: OrderHistory {
    var history = OrderHistory(index: 0, due: .never, dispatched: .never)
    history.createSent = createSent
    history.createReceived = createReceived
    history.lastUnfinishedSent = lastUnfinishedSent
    history.lastPendingSent = lastPendingSent
    history.startedReceived = startedReceived
    history.endedReceived = endedReceived
    history.isUnbroken = isUnbroken
    return history
  }

  /// The latest of its stamps; `never` if it has none.
  var lastStamp: Instant {
    var last: Instant?
    for stamp in [createSent, createReceived, lastUnfinishedSent, lastPendingSent, startedReceived, endedReceived] where stamp != .never {
      last = max(last ?? stamp, stamp)
    }
    return last ?? .never
  }
}
