import Shared

/// The token of `Authorization: Bearer TOKEN` (RFC 6750).
enum BearerToken {
  /// - Parameter header: the value of `Authorization`.
  /// - Returns: `nil` where there is none, or one of another scheme.
  static func text(in header: String?) -> String? {
    guard let parts = header?.parts(between: " "), parts.count == 2, parts[0].isSameWord(as: "bearer") else { return nil }
    return String(parts[1])
  }
}
