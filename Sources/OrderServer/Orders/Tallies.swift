import Shared

/// The counts and sums that the metrics are made of. They are updated with every change and never counted anew, so that reading
/// them costs the same for ten orders as for ten million.
struct Tallies: Sendable, Equatable {
  private var counts = [Int64](repeating: 0, count: OrderStatus.allCases.count)
  /// Microseconds from started to completed, summed over the completed orders.
  var processing = Int64(0)
  /// Microseconds from created to completed, summed over the completed orders.
  var completion = Int64(0)

  /// How many orders are at a status now.
  subscript(status: OrderStatus) -> Int64 {
    get { counts[status.place] }
    set { counts[status.place] = newValue }
  }

  /// How many orders were ever accepted.
  var total: Int64 { counts.reduce(0, +) }

  /// Orders that have not ended.
  var open: Int64 { OrderStatus.allCases.reduce(0) { $1.hasEnded ? $0 : $0 + self[$1] } }

  /// Counts that orders have moved from one status to another.
  mutating func move(_ count: Int64 = 1, from old: OrderStatus, to new: OrderStatus) {
    self[old] -= count
    self[new] += count
  }

  /// Counts a new order, whatever its status.
  mutating func add(_ order: Order) {
    self[order.status] += 1
    guard let completed = order.completedAt else { return }
    processing += completed.microseconds - (order.startedAt ?? completed).microseconds
    completion += completed.microseconds - order.createdAt.microseconds
  }

  /// Counts the end of an order's processing, completed or failed. Times are summed over the completed orders alone.
  mutating func end(_ order: ClaimedOrder, as status: OrderStatus, at time: Timestamp) {
    move(from: .processing, to: status)
    guard status == .completed else { return }
    processing += time.microseconds - order.startedAt.microseconds
    completion += time.microseconds - order.createdAt.microseconds
  }

  /// The mean over the completed orders, in seconds; `nil` while there is none.
  func average(_ span: Dialect.Quantity.Span) -> Double? {
    guard self[.completed] > 0 else { return nil }
    let sum =
      switch span {
      case .processing: processing
      case .completion: completion
      }
    return Double(sum) / Double(self[.completed]) / 1e6
  }
}

extension OrderStatus {
  fileprivate var place: Int {
    switch self {
    case .pending: 0
    case .processing: 1
    case .completed: 2
    case .cancelled: 3
    case .failed: 4
    }
  }
}
