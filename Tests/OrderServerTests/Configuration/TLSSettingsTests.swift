import Foundation
import NIOSSL
import Testing

@testable import OrderServer
import Shared

@Suite("Settings of TLS")
struct TLSSettingsTests {
  @Test("Files and a certificate made at the start can be given by flag and by environment, and the flag wins")
  func precedence() throws {
    #expect(try Settings().configuration().tls == nil)
    let files = ["tls-certificate": "c.pem", "tls-key": "k.pem", "tls-client-ca": "a.pem"]
    let environment = Dictionary(uniqueKeysWithValues: files.map { (ServerSetting.variable(of: $0), $1) })
    for settings in [Settings(flags: files), Settings(environment: environment)] {
      let tls = try #require(try settings.configuration().tls)
      guard case .files(let certificate, let key) = tls.identity else {
        Issue.record("\(tls)")
        return
      }
      #expect([certificate.path, key.path, tls.clientAuthority?.path] == ["c.pem", "k.pem", "a.pem"])
    }
    let made = try Settings(flags: ["tls": "self-signed"], environment: ["ORDER_SERVER_TLS": "off"]).configuration().tls
    guard case .selfSigned = made?.identity else {
      Issue.record("\(String(describing: made))")
      return
    }
    #expect(try Settings(flags: ["tls": "off"], environment: ["ORDER_SERVER_TLS": "self-signed"]).configuration().tls == nil)
  }

  @Test(
    "Settings that do not fit together are refused by the names that they were given under",
    arguments: [
      (["tls": "yes"], "--tls: 'yes' is not a way to encrypt: it is self-signed, or off"),
      (["tls": "self-signed", "tls-key": "k"], "--tls and --tls-key contradict one another"),
      (["tls-certificate": "c"], "--tls-certificate: 'c' needs its private key"),
      (["tls-key": "k"], "--tls-key: 'k' needs its certificate"),
      (["tls-client-ca": "a"], "--tls-client-ca: clients show certificates over TLS only"),
      (["tls-key": ""], "--tls-key: '' is not a file"),
    ])
  func contradictions(flags: [String: String], words: String) {
    let error = #expect(throws: ConfigurationError.self) { try Settings(flags: flags).configuration().tls }
    #expect(error?.description.hasPrefix(words) == true, "\(String(describing: error))")
  }

  @Test("A certificate made at the start is for this machine and the host, for a year, and differs each time")
  func selfSigned() throws {
    let now = Date(timeIntervalSince1970: 1_790_000_000)
    for (host, expected) in [("127.0.0.1", 3), ("localhost", 3), ("orders.example", 4), ("192.0.2.7", 4), ("2001:db8::1", 4)] {
      let made = try SelfSignedCertificate(host: host, now: now)
      let certificate = try #require(made.identity.chain.first)
      #expect(certificate._subjectAlternativeNames().count == expected)
      #expect(certificate.notValidBefore == 1_790_000_000 - 3_600)
      #expect(certificate.notValidAfter == 1_790_000_000 + 365 * 24 * 3_600)
      #expect(made.fingerprint.count == 32 * 3 - 1)
      #expect(made.fingerprint != (try SelfSignedCertificate(host: host, now: now)).fingerprint)
    }
  }
}
