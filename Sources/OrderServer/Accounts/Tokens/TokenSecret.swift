import Shared

/// What access tokens are signed with.
enum TokenSecret {
  /// In bytes: the length of the hash that tokens are signed with, as RFC 7518 demands (section 3.2).
  static let shortest = 32

  /// Where it is taken from.
  enum Source: Sendable {
    /// The text of the environment variable `ORDER_SERVER_TOKEN_SECRET`, read in the same way as the file.
    case given(Secret)
    /// The whole file, without a byte order mark at its beginning and the line ends at its end.
    case file(String)
    /// Made at the first start, and kept beside the store as `orders.db.secret`; with the memory store, made at each start.
    /// Servers on one database must all be given the same secret: there is no place beside it.
    case besideStore
  }

  /// - Parameters:
  ///   - place: where a secret that is made here is kept.
  ///   - warn: told in one line where others may read the file.
  /// - Throws: `ConfigurationError`, which says what is wrong with the secret and never what it is.
  static func load(from source: Source, place: SecretPlace, warn: (String) -> Void) throws -> Secret {
    switch source {
    case .given(let secret):
      return try checked(Secret(secret.bytes.withoutLineEnds), in: "ORDER_SERVER_TOKEN_SECRET")
    case .file(let path):
      return try read(ProtectedFile(path: path), warn: warn)
    case .besideStore:
      guard case .beside(let path) = place else {
        if place == .memory { return .random() }
        throw ConfigurationError(
          "this profile signs tokens, and every server on one database must sign with the same secret: "
            + "give --token-secret-file FILE, or ORDER_SERVER_TOKEN_SECRET, as from: head -c 32 /dev/urandom | base64")
      }
      let file = ProtectedFile(path: path + ".secret", isOwn: true)
      try file.make { Secret.random().text + "\n" }
      return try read(file, warn: warn)
    }
  }

  private static func read(_ file: ProtectedFile, warn: (String) -> Void) throws -> Secret {
    try checked(Secret(file.read(warn: warn).withoutLineEnds), in: "the token secret in '\(file.path)'")
  }

  private static func checked(_ secret: Secret, in origin: String) throws -> Secret {
    guard secret.bytes.count >= shortest else {
      throw ConfigurationError(
        "\(origin) is too short: it has \(secret.bytes.count) bytes and needs at least \(shortest), "
          + "as from: head -c 32 /dev/urandom | base64")
    }
    return secret
  }
}
