import Foundation
import Testing
import X509

extension EndToEnd.Targets {
  @Suite("https targets that are refused", .timeLimit(.minutes(15)))
  struct RefusedTargetTests {
    @Test("A target that does not prove who it is ends with 104 before the first order, with the reason and the remedy")
    func unproven() async throws {
      try await withTemporaryFolder { folder in
        let authority = try Authority(in: folder)
        let trusting = ["--cacert", authority.file]
        let cases: [(pair: Authority.Pair, flags: [String], words: String)] = [
          (try authority.issue("unknown"), [], "is not trusted (issued by CN=The test's authority): give --cacert FILE, or -k"),
          (
            try authority.issue("alone", isSelfSigned: true), trusting,
            "is not trusted (self-signed certificate): give --cacert FILE, or -k"
          ),
          (try authority.issue("expired", days: -9 ... -2), trusting, "the certificate expired on 20"),
          (try authority.issue("early", days: 2...9), trusting, "the certificate is not valid before 20"),
          (
            try authority.issue("elsewhere", for: [.dnsName("shop.example")]), trusting,
            "the certificate is not for localhost, it is for shop.example"
          ),
        ]
        for (pair, flags, words) in cases {
          try await encrypted(pair) { url in
            let found = try await refused(url, flags)
            #expect(found.code == 104 && found.words.contains(words), "\(pair): \(found.words)")
            #expect(found.words.split(separator: "\n").count == 1, "\(found.words)")
            #expect(try await refused(url, ["-k"]).code == 0)
          }
        }
        try await encrypted(try authority.issue("names", for: [.dnsName("localhost")])) { url in
          let found = try await refused(url.replacing("localhost", with: "127.0.0.1"), trusting)
          #expect(found.code == 104 && found.words.contains("is not for 127.0.0.1, it is for localhost"), "\(found.words)")
        }
      }
    }

    @Test("A target that wants a client's certificate is told apart, and lets in the one that it trusts alone")
    func clientCertificates() async throws {
      try await withTemporaryFolder { folder in
        let authority = try Authority(in: folder)
        let client = try authority.issue("client")
        let stranger = try Authority("Another authority", in: folder).issue("stranger")
        let trusting = ["--cacert", authority.file]
        func expectOnlyTheKnown(_ url: String, missing: String) async throws {
          let none = try await refused(url, trusting)
          #expect(none.code == 104 && none.words.contains(missing), "\(none.words)")
          let other = try await refused(url, trusting + ["--cert", stranger.certificate, "--key", stranger.key])
          #expect(other.code == 104 && other.words.contains("does not accept the client's certificate"), "\(other.words)")
          #expect(try await refused(url, trusting + ["--cert", client.certificate, "--key", client.key]).code == 0)
        }
        let server = try authority.issue("server")
        try await encrypted(server, "--tls-client-ca", authority.file) { url in
          try await expectOnlyTheKnown(url, missing: "wants a client's certificate: give --cert FILE and --key FILE")
        }
        for (version, missing) in [("1.3", "wants a client's certificate"), ("1.2", "where it wants a client's certificate, give --cert")] {
          try await fronted(server, "--client-ca", authority.file, "--version", version) { url in
            try await expectOnlyTheKnown(url, missing: missing)
          }
        }
      }
    }

    @Test("https to a port of http, and http to one of https, are said to be that")
    func mixedUp() async throws {
      try await withTemporaryFolder { folder in
        let pair = try Authority(in: folder).issue("server")
        try await RunningProgram.server(["--store", "memory"]) { url in
          let found = try await refused(url.replacing("http", with: "https"), ["-k"])
          #expect(found.code == 104 && found.words.contains("does not speak TLS: give an http URL"), "\(found.words)")
        }
        func expectSaid(_ url: String, _ flags: [String] = []) async throws {
          let found = try await refused(url.replacing("https", with: "http"), flags)
          #expect(found.code == 104 && found.words.contains("give an https URL"), "\(found.words)")
        }
        try await encrypted(pair) { try await expectSaid($0) }
        try await encrypted(pair, "--profile", "marketplace") { try await expectSaid($0, ["--dialect", "marketplace"]) }
        try await fronted(pair) { try await expectSaid($0) }
        // Of a served program that is said when its time is up. One that listens already is not late.
        try await encrypted(pair) { url in
          let plain = url.replacing("https", with: "http")
          let found = try await refused(plain, ["--serve", "exec sleep 1000", "--ready-timeout", "500ms"])
          #expect(found.code == 104 && found.words.contains("it speaks TLS, give an https URL"), "\(found.words)")
        }
      }
    }

    @Test("loadgen's own files are said to be wrong by setting and path, before anything is sent")
    func wrongFiles() async throws {
      try await withTemporaryFolder { folder in
        let authority = try Authority(in: folder)
        let pair = try authority.issue("client")
        let other = try authority.issue("other")
        let cases: [(flags: [String], words: String)] = [
          (["--cacert", "/nowhere.pem"], "--cacert: '/nowhere.pem' cannot be read"),
          (["--cacert", pair.key], "--cacert: '\(pair.key)' holds no certificate"),
          (["--cert", pair.certificate], "--cert: '\(pair.certificate)' does not hold the certificate's private key, too: give --key"),
          (["--key", pair.key], "--key: '\(pair.key)' needs its certificate: give --cert"),
          (["--cert", pair.certificate, "--key", authority.file], "--key: '\(authority.file)' holds no private key"),
          (["--cert", pair.certificate, "--key", other.key], "--key: '\(other.key)' is not the key of the certificate in"),
          (["-k", "--cacert", authority.file], "--insecure and --cacert contradict one another"),
        ]
        for (flags, words) in cases {
          let found = try await refused("https://127.0.0.1:1", flags)
          #expect(found.code == 104 && found.words.contains(words), "\(found.words)")
          #expect(found.words.split(separator: "\n").count == 1, "\(found.words)")
        }
      }
    }

    @Test("order-server says which of its files is wrong, in one line, and warns of a key that others may read")
    func serverFiles() async throws {
      try await withTemporaryFolder { folder in
        let authority = try Authority(in: folder)
        let pair = try authority.issue("server")
        let other = try authority.issue("other")
        let cases: [(flags: [String], words: String)] = [
          (["--tls-certificate", pair.certificate], "--tls-certificate: '\(pair.certificate)' needs its private key: give --tls-key FILE"),
          (["--tls-key", pair.key], "--tls-key: '\(pair.key)' needs its certificate: give --tls-certificate FILE"),
          (["--tls-certificate", "/nowhere", "--tls-key", pair.key], "--tls-certificate: cannot use '/nowhere': No such file"),
          (["--tls-certificate", pair.certificate, "--tls-key", "/nowhere"], "--tls-key: cannot use '/nowhere': No such file"),
          (["--tls-certificate", pair.key, "--tls-key", pair.key], "--tls-certificate: '\(pair.key)' holds no certificate"),
          (["--tls-certificate", pair.certificate, "--tls-key", other.key], "--tls-key: '\(other.key)' is not the key of the certificate"),
          (["--tls", "self-signed", "--tls-client-ca", pair.key], "--tls-client-ca: '\(pair.key)' holds no certificate"),
        ]
        let database = folder.appendingPathComponent("orders.db").path
        for (flags, words) in cases {
          let done = try await Programs.run(
            Programs.orderServer, ["--port", "0", "--store", "sqlite:\(database)", "--log-level", "warning"] + flags)
          #expect(done.code == 104 && done.errors.contains(words), "\(done.errors)")
          #expect(done.output.isEmpty && done.errors.split(separator: "\n").count == 1, "\(done.errors)")
        }
        #expect(!FileManager.default.fileExists(atPath: database), "nothing was made before")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: other.key)
        let warned = try await Programs.run(
          Programs.orderServer, ["--port", "0", "--tls-certificate", pair.certificate, "--tls-key", other.key])
        #expect(warned.errors.contains("--tls-key: '\(other.key)' holds secrets, and other users of this machine may read it"))
      }
    }
  }
}
