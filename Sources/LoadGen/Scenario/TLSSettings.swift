import Foundation
import NIOCore
import NIOSSL
import Shared

/// How an https target is verified, and which certificate is shown to it.
package struct TLSSettings: Sendable, Hashable {
  /// A file, and the setting that named it.
  struct File: Sendable, Hashable {
    var path: String
    /// What an error about it begins with: `--cacert`.
    var origin: String
  }

  /// Whether the target's certificate is verified; otherwise whoever answers is taken for the target.
  package var verifies = true
  /// The authorities, one of which must have signed the target's certificate; `nil`: those that the system trusts.
  var authorities: File?
  /// The certificate shown to a target that asks for one.
  var certificate: File?
  /// The private key of `certificate`, which may be in the same file.
  var key: File?

  init() {}

  /// - Throws: `ConfigurationError` for settings that do not fit together. The files are read only by `context()`.
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

  /// Reads the files. The context serves all connections of a run.
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

  /// TLS 1.2 and 1.3, HTTP/1.1, and the authorities that the system trusts.
  private static var plain: TLSConfiguration {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    configuration.applicationProtocols = ["http/1.1"]
    // How long to wait for the target's `close_notify`; only single exchanges wait for it at all.
    configuration.shutdownTimeout = .seconds(1)
    return configuration
  }
}

extension TLSSettings.File {
  fileprivate func certificates() throws(ConfigurationError) -> [NIOSSLCertificate] {
    let found = try? NIOSSLCertificate.fromPEMBytes(try bytes())
    guard let found, !found.isEmpty else {
      // If the file cannot be read at all, this throws the reason.
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

  /// The longest PEM file that is read, in bytes: a system's complete list of authorities takes some hundred thousand.
  private static let largest = 16 << 20

  private func bytes() throws(ConfigurationError) -> [UInt8] {
    do throws(InputFile.Fault) {
      return Array(ByteOrderMark.dropped(from: try InputFile.read(path, most: Self.largest)))
    } catch {
      throw ConfigurationError("\(origin): '\(path)' \(error): name a file in PEM that this program can read")
    }
  }
}
