import Shared

/// A file, with the flag or the variable that named it.
struct NamedFile: Sendable {
  var path: String
  /// The flag or variable, as errors begin with it: `--tls-key`.
  var origin: String

  /// Reads the whole file, which may have at most `ProtectedFile.largest` bytes.
  /// - Parameter warn: told in one line where others may read the file, which matters where it is a secret.
  /// - Throws: `ConfigurationError`, which names flag and file.
  func read(warn: (String) -> Void = { _ in }) throws -> [UInt8] {
    do {
      return try ProtectedFile(path: path).read { warn("\(origin): \($0)") }
    } catch let error as ConfigurationError {
      throw ConfigurationError("\(origin): \(error)")
    }
  }

  /// The error for a file that cannot be used.
  /// - Parameter reason: what is wrong with it, and what would be right.
  func refused(_ reason: String) -> ConfigurationError { ConfigurationError("\(origin): '\(path)' \(reason)") }
}
