package import Shared

extension TLSSettings {
  /// - Returns: `nil` where the URL is one of http.
  /// - Throws: `ConfigurationError`, as `context()`.
  package func client(of url: TargetURL) throws(ConfigurationError) -> TLSClient? {
    url.isEncrypted ? TLSClient(context: try context(), host: url.name) : nil
  }
}
