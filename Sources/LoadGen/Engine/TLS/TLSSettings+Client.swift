package import Shared

extension TLSSettings {
  /// - Returns: `nil` if the URL is not one of https.
  /// - Throws: `ConfigurationError`, as `context()`.
  package func client(of url: TargetURL) throws(ConfigurationError) -> TLSClient? {
    url.isEncrypted ? TLSClient(context: try context(), host: url.name) : nil
  }
}
