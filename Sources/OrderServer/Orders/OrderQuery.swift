import Shared

/// Which orders a client asks to list. They come newest first.
struct OrderQuery: Sendable, Equatable {
  /// Only this user's; `nil`: everyone's.
  var userID: String?
  /// Only those at this status now; `nil`: at any.
  var status: OrderStatus?
  /// How many at most; at least 1.
  var limit: Int
  /// Only those that come after this place in the list; `nil`: from the newest on.
  var after: OrderCursor?
}

/// One page of a list of orders, newest first.
struct OrderPage: Sendable, Equatable {
  /// A page ends with the order whose text brings it to this many bytes (`Order.textSize`), so that a small request costs little however
  /// large the orders are.
  static let byteLimit = 1 << 20

  var orders: [Order]
  /// Where the next page begins; `nil` after the last page.
  var next: OrderCursor?
}

/// A place in a list of orders. It stays valid while new orders come in.
struct OrderCursor: Sendable, Hashable, CustomStringConvertible {
  /// The number of the last order that was shown.
  let number: Int64

  init(number: Int64) {
    self.number = number
  }

  /// Reads what `description` has written.
  /// - Returns: `nil` where it is anything else.
  init?(text: String) {
    guard text.utf8.count == 14, text.utf8.first == UInt8(ascii: "c"), let scrambled = UInt64(Substring(text.utf8.dropFirst()), radix: 36)
    else { return nil }
    let number = Int64(bitPattern: scrambled ^ Self.mask)
    self.init(number: number)
    guard number >= 0, description.hasSameBytes(as: text) else { return nil }
  }

  /// Meaningless to clients, so that nobody relies on what it is made of: `c` and 13 digits of base 36.
  var description: String {
    let digits = String(UInt64(bitPattern: number) ^ Self.mask, radix: 36)
    return "c" + String(repeating: "0", count: 13 - digits.count) + digits
  }

  /// A regular expression that matches every cursor. Not every text that it matches is a cursor.
  static let pattern = "^c[0-9a-z]{13}$"

  private static let mask = 0x5DEE_CE66_D1CE_4E5B as UInt64
}
