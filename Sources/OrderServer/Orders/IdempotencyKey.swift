/// What a client sends with a request that creates an order, so that it can repeat the request without ordering twice.
struct IdempotencyKey: Sendable, Hashable {
  /// Whose key it is: the same text from two callers makes two keys. Empty where callers have no accounts.
  var owner: String
  var text: String
  /// SHA-256 of the request's body. It differs where the key is used again for something else.
  var fingerprint: [UInt8]
}

extension IdempotencyKey {
  static let header = "Idempotency-Key"
  /// In bytes.
  static let length = 1...255
  /// The key as a regular expression of JSON Schema, apart from its length: printable ASCII. HTTP strips the spaces around a header's
  /// value, so a key neither begins nor ends with one.
  static let pattern = "^[!-~]([ -~]*[!-~])?$"

  /// - Returns: `nil` where the text can be a key.
  static func check(_ text: String) -> Violation? {
    guard length.contains(text.utf8.count), text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
      return Violation(
        field: header, found: "\(text.utf8.count) bytes",
        expected: "\(length.lowerBound) to \(length.upperBound) printable ASCII characters")
    }
    return nil
  }
}
