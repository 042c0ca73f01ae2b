import Shared

/// Orders to look at in a store that has none yet: all but every fourteenth are completed, and that one waits.
struct SampleOrders {
  let count: Int
  /// When the store was filled. All stamps lie before it.
  let now: Timestamp
  /// What the k-th is called, counting from 1.
  let id: (Int) -> OrderID

  private static let interval = Duration.seconds(10)

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
