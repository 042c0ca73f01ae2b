import Shared

/// An accepted order, and how far it has come.
struct Order: Sendable, Equatable {
  var id: OrderID
  /// Who ordered: what the client said, or the id of the caller's account where the profile has accounts of its own.
  let userID: String
  /// What was ordered, by id or by name.
  let itemIDs: [String]
  let totalAmount: Double
  let createdAt: Timestamp
  var status: OrderStatus = .pending
  /// When a worker took it; `nil` while it is pending, also after it was made pending again by a restart.
  var startedAt: Timestamp?
  /// When it was completed, cancelled, or found to have failed; `nil` until then.
  var endedAt: Timestamp?

  /// `nil` unless it is completed.
  var completedAt: Timestamp? { status == .completed ? endedAt : nil }

  /// An allowance, in bytes, for what every order has besides its user and its items.
  static let bareTextSize = 128

  /// About how many bytes the order takes as JSON: the user, each item with its quotes and a comma, and an allowance for the rest. Bounds
  /// the size of a page (`OrderPage.byteLimit`).
  var textSize: Int { Self.bareTextSize + userID.utf8.count + itemIDs.reduce(0) { $0 + $1.utf8.count + 3 } }

  /// The latest of its stamps.
  var updatedAt: Timestamp { endedAt ?? startedAt ?? createdAt }
}

/// An order that a worker has claimed, and that is being processed.
struct ClaimedOrder: Sendable, Hashable {
  /// Its place among all orders ever accepted. Orders are taken by rising number.
  let number: Int64
  let id: OrderID
  let createdAt: Timestamp
  let startedAt: Timestamp
  /// The id of the server that took it, where several work on one database: only the server that the row names can end the order. 0 where
  /// there is only one server.
  var server: Int64 = 0
}
