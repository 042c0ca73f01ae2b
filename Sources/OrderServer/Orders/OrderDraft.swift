import Shared

/// What a client sends to create an order, after its rules have been checked.
struct OrderDraft: Sendable, Equatable {
  /// `nil`: the server chooses one.
  var id: OrderID?
  var userID: String
  var itemIDs: [String]
  var totalAmount: Double
}

/// One field of a request that breaks a rule.
struct Violation: Sendable, Equatable {
  /// Where it stands, as in `item_ids[2]`.
  var field: String
  /// What was there, in words or as it was given.
  var found: String
  /// What would be right.
  var expected: String
}

/// Why a request's body is not an order.
enum DraftError: Error, Equatable {
  /// It is no JSON; the text says what is wrong, and where.
  case malformed(String)
  /// It is JSON that breaks these rules.
  case invalid([Violation])
}
