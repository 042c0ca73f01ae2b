import NIOSSL
import Testing

@testable import LoadRun

@Suite("What ends TLS")
struct TLSFaultTests {
  @Test("A reason is cut out of what the library prints")
  func reasons() {
    let printed = "Error: 268435703 error:100000f7:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER at /a at b/tls_record.cc:231"
    #expect(TLSFault.reason(in: printed) == "WRONG_VERSION_NUMBER")
    #expect(TLSFault.reason(in: "EOF during handshake") == "EOF during handshake")
  }

  @Test(
    "Every reason is a failure of kind tls that says what would be right",
    arguments: [
      ("WRONG_VERSION_NUMBER", "give an http URL"), ("TLSV1_ALERT_CERTIFICATE_REQUIRED", "give --cert FILE and --key FILE"),
      ("SSLV3_ALERT_HANDSHAKE_FAILURE", "where it wants a client's certificate"),
      ("TLSV1_ALERT_UNKNOWN_CA", "does not accept the client's certificate (unknown ca)"),
      ("SSLV3_ALERT_CERTIFICATE_EXPIRED", "does not accept the client's certificate (certificate expired)"),
      ("TLSV1_ALERT_PROTOCOL_VERSION", "neither TLS 1.2 nor TLS 1.3"), ("TLSV1_ALERT_INTERNAL_ERROR", "refused TLS (internal error)"),
      ("NO_SHARED_CIPHER", "no TLS handshake: no shared cipher"),
    ])
  func failures(reason: String, words: String) {
    let failure = TLSFault(reason: reason).failure
    #expect(failure.kind == .tls)
    #expect(failure.example.contains(words), "\(failure.example)")
  }

  @Test("What is no error of TLS is left to others")
  func others() {
    #expect(TLSFault(Failure(.reset, "reset"), host: "a", certificate: { nil }) == nil)
    let ended = NIOSSLError.handshakeFailed(.sslError([.eofDuringHandshake]))
    #expect(TLSFault(ended, host: "a", certificate: { nil }) == .closed)
  }
}
