import Shared

/// An order as it was accepted, and how far it has come.
struct Order: Sendable, Equatable {
  var id: OrderID
  /// Who ordered: what the client said, or the id of the caller's account where the profile has accounts of its own.
  let userID: String
  /// What was ordered, by id or by name.
  let itemIDs: [String]
  let totalAmount: Double
  let createdAt: Timestamp
  var status: OrderStatus = .pending
  /// When a worker took it; `nil` where none ever has.
  var startedAt: Timestamp?
  /// When it was completed, cancelled, or found to have failed; `nil` until then.
  var endedAt: Timestamp?

  /// `nil` unless it is completed.
  var completedAt: Timestamp? { status == .completed ? endedAt : nil }

  /// What every order has besides its user and its items, in bytes.
  static let bareTextSize = 128

  /// How many bytes of text it comes to, about: each item in quotes and with a comma, and what every order has besides.
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
  /// Which of several servers has taken it: under another's name it cannot be ended. 0 where there is but one.
  var server: Int64 = 0
}
