import Foundation
package import Shared

/// Where orders are sent: `http://host:port/base/path`, the same with `https`, or a Unix domain socket of this machine,
/// `unix:/path/to.sock`.
package struct TargetURL: Sendable, Hashable, CustomStringConvertible {
  /// Whether the connections are encrypted: `https`.
  package let isEncrypted: Bool
  /// A name or an address; an IPv6 address without brackets, but with its zone, as in `fe80::1%eth0`. `localhost` for a socket, as in other
  /// clients.
  package let host: String
  /// From 1 to 65535; for a socket it means nothing but may appear in the `Host` header.
  package let port: Int
  /// The file of a Unix domain socket; `nil` where the target is reached over the network.
  package let socketPath: String?
  /// Precedes every path of the dialect; empty, or begins with a slash and does not end with one.
  package let basePath: String

  /// Reads a URL; `host:port`, which means http; or `unix:PATH`.
  /// - Throws: `ConfigurationError`.
  package init(text: String) throws(ConfigurationError) {
    if let path = try Self.socket(text) {
      self.init(isEncrypted: false, host: "localhost", port: Self.usualPort(isEncrypted: false), socketPath: path, basePath: "")
      return
    }
    let (whole, zone) = try Self.withoutZone(text.contains("://") ? text : "http://\(text)", of: text)
    guard let parts = URLComponents(string: whole), let scheme = parts.scheme?.lowercased(), let host = parts.host, !host.isEmpty
    else { throw Self.refusal(text, "write a URL, as in http://127.0.0.1:8000") }
    guard ["http", "https", Self.socketScheme].contains(scheme) else {
      throw Self.refusal(text, "the scheme '\(scheme)' is neither http nor https nor unix")
    }
    guard parts.user == nil, parts.password == nil else {
      throw Self.refusal(text, "credentials do not belong into a URL, where everybody sees them")
    }
    guard parts.query == nil, parts.fragment == nil else {
      throw Self.refusal(text, "it has a query; give scheme, host, port and path only")
    }
    let port = parts.port ?? Self.usualPort(isEncrypted: scheme == "https")
    guard (1...65_535).contains(port) else { throw Self.refusal(text, "the port \(port) is none: it lies from 1 to 65535") }
    let path = parts.percentEncodedPath
    guard path.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else {
      throw Self.refusal(text, "its path has characters that must be escaped")
    }
    let basePath = path.hasSuffix("/") ? String(path.dropLast()) : path
    if scheme == Self.socketScheme {
      let socket = try Self.checked(host.removingPercentEncoding ?? host, of: text)
      self.init(isEncrypted: false, host: "localhost", port: port, socketPath: socket, basePath: basePath)
    } else {
      let name = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
      self.init(
        isEncrypted: scheme == "https", host: name + (zone.map { "%\($0)" } ?? ""), port: port, socketPath: nil, basePath: basePath)
    }
  }

  private init(isEncrypted: Bool, host: String, port: Int, socketPath: String?, basePath: String) {
    self.isEncrypted = isEncrypted
    self.host = host
    self.port = port
    self.socketPath = socketPath
    self.basePath = basePath
  }

  /// The target with a path appended, which must begin with a slash.
  package func appending(_ path: String) -> TargetURL {
    TargetURL(isEncrypted: isEncrypted, host: host, port: port, socketPath: socketPath, basePath: basePath + path)
  }

  private static func usualPort(isEncrypted: Bool) -> Int { isEncrypted ? 443 : 80 }

  private static func refusal(_ text: String, _ remedy: String) -> ConfigurationError {
    ConfigurationError("'\(withoutSecrets(text))' is not a target: \(remedy)")
  }

  /// What stands before an @ and behind a ? may be secret.
  private static func withoutSecrets(_ text: String) -> String {
    var shown = text.cut(at: "?").map { "\($0.before)?***" } ?? text
    if let at = shown.lastIndex(of: "@") {
      let scheme = shown.range(of: "://").map { shown[..<$0.upperBound] } ?? ""
      shown = "\(scheme)***\(shown[at...])"
    }
    return shown
  }

  /// The host without its zone, which means something to this machine only: the name that a certificate is verified for, and that a `Host`
  /// header has.
  package var name: String { host.contains(":") ? String(host.prefix { $0 != "%" }) : host }

  /// The value of the `Host` header.
  package var authority: String {
    let name = name.contains(":") ? "[\(name)]" : name
    return port == Self.usualPort(isEncrypted: isEncrypted) ? name : "\(name):\(port)"
  }

  package var description: String {
    if let socketPath { return basePath.isEmpty ? "unix:\(socketPath)" : "\(Self.socketScheme)://\(Self.escaped(socketPath))\(basePath)" }
    let shown = host.contains(":") ? "[\(host.replacing("%", with: "%25"))]" : host
    return "\(isEncrypted ? "https" : "http")://\(shown):\(port)\(basePath)"
  }
}

/// Unix domain sockets of this machine.
extension TargetURL {
  /// The scheme that other clients use as well: the host is the socket's path, percent-encoded.
  private static let socketScheme = "http+unix"

  /// In bytes. On macOS `sockaddr_un` holds no more, besides the NUL at the end; on Linux it holds four more.
  private static let longestSocketPath = 103

  /// - Returns: the path in `unix:PATH` or `unix:///PATH`; `nil` where the text is something else.
  private static func socket(_ text: String) throws(ConfigurationError) -> String? {
    guard text.lowercased().hasPrefix("unix:") else { return nil }
    let path = text.dropFirst("unix:".count)
    return try checked(String(path.hasPrefix("//") ? path.dropFirst(2) : path), of: text)
  }

  private static func checked(_ path: String, of text: String) throws(ConfigurationError) -> String {
    guard !path.isEmpty, path != "/" else { throw refusal(text, "write the socket's path, as in unix:/run/orders.sock") }
    guard path.utf8.count <= longestSocketPath, !path.utf8.contains(0) else {
      throw refusal(text, "a socket's path has at most \(longestSocketPath) bytes, and none of them is 0")
    }
    return path
  }

  private static func escaped(_ path: String) -> String {
    path.addingPercentEncoding(withAllowedCharacters: .alphanumerics.intersection(.init(charactersIn: "\0"..."\u{7F}"))) ?? path
  }
}

/// Zones of IPv6 addresses (RFC 6874): `http://[fe80::1%25eth0]:8000`.
extension TargetURL {
  /// - Returns: the URL without the zone, and the zone.
  private static func withoutZone(_ url: String, of text: String) throws(ConfigurationError) -> (url: String, zone: String?) {
    guard let bracket = url.firstRange(of: "://["), let end = url[bracket.upperBound...].firstIndex(of: "]"),
      let percent = url[bracket.upperBound..<end].firstIndex(of: "%")
    else { return (url, nil) }
    let written = url[url.index(after: percent)..<end]
    // In a URL its percent sign is escaped; in an address copied from elsewhere it is not.
    let zone = (written.hasPrefix("25") ? written.dropFirst(2) : written).removingPercentEncoding ?? ""
    guard !zone.isEmpty, zone.utf8.allSatisfy({ $0 > 32 && $0 < 127 && !"%[]/".utf8.contains($0) }) else {
      throw refusal(text, "the zone of its address is no interface: write it as in http://[fe80::1%25eth0]:8000")
    }
    return (String(url[..<percent]) + url[end...], zone)
  }
}
