import NIOSSL
import Shared

/// A certificate, the ones that lead from it to a known authority, and its private key.
struct TLSIdentity {
  var chain: [NIOSSLCertificate]
  var key: NIOSSLPrivateKey

  /// - Parameter warn: told in one line where others may read the key.
  /// - Throws: `ConfigurationError`, which names flag and file and shows nothing of the key.
  static func read(certificate: NamedFile, key: NamedFile, warn: (String) -> Void) throws -> TLSIdentity {
    let identity = TLSIdentity(chain: try certificates(in: certificate), key: try privateKey(in: key, warn: warn))
    do {
      _ = try NIOSSLContext(configuration: identity.configuration)
    } catch {
      throw key.refused("is not the key of the certificate in '\(certificate.path)': give the key that the certificate was made for")
    }
    return identity
  }

  /// The certificates of a file in PEM, in its order; at least one.
  /// - Throws: `ConfigurationError`.
  static func certificates(in file: NamedFile) throws -> [NIOSSLCertificate] {
    let certificates = try? NIOSSLCertificate.fromPEMBytes(Array(ByteOrderMark.dropped(from: try file.read())))
    guard let certificates, !certificates.isEmpty else {
      // Where the file cannot be read at all, reading it again throws the reason.
      _ = try file.read()
      throw file.refused("holds no certificate: give one in PEM, which begins with '-----BEGIN CERTIFICATE-----'")
    }
    return certificates
  }

  private static func privateKey(in file: NamedFile, warn: (String) -> Void) throws -> NIOSSLPrivateKey {
    let bytes = Array(ByteOrderMark.dropped(from: try file.read(warn: warn)))
    do {
      return try NIOSSLPrivateKey(bytes: bytes, format: .pem)
    } catch {
      guard !bytes.contains("ENCRYPTED".utf8) else {
        throw file.refused("is locked by a passphrase, which nobody could type: unlock it by 'openssl pkey -in LOCKED -out KEY'")
      }
      throw file.refused("holds no private key: give one in PEM, which begins with '-----BEGIN PRIVATE KEY-----'")
    }
  }

  /// The settings of a server that shows this certificate: TLS 1.2 or newer, and HTTP/1.1 by ALPN.
  var configuration: TLSConfiguration {
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
    configuration.minimumTLSVersion = .tlsv12
    configuration.applicationProtocols = ["http/1.1"]
    return configuration
  }
}

extension [UInt8] {
  fileprivate func contains(_ text: String.UTF8View) -> Bool { firstRange(of: Array(text)) != nil }
}
