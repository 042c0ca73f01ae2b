import Shared

/// What an order's fields may hold: all limits in one place. The functions that check them return `nil`, or an empty list, where all is
/// well.
enum OrderRules {
  /// In bytes, all of them ASCII.
  static let idLength = 1...128
  /// In Unicode scalars.
  static let userIDLength = 1...256
  static let itemCount = 1...1_000
  /// In Unicode scalars.
  static let itemIDLength = 1...256
  static let totalAmount = 0.0...1e12

  /// No order may have this id: `/metrics/prometheus` is a page of the server's own, so `/metrics/{id}` could never show the order.
  static let reservedID = "prometheus"
  /// The ids that `check(newID:)` accepts, apart from their length, as a regular expression of JSON Schema.
  static let newIDPattern = #"^(?!prometheus$)\.*[A-Za-z0-9_~:-][A-Za-z0-9._~:-]*$"#

  /// Checks an id that a client chooses for a new order.
  static func check(newID id: String) -> Violation? {
    guard !id.hasSameBytes(as: reservedID) else {
      return Violation(field: "order_id", found: quoted(id), expected: "another id: /metrics/\(reservedID) is a page of the server's own")
    }
    return check(id: id)
  }

  /// The ids that `check(id:)` accepts, apart from their length, as a regular expression of JSON Schema.
  static let idPattern = #"^\.*[A-Za-z0-9_~:-][A-Za-z0-9._~:-]*$"#
  /// The same for users and items: no control characters.
  static let printablePattern = #"^[^\u0000-\u001f\u007f-\u009f]*$"#

  /// An id is part of paths, so it consists of characters that need no escapes there, and is not made of dots alone, as `.` and `..` are.
  static func check(id: String) -> Violation? {
    let isPlain = id.utf8.allSatisfy { idCharacters.contains($0) }
    let isOnlyDots = id.utf8.allSatisfy { $0 == UInt8(ascii: ".") }
    guard idLength.contains(id.utf8.count), isPlain, !isOnlyDots else {
      return Violation(
        field: "order_id", found: quoted(id),
        expected: "1 to \(idLength.upperBound) letters, digits or any of - . _ ~ :, as in order-17 (or none, and the server chooses one)")
    }
    return nil
  }

  static func check(userID: String) -> Violation? {
    guard userIDLength.contains(userID.unicodeScalars.count), isPrintable(userID) else {
      return Violation(
        field: "user_id", found: quoted(userID), expected: "1 to \(userIDLength.upperBound) characters without control characters")
    }
    return nil
  }

  static func check(itemCount count: Int) -> Violation? {
    guard itemCount.contains(count) else {
      return Violation(
        field: "item_ids", found: count == 0 ? "an empty list" : "a list of \(count)", expected: "1 to \(itemCount.upperBound) items")
    }
    return nil
  }

  /// - Returns: one violation for each item that is wrong, in the order of the items.
  static func check(itemIDs: [String]) -> [Violation] {
    itemIDs.indices.compactMap { index in
      let item = itemIDs[index]
      guard itemIDLength.contains(item.unicodeScalars.count), isPrintable(item) else {
        return Violation(
          field: "item_ids[\(index)]", found: quoted(item),
          expected: "1 to \(itemIDLength.upperBound) characters without control characters")
      }
      return nil
    }
  }

  static func check(totalAmount amount: Double) -> Violation? {
    guard totalAmount.contains(amount) else {
      return Violation(
        field: "total_amount", found: amount.isFinite ? "\(amount)" : "a number too large to be held",
        expected: "a number from 0 to \(Int(totalAmount.upperBound))")
    }
    return nil
  }

  private static func isPrintable(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
  }

  /// The text in quotes, cut short where it is long: an error need not repeat a megabyte.
  private static func quoted(_ text: String) -> String {
    let scalars = text.unicodeScalars
    return scalars.count <= 60 ? "'\(text)'" : "'\(text.beginning(60))…' (\(scalars.count) characters)"
  }

  private static let idCharacters: Set<UInt8> = Set(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:".utf8)
}
