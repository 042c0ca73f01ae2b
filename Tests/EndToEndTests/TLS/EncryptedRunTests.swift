import Foundation
import Testing

extension EndToEnd.Targets {
  @Suite("Runs over https", .timeLimit(.minutes(15)))
  struct EncryptedRunTests {
    /// Runs loadgen, and expects a consistent audit of as many orders as it sent.
    private func expectConsistent(
      _ url: String, _ flags: [String], orders: Int, _ location: SourceLocation = #_sourceLocation
    ) async throws {
      try await withTemporaryFolder { folder in
        let done = try await Programs.run(
          Programs.loadgen, ["run", url, "-n", "\(orders)", "--poll", "20ms", "-o", "\(folder.path)/run"] + flags)
        #expect(done.code == 0, "\(done.output)\(done.errors)", sourceLocation: location)
        let run = try RunFolder(folder.appendingPathComponent("run"))
        run.expectConservation(location)
        #expect(run.orders("completed") + run.orders("cancelled") == orders, sourceLocation: location)
        #expect(run.auditVerdict == "consistent", "\(run.findings)", sourceLocation: location)
        #expect((run.audit["checks"] as? [Any])?.isEmpty == false, sourceLocation: location)
      }
    }

    @Test("Orders are followed and audited, whether anybody is trusted, or the server's own authority")
    func audited() async throws {
      try await withTemporaryFolder { folder in
        let authority = try Authority(in: folder)
        try await encrypted(try authority.issue("server")) { url in
          try await expectConsistent(url, ["-c", "10", "-k", "--exclusive"], orders: 100)
          let trusting = ["--cacert", authority.file]
          // Lists are longer than a record of TLS.
          try await expectConsistent(url, trusting + ["-c", "10", "--event-loops", "2", "--mix", "list=20%,cancel=5%"], orders: 200)
          let byAddress = url.replacing("localhost", with: "127.0.0.1")
          try await expectConsistent(byAddress, trusting + ["-c", "4", "--no-keep-alive"], orders: 30)
        }
      }
    }

    @Test("A server's own certificate, made at its start, serves a run that starts the server")
    func selfSigned() async throws {
      let command = "'\(Programs.orderServer)' --port {port} --store memory --service-time 5ms --tls self-signed"
      try await expectConsistent("https://127.0.0.1:{port}", ["--serve", command, "-k"], orders: 50)
      try await expectConsistent("https://localhost:{port}", ["--serve", "\(command) --host localhost", "-k"], orders: 50)
      let began = ContinuousClock.now
      let (code, words) = try await refused("https://127.0.0.1:{port}", ["--serve", command, "--ready-timeout", "5m"])
      #expect(code == 104 && words.contains("not trusted (self-signed certificate)"), "\(words)")
      #expect(began.duration(to: .now) < .seconds(200), "what will not change is not waited for")
    }

    @Test(
      "OpenSSL's TLS 1.2 and 1.3 are spoken, and each connection names the host that it asks for, but no address",
      arguments: ["1.2", "1.3"])
    func versionsAndNames(version: String) async throws {
      try await withTemporaryFolder { folder in
        let authority = try Authority(in: folder)
        let names = folder.appendingPathComponent("names")
        try await fronted(try authority.issue("front"), "--version", version, "--names", names.path) { url in
          func seen() throws -> Set<Substring> { Set(try String(contentsOf: names, encoding: .utf8).split(separator: "\n")) }
          try await expectConsistent(url, ["-c", "5", "--cacert", authority.file], orders: 40)
          #expect(try seen() == ["localhost"])
          try FileManager.default.removeItem(at: names)
          let byAddress = url.replacing("localhost", with: "127.0.0.1")
          try await expectConsistent(byAddress, ["-c", "5", "--cacert", authority.file], orders: 20)
          #expect(try seen() == ["-"])
        }
      }
    }

    @Test("A dialect is checked, and a scenario file run, over https like over http")
    func otherCommands() async throws {
      try await withTemporaryFolder { folder in
        let authority = try Authority(in: folder)
        try await encrypted(try authority.issue("server")) { url in
          let checked = try await Programs.loadgen("dialects", "check", "standard", "--target", url, "--cacert", authority.file)
          #expect(checked.code == 0, "\(checked.output)\(checked.errors)")
          let doubted = try await Programs.loadgen("dialects", "check", "standard", "--target", url)
          #expect(doubted.code == 104 && doubted.output.contains("not trusted (issued by CN="), "\(doubted.output)")
          let plain = url.replacing("https", with: "http")
          let misnamed = try await Programs.loadgen("dialects", "check", "standard", "--target", plain)
          #expect(misnamed.code == 104 && misnamed.output.contains("give an https URL"), "\(misnamed.output)")
          let scenario = folder.appendingPathComponent("load.yaml").path
          try "target: \(url)\norders: 20\ninsecure: true\n".write(toFile: scenario, atomically: true, encoding: .utf8)
          let done = try await Programs.loadgen("run", scenario, "--no-report")
          #expect(done.code == 0 && done.errors.contains("is not verified (--insecure)"), "\(done.output)\(done.errors)")
        }
      }
    }

    @Test("A handshake that fails in the midst of a run is counted as one of TLS, and no order of it as sent")
    func failsLater() async throws {
      try await withTemporaryFolder { folder in
        let authority = try Authority(in: folder)
        let other = try authority.issue("expired", days: -9 ... -2)
        try await fronted(try authority.issue("front"), "--after", "12", "--other", other.certificate, other.key) { url in
          let done = try await Programs.loadgen(
            "run", url, "-n", "20", "-c", "1", "--connections", "1", "--no-follow", "--no-keep-alive", "--cacert", authority.file, "-o",
            "\(folder.path)/run")
          let run = try RunFolder(folder.appendingPathComponent("run"))
          run.expectConservation()
          #expect(done.code == 99, "\(done.output)\(done.errors)")
          #expect(run.orders("accepted") > 0 && run.orders("errored") > 0)
          #expect(run.errors(phase: "create", kind: "tls") == run.orders("errored"))
          let examples = (run.summary["errors"] as? [[String: Any]] ?? []).compactMap { $0["example"] as? String }
          #expect(examples.contains { $0.contains("the certificate expired on 20") }, "\(examples)")
        }
      }
    }

    @Test("A handshake that never ends is given up at the request timeout, before a run and within it")
    func stalls() async throws {
      try await withTemporaryFolder { folder in
        let pair = try Authority(in: folder).issue("front")
        try await fronted(pair, "--stall") { url in
          let (code, words) = try await refused(url, ["-k", "--request-timeout", "300ms"])
          #expect(code == 104 && words.contains("no TLS handshake within 300 ms"), "\(words)")
        }
        // Where the machine stands still for a second, no order comes through before the stall.
        let (done, found) = try await again(
          while: { (made: (done: Programs.Finished, found: RunFolder?)) in (made.found?.orders("accepted") ?? 0) == 0 }
        ) {
          try await fronted(pair, "--stall", "--after", "8") { url in
            let done = try await Programs.loadgen(
              "run", url, "-k", "-n", "12", "-c", "2", "--connections", "2", "--no-follow", "--no-keep-alive", "--request-timeout", "1s",
              "-o", "\(folder.path)/run")
            return (done: done, found: try? RunFolder(folder.appendingPathComponent("run")))
          }
        }
        let run = try #require(found)
        run.expectConservation()
        #expect(done.code == 99, "\(done.output)\(done.errors)")
        #expect(run.errors(phase: "create", kind: "connect_timeout") == run.orders("errored"))
        #expect(run.orders("errored") > 0)
      }
    }
  }
}
