import Foundation
import NIOSSL
import Shared

/// Whether connections are encrypted, and how the server and its clients prove who they are.
struct TLSSettings: Sendable {
  /// How the server proves who it is.
  enum Identity: Sendable {
    /// A certificate, followed in its file by those that lead from it to a known authority, and its key.
    case files(certificate: NamedFile, key: NamedFile)
    /// A certificate that is made at the start and kept only in memory.
    case selfSigned
  }

  var identity: Identity
  /// Clients must show a certificate that one of those in this file has signed; `nil`: they need none.
  var clientAuthority: NamedFile?
}

extension TLSSettings {
  /// Makes or reads all that the server needs to encrypt its connections.
  /// - Parameters:
  ///   - host: the address that the server listens on.
  ///   - notify: told in one line the fingerprint of a certificate that was made.
  ///   - warn: told in one line where others may read the key.
  /// - Throws: `ConfigurationError` where a file is not as it should be.
  func configuration(host: String, notify: (String) -> Void, warn: (String) -> Void) throws -> TLSConfiguration {
    var configuration: TLSConfiguration
    switch identity {
    case .files(let certificate, let key):
      configuration = try TLSIdentity.read(certificate: certificate, key: key, warn: warn).configuration
    case .selfSigned:
      let made: SelfSignedCertificate
      do {
        made = try SelfSignedCertificate(host: host, now: Date())
      } catch {
        throw ConfigurationError(
          "no certificate can be made for the host '\(host)': give --tls-certificate and --tls-key, or another --host")
      }
      notify("a self-signed certificate was made for this start, with the SHA-256 fingerprint \(made.fingerprint)")
      configuration = made.identity.configuration
    }
    if let clientAuthority {
      configuration.trustRoots = .certificates(try TLSIdentity.certificates(in: clientAuthority))
      configuration.certificateVerification = .noHostnameVerification
      // So that a client with several certificates knows which one is asked for.
      configuration.sendCANameList = true
    }
    return configuration
  }
}
