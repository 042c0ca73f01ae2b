/// The token of `Authorization: Bearer TOKEN` (RFC 6750).
enum BearerToken {
  /// - Parameter header: the value of `Authorization`.
  /// - Returns: `nil` where there is none, or one of another scheme.
  static func text(in header: String?) -> String? {
    guard let parts = header?.split(separator: " "), parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
    return String(parts[1])
  }
}
