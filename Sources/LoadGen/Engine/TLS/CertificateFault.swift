import Foundation
import NIOSSL
import SwiftASN1
import X509

/// Says what is wrong with a certificate that was not accepted, because the library that refuses it does not.
enum CertificateFault {
  /// - Parameter certificate: the target's own; `nil` if unknown.
  static func untrusted(_ certificate: NIOSSLCertificate?, now: Date) -> String {
    guard let certificate = parsed(certificate) else { return "the certificate is not trusted: \(remedy)" }
    if certificate.notValidAfter < now {
      return "the certificate expired on \(day(certificate.notValidAfter)): have it renewed, or give -k to accept any"
    }
    if certificate.notValidBefore > now {
      return "the certificate is not valid before \(day(certificate.notValidBefore)): is a clock wrong? -k accepts any"
    }
    let issuer = certificate.issuer == certificate.subject ? "self-signed certificate" : "issued by \(short("\(certificate.issuer)"))"
    return "the certificate is not trusted (\(issuer)): \(remedy)"
  }

  /// - Parameter host: the host as it is written in the URL.
  static func otherName(_ certificate: NIOSSLCertificate?, host: String) -> String {
    let names = parsed(certificate).flatMap { try? $0.extensions.subjectAlternativeNames }.map { Array($0) } ?? []
    let texts = names.compactMap { name -> String? in
      switch name {
      case .dnsName(let text): text
      case .ipAddress(let octets): address(Array(octets.bytes))
      default: nil
      }
    }
    let known = texts.isEmpty ? "names no host" : "is for \(short(texts.joined(separator: ", ")))"
    return "the certificate is not for \(host), it \(known): give the URL of a host that it is for, or -k to accept any"
  }

  private static let remedy = "give --cacert FILE, or -k to accept any"

  private static func parsed(_ certificate: NIOSSLCertificate?) -> Certificate? {
    (try? certificate?.toDERBytes()).flatMap { try? Certificate(derEncoded: $0) }
  }

  private static func day(_ date: Date) -> String { date.formatted(.iso8601.year().month().day()) }

  /// The text comes from the target, so it must not fill the whole line.
  private static func short(_ text: String) -> String { text.count > 80 ? "\(text.prefix(80))…" : text }

  private static func address(_ octets: [UInt8]) -> String {
    if octets.count == 4 { return octets.map(String.init).joined(separator: ".") }
    guard octets.count == 16 else { return "an address that is none" }
    let groups = stride(from: 0, to: 16, by: 2).map { UInt16(octets[$0]) << 8 | UInt16(octets[$0 + 1]) }
    return groups == [0, 0, 0, 0, 0, 0, 0, 1] ? "::1" : groups.map { String($0, radix: 16) }.joined(separator: ":")
  }
}
