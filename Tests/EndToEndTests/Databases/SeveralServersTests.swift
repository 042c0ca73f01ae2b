import Foundation
import Testing

extension EndToEnd.OrderServer {
  @Suite("Four servers on one PostgreSQL, behind nginx")
  struct SeveralServersTests {
    /// Four servers, each of which can be killed and started again.
    private actor Servers {
      let flags: [String]
      private(set) var running: [RunningProgram] = []
      let ports: [Int]

      init(store: String, lease: String, _ flags: [String]) async throws {
        self.flags = ["--store", store, "--lease", lease] + flags
        var started: [RunningProgram] = []
        var ports: [Int] = []
        for _ in 0..<4 {
          let program = try await RunningProgram.start(Programs.orderServer, ["--port", "0"] + self.flags)
          started.append(program)
          ports.append(try #require(URLComponents(string: try await program.url())?.port))
        }
        running = started
        self.ports = ports
      }

      nonisolated func url(_ index: Int) -> String { "http://127.0.0.1:\(ports[index])" }

      func kill(_ index: Int) async {
        running[index].signal(SIGKILL)
        _ = await running[index].ended()
      }

      func start(_ index: Int) async throws {
        running[index] = try await RunningProgram.start(Programs.orderServer, ["--port", "\(ports[index])"] + flags)
        _ = try await running[index].url()
      }

      func signal(_ index: Int, _ signal: Int32) { running[index].signal(signal) }

      func stop() async {
        for program in running { await program.stop() }
      }
    }

    /// - Parameters:
    ///   - lease: for how long a server may stand still and keep its orders.
    ///   - patience: for how long nginx lets it stand still.
    private func served(
      _ flags: [String], lease: String = "1s", patience: String = "3s",
      _ body: (_ servers: Servers, _ url: String, _ folder: URL) async throws -> Void
    ) async throws {
      try await RunningDatabase.with(.postgreSQL) { database in
        let servers = try await Servers(store: database.url, lease: lease, flags)
        do {
          try await LoadBalancer.with(servers.ports, patience: patience) { url in
            try await withTemporaryFolder { try await body(servers, url, $0) }
          }
        } catch {
          await servers.stop()
          throw error
        }
        await servers.stop()
      }
    }

    /// An open load in which requests may fail, as some do where a server dies.
    private func startRun(_ url: String, orders: Int, _ folder: URL) async throws -> RunningProgram {
      // One of several servers may end while connections to the others stay open.
      let dialect = folder.appendingPathComponent("several.yaml")
      try Data("name: several\nlike: standard\n".utf8).write(to: dialect)
      return try await RunningProgram.start(
        Programs.loadgen,
        [
          "run", url, "--rate", "60/s", "-n", "\(orders)", "--poll", "25ms", "--no-threshold", "errors", "--no-threshold", "polls",
          "--exclusive", "--dialect", dialect.path, "--order-timeout", "240s", "-o", "\(folder.path)/run",
        ])
    }

    /// The run's report, and the books of all four, which must say the same.
    private func expectOneTruth(_ servers: Servers, _ folder: URL, code: Int32) async throws {
      let run = try RunFolder(folder.appendingPathComponent("run"))
      #expect(code == 0, "\(run.outcomes) \(run.findings)")
      #expect(run.orders("completed") == run.orders("accepted") && run.orders("accepted") > 0 && run.orders("lost") == 0)
      #expect(run.auditVerdict == "consistent", "\(run.findings)")
      run.expectConservation()
      try await until { try await count("completed", at: servers.url(0)) == metric("total_orders", at: servers.url(0)) }
      let books = try await API(url: servers.url(0)).get("/metrics").body
      for index in 1..<4 { #expect(try await API(url: servers.url(index)).get("/metrics").body == books) }
      let total = try await metric("total_orders", at: servers.url(0))
      #expect((run.orders("accepted")...run.orders("accepted") + run.orders("ambiguous")).contains(total))
    }

    @Test("A whole run is consistent, with orders polled at other servers than they were sent to, some of them cancelled")
    func isConsistent() async throws {
      try await served(["--workers", "4", "--service-time", "uniform:0ms..60ms"], lease: "60s", patience: "60s") { servers, url, folder in
        let done = try await Programs.loadgen(
          "run", url, "-c", "20", "-n", "1000", "--poll", "10ms", "--mix", "cancel=5%,duplicate=5%,list=2%", "--exclusive",
          "-o", "\(folder.path)/run")
        let run = try RunFolder(folder.appendingPathComponent("run"))
        #expect(done.code == 0, "\(done.output)")
        #expect(run.auditVerdict == "consistent", "\(run.findings)")
        #expect(run.orders("completed") + run.orders("cancelled") == 1000)
        run.expectConservation()
        let books = try await API(url: servers.url(0)).get("/metrics").body
        for index in 1..<4 { #expect(try await API(url: servers.url(index)).get("/metrics").body == books) }
      }
    }

    @Test("One of them killed at twenty moments of a run, each time another: every acknowledged order is completed and counted once")
    func killed() async throws {
      try await served(["--workers", "4", "--service-time", "uniform:0ms..60ms"]) { servers, url, folder in
        let loadgen = try await startRun(url, orders: 1600, folder)
        for moment in 1...20 {
          try await until { try await metric("total_orders", at: servers.url((moment + 1) % 4)) >= moment * 70 }
          await servers.kill(moment % 4)
          try await servers.start(moment % 4)
        }
        try await expectOneTruth(servers, folder, code: await loadgen.ended())
      }
    }

    @Test("One that stands still for longer than its lease loses its orders to the others, and writes nothing late")
    func stopped() async throws {
      try await served(["--workers", "4", "--service-time", "uniform:0ms..60ms"]) { servers, url, folder in
        let loadgen = try await startRun(url, orders: 900, folder)
        for moment in 1...2 {
          try await until { try await metric("total_orders", at: servers.url((moment + 1) % 4)) >= moment * 200 }
          await servers.signal(moment % 4, SIGSTOP)
          let before = try await metric("total_orders", at: servers.url((moment + 1) % 4))
          // Well over a lease: the others have gone on meanwhile.
          try await until { try await metric("total_orders", at: servers.url((moment + 1) % 4)) >= before + 100 }
          await servers.signal(moment % 4, SIGCONT)
        }
        try await expectOneTruth(servers, folder, code: await loadgen.ended())
      }
    }
  }
}
