/// What access tokens are signed with.
enum TokenSecret {
  /// In bytes: as long as the hash that is made with it.
  static let shortest = 32

  /// Where it is taken from.
  enum Source: Sendable {
    /// The text of the environment variable.
    case given(Secret)
    /// The whole file, without the line breaks at its end.
    case file(String)
    /// Made at the first start, and kept beside the store as `orders.db.secret`; with the memory store, made at each start.
    case besideStore
  }

  /// - Parameter warn: told in one line where others may read the file.
  /// - Throws: `ConfigurationError`, which says what is wrong with the secret and never what it is.
  static func load(from source: Source, store: StoreLocation, warn: (String) -> Void) throws -> Secret {
    switch source {
    case .given(let secret):
      return try checked(secret, in: "ORDER_SERVER_TOKEN_SECRET")
    case .file(let path):
      return try read(ProtectedFile(path: path), warn: warn)
    case .besideStore:
      guard case .sqlite(let location) = store else { return .random() }
      let file = ProtectedFile(path: location.path + ".secret")
      try file.make { Secret.random().text + "\n" }
      return try read(file, warn: warn)
    }
  }

  private static func read(_ file: ProtectedFile, warn: (String) -> Void) throws -> Secret {
    var bytes = try file.read(warn: warn)[...]
    while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { bytes.removeLast() }
    return try checked(Secret(bytes), in: "the token secret in '\(file.path)'")
  }

  private static func checked(_ secret: Secret, in origin: String) throws -> Secret {
    guard secret.bytes.count >= shortest else {
      throw ConfigurationError(
        description: "\(origin) is too short: it has \(secret.bytes.count) bytes and needs at least \(shortest), "
          + "as from: head -c 32 /dev/urandom | base64")
    }
    return secret
  }
}
