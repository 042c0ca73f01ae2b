import Crypto

/// A refresh token as it is stored: never the token itself, so that who reads the file can refresh nothing.
struct RefreshToken: Sendable, Equatable {
  /// SHA-256 of the token's text. The token is random enough for a fast hash.
  let hash: [UInt8]
  let expiresAt: Timestamp

  /// - Parameter text: what the client holds.
  init(text: String, expiresAt: Timestamp) {
    hash = Self.hash(of: text)
    self.expiresAt = expiresAt
  }

  static func hash(of text: String) -> [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}

/// What became of a refresh token that a client showed.
enum Rotation: Sendable, Equatable {
  /// It was good, is used up, and the new one stands in its place.
  case rotated(Account)
  /// It had been used before: one of two who hold it has stolen it, so the whole line of tokens from that login is no longer good.
  case replayed
  /// There is none, or it has expired.
  case unknown
}
