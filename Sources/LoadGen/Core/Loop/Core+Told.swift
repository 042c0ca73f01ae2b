import Shared

/// What is told of each order when its story is over, where orders are written one by one (`CoreSettings.tellsOrders`).
extension Core {
  /// - Parameter answered: when the answer to its create was received; `never` without one.
  mutating func tell(_ order: Handle, _ outcome: OrderOutcome, _ now: Instant, answered: Instant) {
    let entry = orders[order]
    record.told(
      ToldOrder(
        history: entry.history, id: entry.id, at: now, answered: answered, polls: entry.polls, code: entry.code, outcome: outcome))
  }

  /// The create was answered by this status code; 0 where its answer was no bytes.
  mutating func keep(_ code: UInt16, of order: Handle) {
    if orders.isCurrent(order) { orders[order].code = code }
  }

  /// A simulated refusal has a status code, even though its answer was no bytes.
  mutating func keep(_ failure: Failure, of order: Handle) {
    guard settings.tellsOrders, orders[order].code == 0, let status = failure.status else { return }
    orders[order].code = UInt16(clamping: status)
  }
}
