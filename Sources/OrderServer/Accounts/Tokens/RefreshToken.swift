import Crypto

/// A refresh token as it is stored: never the token itself, so that whoever reads the file cannot use it.
struct RefreshToken: Sendable, Equatable {
  /// SHA-256 of the token's text. The token is random enough for a fast hash.
  let hash: [UInt8]
  let expiresAt: Timestamp

  /// - Parameter text: what the client holds.
  init(text: String, expiresAt: Timestamp) {
    hash = Self.hash(of: text)
    self.expiresAt = expiresAt
  }

  /// SHA-256, 32 bytes.
  static func hash(of text: String) -> [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}

/// What became of a refresh token that a client showed.
enum Rotation: Sendable, Equatable {
  /// It was valid and is used up now; the new one has taken its place.
  case rotated(Account)
  /// It had been used before, so one of two who hold it has stolen it: all tokens from that login are no longer valid.
  case replayed
  /// There is no such token, or it has expired.
  case unknown
}
