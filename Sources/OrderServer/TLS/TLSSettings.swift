/// Whether connections are encrypted, and how the server and its clients prove who they are.
struct TLSSettings: Sendable {
  /// What the server shows of itself.
  enum Identity: Sendable {
    /// A certificate, with those that lead from it to a known authority after it, and its key.
    case files(certificate: NamedFile, key: NamedFile)
    /// A certificate that is made at the start, and kept in memory alone.
    case selfSigned
  }

  var identity: Identity
  /// Clients must show a certificate that one of this file's has signed; `nil`: they need none.
  var clientAuthority: NamedFile?
}

/// A file, with the flag or the variable that named it.
struct NamedFile: Sendable {
  var path: String
  /// As an error begins with it: `--tls-key`.
  var origin: String

  /// - Parameter warn: told in one line where others may read the file, which matters where it is a secret.
  /// - Throws: `ConfigurationError`, which names flag and file.
  func read(warn: (String) -> Void = { _ in }) throws -> [UInt8] {
    do {
      return try ProtectedFile(path: path).read { warn("\(origin): \($0)") }
    } catch let error as ConfigurationError {
      throw ConfigurationError(description: "\(origin): \(error)")
    }
  }

  /// What is wrong with the file, and what would be right.
  func refused(_ reason: String) -> ConfigurationError { ConfigurationError(description: "\(origin): '\(path)' \(reason)") }
}
