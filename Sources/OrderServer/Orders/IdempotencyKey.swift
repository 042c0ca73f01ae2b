/// What a client gives a request, so that it can send it again without ordering twice.
struct IdempotencyKey: Sendable, Hashable {
  /// Whose key it is: the same text means nothing to two callers. Empty where callers have no accounts.
  var owner: String
  var text: String
  /// Alike for two requests that ask for the same.
  var fingerprint: [UInt8]
}

extension IdempotencyKey {
  static let header = "Idempotency-Key"
  static let length = 1...255
  /// Printable ASCII. Spaces at its ends are none of a header's value, so it neither begins nor ends with one.
  static let pattern = "^[!-~]([ -~]*[!-~])?$"

  static func check(_ text: String) -> Violation? {
    guard length.contains(text.utf8.count), text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
      return Violation(
        field: header, found: "\(text.utf8.count) bytes",
        expected: "\(length.lowerBound) to \(length.upperBound) printable ASCII characters")
    }
    return nil
  }
}
