import Shared

/// Sample orders for a store that has none yet. All but every fourteenth are completed; that one is pending.
struct SampleOrders {
  let count: Int
  /// When the store is filled. All stamps lie before it.
  let now: Timestamp
  /// The id of the k-th order, counting from 1.
  let id: (Int) -> OrderID

  private static let interval = Duration.seconds(10)

  /// The oldest first, created 10 seconds apart. Each completed one was started 1 s and ended 6 s after its creation.
  var orders: [Order] {
    (0..<count).map { index in
      let created = now.advanced(by: Self.interval * -(count - index))
      var order = Order(
        id: id(index + 1), userID: "sample", itemIDs: ["item-\(index + 1)"], totalAmount: Double(index % 100) + 0.5, createdAt: created)
      guard index % 14 != 13 else { return order }
      order.status = .completed
      order.startedAt = created.advanced(by: .seconds(1))
      order.endedAt = created.advanced(by: .seconds(6))
      return order
    }
  }
}
