import Foundation

/// Where the orders go: `http://host:port/base/path`, or the same with `https`.
struct TargetURL: Sendable, Hashable, CustomStringConvertible {
  /// Whether the connections are encrypted: `https`.
  let isEncrypted: Bool
  let host: String
  let port: Int
  /// Comes before every path of the dialect; empty, or beginning with a slash and not ending with one.
  let basePath: String

  /// Reads a URL, or `host:port`, which is one of http.
  /// - Throws: `ConfigurationError`.
  init(text: String) throws(ConfigurationError) {
    func refuse(_ remedy: String) -> ConfigurationError { ConfigurationError("'\(text)' is not a target: \(remedy)") }
    let whole = text.contains("://") ? text : "http://\(text)"
    guard let parts = URLComponents(string: whole), let scheme = parts.scheme?.lowercased(), let host = parts.host, !host.isEmpty
    else { throw refuse("write a URL, as in http://127.0.0.1:8000") }
    guard scheme == "http" || scheme == "https" else { throw refuse("the scheme '\(scheme)' is neither http nor https") }
    guard parts.user == nil, parts.password == nil else {
      throw refuse("credentials do not belong into a URL, where everybody sees them")
    }
    guard parts.query == nil, parts.fragment == nil else { throw refuse("it has a query; give scheme, host, port and path only") }
    let port = parts.port ?? Self.usualPort(isEncrypted: scheme == "https")
    guard (1...65_535).contains(port) else { throw refuse("the port \(port) is none: it lies from 1 to 65535") }
    let path = parts.percentEncodedPath
    guard path.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else { throw refuse("its path has characters that must be escaped") }
    isEncrypted = scheme == "https"
    self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    self.port = port
    basePath = path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  private init(isEncrypted: Bool, host: String, port: Int, basePath: String) {
    self.isEncrypted = isEncrypted
    self.host = host
    self.port = port
    self.basePath = basePath
  }

  /// A path below this one, which begins with a slash.
  func appending(_ path: String) -> TargetURL {
    TargetURL(isEncrypted: isEncrypted, host: host, port: port, basePath: basePath + path)
  }

  private static func usualPort(isEncrypted: Bool) -> Int { isEncrypted ? 443 : 80 }

  /// As it stands in the `Host` header.
  var authority: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port == Self.usualPort(isEncrypted: isEncrypted) ? name : "\(name):\(port)"
  }

  var description: String { "\(isEncrypted ? "https" : "http")://\(host.contains(":") ? "[\(host)]" : host):\(port)\(basePath)" }
}
