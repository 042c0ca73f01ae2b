import Shared

extension Tallies {
  /// Counts a new order, whatever its status.
  mutating func add(_ order: Order) {
    self[order.status] += 1
    guard let completed = order.completedAt else { return }
    processing.add(completed.microseconds - (order.startedAt ?? completed).microseconds)
    completion.add(completed.microseconds - order.createdAt.microseconds)
  }

  /// Counts the end of an order's processing, completed or failed. Times are those of the completed orders alone.
  mutating func end(_ order: ClaimedOrder, as status: OrderStatus, at time: Timestamp) {
    move(from: .processing, to: status)
    guard status == .completed else { return }
    processing.add(time.microseconds - order.startedAt.microseconds)
    completion.add(time.microseconds - order.createdAt.microseconds)
  }
}
