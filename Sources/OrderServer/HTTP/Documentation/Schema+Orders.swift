import Shared

/// What an order's fields may hold, taken from the rules that check them.
extension Schema {
  /// An id in a path.
  static let orderID = Schema.string(OrderRules.idLength, pattern: OrderRules.idPattern)
    .about("Letters, digits and any of - . _ ~ :, but not dots alone.")

  /// An id that a client chooses.
  static let chosenOrderID = Schema.string(OrderRules.idLength, pattern: OrderRules.newIDPattern)
    .about("Chosen by the client: letters, digits and any of - . _ ~ :, but neither dots alone nor \(OrderRules.reservedID).")

  /// An id that the server has made.
  static let newOrderID = Schema.string(format: "uuid").about("A UUID of version 7, made by the server.")

  static let userID = Schema.string(OrderRules.userIDLength, pattern: OrderRules.printablePattern).about("Without control characters.")
  static let itemID = Schema.string(OrderRules.itemIDLength, pattern: OrderRules.printablePattern).about("Without control characters.")
  static let itemIDs = Schema.list(itemID, count: OrderRules.itemCount)
  static let totalAmount = Schema.number(OrderRules.totalAmount)

  /// A whole number that every reader of JSON holds exactly.
  static let exactInteger = Schema.integer(BodyFields.exactIntegers)

  /// The profile's words for all statuses, including orders that failed, or that were cancelled under another profile.
  static func status(_ words: StatusWords) -> Schema {
    .named("Status", .word(of: OrderStatus.allCases.map { words.word(for: $0) }))
  }

  /// RFC 3339 in UTC, with all six decimals.
  static let time = Schema.string(pattern: timePattern + "Z$", format: "date-time").about("In UTC, with microseconds.")

  /// The same without the zone.
  static let zonelessTime = Schema.string(pattern: timePattern + "$").about("In UTC, with microseconds and without a zone.")

  private static let timePattern = #"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}"#

  static let nextCursor = Schema.string(pattern: OrderCursor.pattern).orNull.about("Leads to the next page; null on the last.")
}
