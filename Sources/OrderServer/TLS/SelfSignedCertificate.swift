import Crypto
import Foundation
import NIOSSL
import Shared
import SwiftASN1
import X509

/// A certificate that vouches for itself, made at the start of the program.
struct SelfSignedCertificate {
  let identity: TLSIdentity
  /// SHA-256 of the certificate, as browsers and openssl write it: `9F:86:…`.
  let fingerprint: String

  /// In seconds. Clients' clocks may be behind.
  private static let leeway: TimeInterval = 3_600
  private static let lifetime: TimeInterval = 365 * 24 * 3_600

  /// Makes a P-256 key, and a certificate for `localhost`, its addresses and the host, valid for a year.
  /// - Throws: where a certificate cannot name the host.
  init(host: String, now: Date) throws {
    let key = P256.Signing.PrivateKey()
    let name = try DistinguishedName { CommonName("order-server (self-signed)") }
    let certificate = try Certificate(
      version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: Certificate.PublicKey(key.publicKey),
      notValidBefore: now.addingTimeInterval(-Self.leeway), notValidAfter: now.addingTimeInterval(Self.lifetime), issuer: name,
      subject: name, signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try Certificate.Extensions {
        Critical(BasicConstraints.notCertificateAuthority)
        Critical(KeyUsage(digitalSignature: true))
        try ExtendedKeyUsage([.serverAuth])
        SubjectAlternativeNames(Self.names(host))
      },
      issuerPrivateKey: Certificate.PrivateKey(key))
    let bytes = try certificate.serializeAsPEM().derBytes
    identity = TLSIdentity(
      chain: [try NIOSSLCertificate(bytes: bytes, format: .der)],
      key: try NIOSSLPrivateKey(bytes: Array(key.pemRepresentation.utf8), format: .pem))
    fingerprint = SHA256.hash(data: bytes).map { String(format: "%02X", $0) }.joined(separator: ":")
  }

  private static func names(_ host: String) -> [GeneralName] {
    var texts = ["localhost", "127.0.0.1", "::1"]
    if !texts.contains(host) { texts.append(host) }
    return texts.map { text in
      AddressText.bytes(text).map { .ipAddress(ASN1OctetString(contentBytes: $0[...])) } ?? .dnsName(text)
    }
  }
}
