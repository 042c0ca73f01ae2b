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
  /// At most this many wrong elements of one list are reported; those after them are not checked.
  static let limit = 100
  /// How many violations one request can have: those of a list, and one for each other field.
  static let counts = 1...(limit + 8)

  /// Where it stands, as in `item_ids[2]`.
  var field: String
  /// What was there, in words or as it was given.
  var found: String
  /// What would be right.
  var expected: String
  var rule = Rule.value

  /// The kind of rule that was broken: some profiles have a set phrase for each.
  enum Rule: Sendable, Hashable {
    /// The field must be there.
    case presence
    /// It must be of this kind.
    case kind(Kind)
    /// It must be another value of its kind.
    case value
  }

  /// The JSON type that a field should have had.
  enum Kind: Sendable, Hashable { case string, integer, number, list, object, stringOrList }

  var sentence: String { "\(field) is \(found), and should be \(expected)" }
}
