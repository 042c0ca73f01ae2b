import Foundation
import Testing

extension EndToEnd.LoadGen {
  @Suite("loadgen run")
  struct RunTests {
    @Test("8,000 orders against SQLite are all completed, none is lost, and the audit is consistent")
    func manyOrders() async throws {
      try await withTemporaryFolder { folder in
        let store = "sqlite:\(folder.path)/orders.db"
        try await RunningProgram.server(["--store", store, "--workers", "unlimited", "--service-time", "20ms"]) { url in
          let done = try await Programs.loadgen("run", url, "-c", "100", "-n", "8000", "-o", "\(folder.path)/run")
          #expect(done.code == 0, "\(done.output)\(done.errors)")
          let run = try RunFolder(folder.appendingPathComponent("run"))
          #expect(run.orders("accepted") == 8_000)
          #expect(run.orders("completed") == 8_000)
          #expect(run.orders("lost") == 0)
          #expect(run.auditVerdict == "consistent", "\(run.findings)")
          run.expectConservation()
        }
      }
    }

    @Test(
      "Every kind of load is followed to its end and adds up",
      arguments: [
        ["-c", "5", "-d", "500ms"], ["--rate", "300/s", "--arrivals", "poisson", "-n", "200"],
        ["-c", "10", "-n", "100", "--wait-for", "completion", "--poll", "backoff:5ms..50ms"],
        ["-c", "8", "-n", "300", "--event-loops", "2", "--poll", "10ms"], ["-n", "100", "--no-follow"],
        ["--rate", "500/s", "-d", "1s", "--warmup", "500ms"],
        ["--rate", "50/s..400/s over 500ms, 0/s for 200ms, 100/s for 300ms", "--arrivals", "poisson"],
        ["-c", "10", "-n", "100", "--wait-for", "completion", "--think-time", "exponential:10ms", "--event-loops", "2"],
      ])
    func everyLoad(flags: [String]) async throws {
      try await withTemporaryFolder { folder in
        try await RunningProgram.server(["--store", "memory", "--workers", "unlimited", "--service-time", "uniform:0ms..20ms"]) { url in
          let done = try await Programs.run(Programs.loadgen, ["run", url, "-o", "\(folder.path)/run"] + flags)
          #expect(done.code == 0, "\(done.output)\(done.errors)")
          let run = try RunFolder(folder.appendingPathComponent("run"))
          run.expectConservation()
          #expect(run.orders("accepted") > 0)
          #expect(run.auditVerdict == "consistent", "\(run.findings)")
          if !flags.contains("--no-follow") { #expect(run.orders("completed") == run.orders("accepted")) }
        }
      }
    }

    @Test("Ctrl-C writes the report of what was seen, and ends with 105")
    func interrupted() async throws {
      try await withTemporaryFolder { folder in
        try await RunningProgram.server(["--store", "memory", "--workers", "unlimited", "--service-time", "1h"]) { url in
          let loadgen = try await RunningProgram.start(
            Programs.loadgen, ["run", url, "--rate", "100/s", "-d", "10m", "-o", "\(folder.path)/run"])
          try await until { try await metric("total_orders", at: url) >= 30 }
          loadgen.signal(SIGINT)
          #expect(await loadgen.ended() == 105)
          let run = try RunFolder(folder.appendingPathComponent("run"))
          #expect(run.verdict == "interrupted")
          #expect(run.exitCode == 105)
          // The answers of the last ones may have been on their way.
          #expect(run.orders("submitted") >= 30 && run.orders("accepted") > 0)
          #expect(run.orders("run_end") == run.orders("accepted"))
          #expect(run.auditVerdict == "consistent", "\(run.findings)")
          run.expectConservation()
        }
      }
    }

    @Test("A threshold that fails ends with 99, and one that coarse polls leave open says what would decide it")
    func thresholds() async throws {
      try await withTemporaryFolder { folder in
        try await RunningProgram.server(["--store", "memory", "--workers", "unlimited", "--service-time", "1ms"]) { url in
          // Each has ended when it is polled for the first time, even where the server stood still before.
          let done = try await Programs.loadgen(
            "run", url, "-n", "20", "--poll", "1s", "-o", "\(folder.path)/run", "--threshold", "accept.p(99)<1ns", "--threshold",
            "completion.p(95)<150ms", "--threshold", "completion.p(95)<1h")
          #expect(done.code == 99, "\(done.output)\(done.errors)")
          let run = try RunFolder(folder.appendingPathComponent("run"))
          let thresholds = try #require(run.summary["thresholds"] as? [[String: Any]])
          func threshold(_ expression: String) -> [String: Any]? { thresholds.first { $0["expression"] as? String == expression } }
          #expect(threshold("accept.p(99)<1ns")?["verdict"] as? String == "fail")
          #expect(threshold("completion.p(95)<1h")?["verdict"] as? String == "pass")
          #expect(threshold("completion.p(95)<150ms")?["verdict"] as? String == "undecided")
          #expect((threshold("completion.p(95)<150ms")?["note"] as? String)?.contains("polling every") == true)
        }
      }
    }
  }
}
