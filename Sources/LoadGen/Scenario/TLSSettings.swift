import Foundation
import NIOCore
import NIOSSL
import Shared

/// What is trusted of an https target, and what is shown to it.
package struct TLSSettings: Sendable, Hashable {
  /// A file, with the setting that named it.
  struct File: Sendable, Hashable {
    var path: String
    /// As an error begins with it: `--cacert`.
    var origin: String
  }

  /// Whether the target must prove who it is; otherwise whoever answers is taken for it.
  package var verifies = true
  /// What the target's certificate must be signed by; `nil`: an authority that the system trusts.
  var authorities: File?
  /// What is shown to a target that asks for it.
  var certificate: File?
  /// The key of `certificate`, which may lie in the same file.
  var key: File?

  init() {}

  /// - Throws: `ConfigurationError` for settings that do not fit together. The files are read by `context()`.
  init(_ settings: SettingLayers) throws(ConfigurationError) {
    func file(_ setting: Setting) throws(ConfigurationError) -> File? {
      try settings.value(setting) { text in
        guard !text.isEmpty else { throw UnitError(expected: "a file", found: text, remedy: "name one, as in \(setting.rawValue).pem") }
        return File(path: text, origin: settings.origin(setting))
      }
    }
    verifies = try !settings.isOn(.insecure)
    authorities = try file(.cacert)
    certificate = try file(.cert)
    key = try file(.key) ?? certificate
    if !verifies, let authorities {
      throw ConfigurationError("\(settings.origin(.insecure)) and \(authorities.origin) contradict one another: give one of them")
    }
    if certificate == nil, let key {
      throw ConfigurationError("\(key.origin): '\(key.path)' needs its certificate: give --cert FILE, too")
    }
  }

  /// Reads the files. What is made of them serves all connections of a run.
  /// - Throws: `ConfigurationError` that names the setting and the file, and shows nothing of a key.
  func context() throws(ConfigurationError) -> NIOSSLContext {
    var configuration = Self.plain
    if !verifies { configuration.certificateVerification = .none }
    if let authorities { configuration.trustRoots = .certificates(try authorities.certificates()) }
    if let certificate, let key {
      configuration.certificateChain = try certificate.certificates().map { .certificate($0) }
      configuration.privateKey = .privateKey(try key.privateKey())
    }
    do {
      return try NIOSSLContext(configuration: configuration)
    } catch {
      if let certificate, let key {
        throw ConfigurationError(
          "\(key.origin): '\(key.path)' is not the key of the certificate in '\(certificate.path)': give the one that it was made for")
      }
      throw ConfigurationError("this system has no certificates that it trusts: give --cacert FILE, or -k to accept any certificate")
    }
  }

  /// TLS 1.2 and 1.3, HTTP/1.1, and the system's trust.
  private static var plain: TLSConfiguration {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    configuration.applicationProtocols = ["http/1.1"]
    // How long a target may take to say goodbye; only single exchanges wait for it.
    configuration.shutdownTimeout = .seconds(1)
    return configuration
  }
}

extension TLSSettings.File {
  fileprivate func certificates() throws(ConfigurationError) -> [NIOSSLCertificate] {
    let found = try? NIOSSLCertificate.fromPEMBytes(try bytes())
    guard let found, !found.isEmpty else {
      // Why it cannot be read is said by reading it.
      _ = try bytes()
      throw ConfigurationError(
        "\(origin): '\(path)' holds no certificate: give one in PEM, which begins with '-----BEGIN CERTIFICATE-----'")
    }
    return found
  }

  fileprivate func privateKey() throws(ConfigurationError) -> NIOSSLPrivateKey {
    let bytes = try bytes()
    if let key = try? NIOSSLPrivateKey(bytes: bytes, format: .pem) { return key }
    guard bytes.firstRange(of: Array("ENCRYPTED".utf8)) == nil else {
      throw ConfigurationError(
        "\(origin): '\(path)' is locked by a passphrase, which nobody could type: unlock it by 'openssl pkey -in LOCKED -out KEY'")
    }
    guard origin.hasSuffix("key") || origin.hasSuffix("KEY") else {
      throw ConfigurationError("\(origin): '\(path)' does not hold the certificate's private key, too: give --key FILE")
    }
    throw ConfigurationError("\(origin): '\(path)' holds no private key: give one in PEM, which begins with '-----BEGIN PRIVATE KEY-----'")
  }

  /// Of a file in PEM, in bytes: a system's whole list of authorities has some hundred thousand.
  private static let largest = 16 << 20

  private func bytes() throws(ConfigurationError) -> [UInt8] {
    do throws(InputFile.Fault) {
      return Array(ByteOrderMark.dropped(from: try InputFile.read(path, most: Self.largest)))
    } catch {
      throw ConfigurationError("\(origin): '\(path)' \(error): name a file in PEM that this program can read")
    }
  }
}
