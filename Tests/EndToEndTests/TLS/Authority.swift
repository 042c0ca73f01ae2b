import Crypto
import Foundation
import SwiftASN1
import X509

/// Makes the certificates of a test, in files of its folder.
struct Authority {
  /// A certificate and its key, in PEM.
  struct Pair {
    var certificate: String
    var key: String
  }

  private let folder: URL
  private let key = P256.Signing.PrivateKey()
  private let name: DistinguishedName
  /// Its own certificate, in PEM.
  let file: String

  init(_ called: String = "The test's authority", in folder: URL) throws {
    self.folder = folder
    name = try DistinguishedName { CommonName(called) }
    file = folder.appendingPathComponent("\(called).pem").path
    let certificate = try Self.certificate(
      of: name, key: key.publicKey, by: name, key, days: -1...1,
      Certificate.Extensions {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
        Critical(KeyUsage(keyCertSign: true))
      })
    try certificate.serializeAsPEM().pemString.write(toFile: file, atomically: true, encoding: .utf8)
  }

  /// - Parameters:
  ///   - days: when it is valid, counted from now.
  ///   - isSelfSigned: whether it vouches for itself, instead of the authority.
  func issue(
    _ called: String, for names: [GeneralName] = [.dnsName("localhost"), .localAddress], days: ClosedRange<Int> = -1...1,
    isSelfSigned: Bool = false
  ) throws -> Pair {
    let own = P256.Signing.PrivateKey()
    let subject = try DistinguishedName { CommonName(called) }
    let certificate = try Self.certificate(
      of: subject, key: own.publicKey, by: isSelfSigned ? subject : name, isSelfSigned ? own : key, days: days,
      Certificate.Extensions { SubjectAlternativeNames(names) })
    let pair = Pair(
      certificate: folder.appendingPathComponent("\(called).pem").path, key: folder.appendingPathComponent("\(called).key").path)
    try certificate.serializeAsPEM().pemString.write(toFile: pair.certificate, atomically: true, encoding: .utf8)
    try own.pemRepresentation.write(toFile: pair.key, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: pair.key)
    return pair
  }

  private static func certificate(
    of subject: DistinguishedName, key: P256.Signing.PublicKey, by issuer: DistinguishedName, _ issuerKey: P256.Signing.PrivateKey,
    days: ClosedRange<Int>, _ extensions: Certificate.Extensions
  ) throws -> Certificate {
    func day(_ number: Int) -> Date { Date().addingTimeInterval(Double(number) * 86_400) }
    return try Certificate(
      version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: Certificate.PublicKey(key),
      notValidBefore: day(days.lowerBound), notValidAfter: day(days.upperBound), issuer: issuer, subject: subject,
      signatureAlgorithm: .ecdsaWithSHA256, extensions: extensions, issuerPrivateKey: Certificate.PrivateKey(issuerKey))
  }
}

extension GeneralName {
  /// 127.0.0.1.
  static let localAddress = GeneralName.ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1]))
}
