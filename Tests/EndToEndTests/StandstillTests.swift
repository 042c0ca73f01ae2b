import Foundation
import Testing

extension EndToEnd.LoadGen {
  /// A load generator that is stopped in the midst of a run, and goes on: as a starved or a swapped-out one, at a moment that a test can choose.
  @Suite("A generator that stands still", .timeLimit(.minutes(15)))
  struct StandstillTests {
    /// Runs a load against a hostile server, and has loadgen stopped for a while each time that the server has so many more orders.
    /// - Parameter hangsUp: whether the server closes all connections meanwhile.
    private func stopped(
      _ server: [String], _ flags: [String], encrypted: Bool = false, hangsUp: Bool = false, every orders: Int, times: Int, seconds: Double
    ) async throws -> (code: Int32, run: RunFolder) {
      try await withTemporaryFolder { folder in
        try await RunningProgram.hostile(server) { plain in
          guard encrypted else {
            return try await run(plain, plain, flags, folder, hangsUp: hangsUp, every: orders, times: times, seconds: seconds)
          }
          let pair = try Authority(in: folder).issue("front")
          let front = Programs.fixtures.appendingPathComponent("tls_front.py").path
          let command = ["python3", front, "--certificate", pair.certificate, "--key", pair.key, "--to", plain]
          return try await RunningProgram.with("/usr/bin/env", command) { _, url in
            try await run(url, plain, flags + ["-k"], folder, hangsUp: hangsUp, every: orders, times: times, seconds: seconds)
          }
        }
      }
    }

    private func run(
      _ url: String, _ plain: String, _ flags: [String], _ folder: URL, hangsUp: Bool, every orders: Int, times: Int, seconds: Double
    ) async throws -> (code: Int32, run: RunFolder) {
      let loadgen = try await RunningProgram.start(
        Programs.loadgen, ["run", url, "--no-follow"] + flags + ["-o", "\(folder.path)/run"])
      for time in 1...times {
        try await until { try await metric("total_orders", at: plain) >= orders * time }
        loadgen.signal(SIGSTOP)
        if hangsUp { try await hangUp(plain, on: url) }
        try await Task.sleep(for: .seconds(seconds))
        loadgen.signal(SIGCONT)
      }
      return (await loadgen.ended(), try RunFolder(folder.appendingPathComponent("run")))
    }

    /// Has the server close all connections, and waits until none of loadgen's is open any more, also where another program stands between.
    private func hangUp(_ plain: String, on url: String) async throws {
      _ = try await document(plain + "/hang-up")
      let port = String(try #require(URLComponents(string: url)?.port), radix: 16, uppercase: true)
      let target = ":" + String(repeating: "0", count: 4 - port.count) + port
      try await until {
        let table = try String(contentsOfFile: "/proc/net/tcp", encoding: .utf8)
        return !table.split(separator: "\n").contains { line in
          let fields = line.split(separator: " ")
          // Established, towards the target.
          return fields.count > 3 && fields[2].hasSuffix(target) && fields[3] == "01"
        }
      }
    }

    @Test("An answer that came in time is no timeout, however late it is read", arguments: [false, true])
    func answersInTime(encrypted: Bool) async throws {
      let (code, run) = try await stopped(
        ["slow", "--seconds", "0.5"], ["--rate", "5/s", "-d", "8s", "-c", "40", "--request-timeout", "8s"], encrypted: encrypted, every: 4,
        times: 1, seconds: 10)
      #expect(code == 0, "\(run.findings) \(run.outcomes)")
      #expect(run.orders("accepted") == 40 && run.errors(phase: "create", kind: "timeout") == 0)
      #expect((run.latency("loop_lag", "max") ?? 0) > 8)
      run.expectConservation()
    }

    #if os(Linux)
      @Test("A connection that was closed while it was idle is known before anything is written to it", arguments: [false, true])
      func idleConnections(encrypted: Bool) async throws {
        // The next order is due when the connection has been closed, and nobody was there to hear it.
        let (code, run) = try await stopped(
          ["idle", "--seconds", "3600"], ["--rate", "1/s", "-d", "8s", "-c", "1"], encrypted: encrypted, hangsUp: true, every: 2, times: 3,
          seconds: 1.3)
        #expect(code == 0, "\(run.findings) \(run.outcomes)")
        #expect(run.orders("accepted") == 8 && run.orders("errored") == 0 && run.orders("ambiguous") == 0)
        run.expectConservation()
      }
    #endif

    @Test(
      "A generator that runs for moments only is not valid where its own lag decides a threshold, and says so; elsewhere it is valid",
      arguments: [("accept.max<3s", 121), ("accept.max<1m", 0)] as [(String, Int32)])
    func momentsOnly(threshold: String, expected: Int32) async throws {
      // The stops are longer than the threshold, and that is far longer than the target needs, however busy the machine is.
      // The second stop falls into the burst that follows the first, when orders wait for a connection.
      let (code, run) = try await stopped(
        ["idle", "--seconds", "60"], ["--rate", "50/s", "-d", "10s", "--threshold", threshold], every: 100, times: 2, seconds: 4)
      #expect(code == expected, "\(run.findings)")
      #expect(run.generator["valid"] as? Bool == (expected == 0), "\(run.generator)")
      let reasons = run.generator["reasons"] as? [String] ?? []
      #expect(reasons.contains { $0.contains(threshold) && $0.contains("the generator's own lag") } == (expected == 121), "\(reasons)")
      #expect(run.orders("scheduled") == 500 && run.orders("not_sent") == 0)
      run.expectConservation()
    }

    @Test("An order that ends while the generator stands still is asked for too late by our own doing, which decides no threshold alone")
    func lateToAsk() async throws {
      try await withTemporaryFolder { folder in
        try await RunningProgram.server(["--store", "memory", "--service-time", "200ms"]) { url in
          let loadgen = try await RunningProgram.start(
            Programs.loadgen,
            [
              "run", url, "--rate", "10/s", "-d", "2s", "--poll", "50ms", "--threshold", "completion.max<6s", "--threshold",
              "turnaround.max<6s", "-o", "\(folder.path)/run",
            ])
          try await until { try await metric("total_orders", at: url) == 20 }
          loadgen.signal(SIGSTOP)
          try await Task.sleep(for: .seconds(8))
          loadgen.signal(SIGCONT)
          let code = await loadgen.ended()
          let run = try RunFolder(folder.appendingPathComponent("run"))
          #expect(code == 121, "\(run.findings)")
          let reasons = run.generator["reasons"] as? [String] ?? []
          for name in ["completion", "turnaround"] { #expect(reasons.contains { $0.contains("\(name).max<6s") }, "\(reasons)") }
        }
      }
    }

    @Test("Orders that are not sent because the generator stood still make the run invalid, and are no failure of the target's")
    func notSent() async throws {
      // Where the target stands still as well, it has its part in them: 99.
      let (code, run) = try await again(while: { $0.code == 99 }) {
        try await stopped(
          ["idle", "--seconds", "60"],
          ["--rate", "200/s", "-d", "8s", "--max-outstanding", "300", "--threshold", "not_sent==0"], every: 100, times: 1, seconds: 2.5)
      }
      #expect(code == 121, "\(run.findings) \(run.outcomes)")
      #expect(run.orders("not_sent") > 0)
      let reasons = run.generator["reasons"] as? [String] ?? []
      let words = "not sent) came to nothing while it stood still"
      #expect(reasons.contains { $0.contains("not_sent==0") && $0.contains(words) }, "\(reasons)")
      run.expectConservation()
    }
  }
}
