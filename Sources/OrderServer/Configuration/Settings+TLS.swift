import Shared

extension Settings {
  /// The flags that this file reads.
  static let tlsFlags = ["tls", "tls-certificate", "tls-key", "tls-client-ca"]

  /// - Returns: `nil` where connections are not encrypted.
  /// - Throws: `ConfigurationError` for settings that do not fit together.
  func tlsSettings() throws -> TLSSettings? {
    var isSelfSigned: Bool?
    try read("tls", into: \.self, of: &isSelfSigned) { text in
      guard ["self-signed", "off"].contains(text) else {
        throw UnitError(
          expected: "a way to encrypt", found: text,
          remedy: "it is self-signed, or off; a certificate of your own is given by --tls-certificate and --tls-key")
      }
      return text == "self-signed"
    }
    let certificate = try file("tls-certificate")
    let key = try file("tls-key")
    let clientAuthority = try file("tls-client-ca")
    if isSelfSigned != nil, let file = certificate ?? key {
      throw ConfigurationError(
        "\(said("tls")?.origin ?? "--tls") and \(file.origin) contradict one another: "
          + "give a certificate with its key, or --tls")
    }
    switch (certificate, key) {
    case (let certificate?, let key?):
      return TLSSettings(identity: .files(certificate: certificate, key: key), clientAuthority: clientAuthority)
    case (let certificate?, nil):
      throw ConfigurationError("\(certificate.origin): '\(certificate.path)' needs its private key: give --tls-key FILE, too")
    case (nil, let key?):
      throw ConfigurationError("\(key.origin): '\(key.path)' needs its certificate: give --tls-certificate FILE, too")
    case (nil, nil):
      if isSelfSigned == true { return TLSSettings(identity: .selfSigned, clientAuthority: clientAuthority) }
      guard let clientAuthority else { return nil }
      throw ConfigurationError(
        "\(clientAuthority.origin): clients show certificates over TLS only: give --tls-certificate and --tls-key, "
          + "or --tls self-signed, too")
    }
  }
}
