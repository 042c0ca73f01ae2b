import Shared

/// Which orders are asked for: the newest first.
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

/// A part of a list.
struct OrderPage: Sendable, Equatable {
  /// How many bytes of text a page holds at most, but for its last order: however large orders are, a small request costs no more.
  static let byteLimit = 1 << 20

  var orders: [Order]
  /// Where the next part begins; `nil` where there is none.
  var next: OrderCursor?
}

/// A place in a list of orders, which stays what it is while new ones come in.
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

  /// Says nothing to the client, so that nobody counts on what it is made of.
  var description: String {
    let digits = String(UInt64(bitPattern: number) ^ Self.mask, radix: 36)
    return "c" + String(repeating: "0", count: 13 - digits.count) + digits
  }

  /// What every cursor looks like; not all that looks like it is one.
  static let pattern = "^c[0-9a-z]{13}$"

  private static let mask = 0x5DEE_CE66_D1CE_4E5B as UInt64
}
