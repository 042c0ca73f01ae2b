#if canImport(Security)
  import Foundation
  import NIOSSL
  import Security

  /// Asks the system whether to trust a certificate, on systems whose trusted roots are not in a file.
  enum SystemTrust {
    /// - Parameter chain: as the target presented it, its own certificate first.
    static func accepts(_ chain: [NIOSSLCertificate], host: String) -> Bool {
      let certificates = chain.compactMap { certificate in
        (try? certificate.toDERBytes()).flatMap { SecCertificateCreateWithData(nil, Data($0) as CFData) }
      }
      guard certificates.count == chain.count else { return false }
      var trust: SecTrust?
      let policy = SecPolicyCreateSSL(true, host as CFString)
      guard SecTrustCreateWithCertificates(certificates as CFArray, policy, &trust) == errSecSuccess, let trust else { return false }
      return SecTrustEvaluateWithError(trust, nil)
    }
  }
#endif
