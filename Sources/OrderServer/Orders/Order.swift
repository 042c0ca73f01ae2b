import Shared

/// An order as it was accepted, and how far it has come.
struct Order: Sendable, Equatable {
  let id: OrderID
  let userID: String
  let itemIDs: [String]
  let totalAmount: Double
  let createdAt: Timestamp
  var status: OrderStatus = .pending
  /// When a worker took it; `nil` while it is pending.
  var startedAt: Timestamp?
  /// `nil` until it is completed.
  var completedAt: Timestamp?
}

/// An order that a worker has taken.
struct TakenOrder: Sendable, Hashable {
  /// Its place among all orders ever accepted. Orders are taken by rising number.
  let number: Int64
  let id: OrderID
  let createdAt: Timestamp
  let startedAt: Timestamp
}
