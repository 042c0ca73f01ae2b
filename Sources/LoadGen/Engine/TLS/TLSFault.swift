import Foundation
import NIOSSL

/// Why TLS with a target failed, at first or later on.
enum TLSFault: Error, Hashable, Sendable {
  /// The target answered with something other than TLS.
  case notSpoken
  /// The target closed the connection during the handshake.
  case closed
  /// The target refused, for a reason in TLS's own words: `certificate required`.
  case alert(String)
  /// The target's certificate is not accepted: why, and what would be right.
  case certificate(String)
  case other(String)

  /// - Parameter certificate: the certificate that the target presented, if any.
  /// - Returns: `nil` if the error has nothing to do with TLS.
  init?(_ error: any Error, host: String, certificate: () -> NIOSSLCertificate?) {
    switch error {
    case let fault as TLSFault: self = fault
    case NIOSSLError.handshakeFailed(let error): self.init(error, host, certificate)
    case NIOSSLError.noCertificateToValidate: self = .other("the target shows no certificate")
    case let error as BoringSSLError: self.init(error, host, certificate)
    case let error as NIOSSLExtraError where error == .failedToValidateHostname || error == .serverHostnameImpossibleToMatch:
      self = .certificate(CertificateFault.otherName(certificate(), host: host))
    case is NIOSSLExtraError, is NIOSSLError: self = .other("\(error)")
    default: return nil
    }
  }

  private init(_ error: BoringSSLError, _ host: String, _ certificate: () -> NIOSSLCertificate?) {
    guard case .sslError(let stack) = error, let first = stack.first else {
      self = error == .zeroReturn || error == .syscallError ? .closed : .other("\(error)")
      return
    }
    self = first == .eofDuringHandshake ? .closed : Self(reason: Self.reason(in: "\(first)"))
    if case .other("certificate verify failed") = self { self = .certificate(CertificateFault.untrusted(certificate(), now: Date())) }
  }

  /// The reason in BoringSSL's words, from a text such as `…:OPENSSL_internal:WRONG_VERSION_NUMBER at handshake.cc:12`.
  static func reason(in text: String) -> String {
    guard let beginning = text.firstRange(of: "OPENSSL_internal:") else { return text }
    let rest = text[beginning.upperBound...]
    return String(rest[..<(rest.firstRange(of: " at ")?.lowerBound ?? rest.endIndex)])
  }

  /// - Parameter reason: in BoringSSL's words, such as `SSLV3_ALERT_HANDSHAKE_FAILURE`.
  init(reason: String) {
    if let alert = reason.firstRange(of: "_ALERT_") {
      self = .alert(Self.plain(reason[alert.upperBound...]))
    } else if ["WRONG_VERSION_NUMBER", "HTTP_REQUEST", "HTTPS_PROXY_REQUEST"].contains(reason) {
      self = .notSpoken
    } else {
      self = .other(Self.plain(reason[...]))
    }
  }

  private static func plain(_ constant: Substring) -> String { constant.lowercased().replacing("_", with: " ") }

  /// Whether another attempt would fail in the same way.
  var isLasting: Bool {
    if case .certificate = self { true } else { false }
  }

  /// Whether the target has shown that it speaks TLS.
  var provesTLS: Bool {
    switch self {
    case .alert, .certificate: true
    case .notSpoken, .closed, .other: false
    }
  }

  /// The fault as a request's failure: what happened, and what would be right.
  var failure: Failure { Failure(.tls, words) }

  private var words: String {
    switch self {
    case .notSpoken: "what answers does not speak TLS: give an http URL, or the port of https"
    case .closed: "the connection was closed during the TLS handshake, as by one that speaks plain HTTP: is it an http URL?"
    case .certificate(let words): words
    case .other(let reason) where reason.contains("alpn"): HTTP2.words
    case .alert("no application protocol"): HTTP2.words
    case .other(let reason): "no TLS handshake: \(reason)"
    case .alert("certificate required"): "the target wants a client's certificate: give --cert FILE and --key FILE"
    case .alert("handshake failure"):
      "the target refused the TLS handshake (handshake failure): where it wants a client's certificate, give --cert and --key"
    case .alert("protocol version"): "the target speaks neither TLS 1.2 nor TLS 1.3, and nothing older is spoken"
    case .alert("unrecognized name"): "the target does not know the name that it was asked for: give the URL with one of its names"
    case .alert(let reason) where reason.contains("certificate") || reason.contains("unknown ca"):
      "the target does not accept the client's certificate (\(reason)): give one that it trusts by --cert and --key"
    case .alert(let reason): "the target refused TLS (\(reason))"
    }
  }
}

extension Failure {
  /// Whether an answer like this to plain HTTP may come from a target that speaks TLS.
  package var mayComeFromTLS: Bool {
    switch kind {
    case .closed, .reset, .badResponse: true
    case .httpStatus: status == 400
    default: false
    }
  }
}
