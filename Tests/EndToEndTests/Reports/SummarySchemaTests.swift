import Foundation
import Testing

extension EndToEnd.LoadGen {
  /// `docs/schema/summary-1.json`, by a validator that knows nothing of us.
  @Suite("The schema of summary.json")
  struct SummarySchemaTests {
    private static let schema = Programs.fixtures.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("docs/schema/summary-1.json").path

    /// Holds summaries against the schema: no key may be there that it does not tell of; of one that was written just now every key has to be
    /// there, but those of which it says when they are.
    private func validate(_ kind: String, _ files: [URL]) async throws {
      let done = try await validator(kind, files)
      #expect(done.code == 0, "\(done.output)\(done.errors)")
    }

    private func validator(_ kind: String, _ files: [URL]) async throws -> Programs.Finished {
      let python = try PythonTools(environment: "python-ci").path("python3")
      let script = Programs.fixtures.appendingPathComponent("ci/validate.py").path
      return try await Programs.run(python, [script, Self.schema, kind] + files.map(\.path))
    }

    /// Makes a run against a Python server of the fixtures, and holds what it writes against the schema.
    private func fixture(_ script: String, _ switches: [String], _ flags: [String]) async throws -> RunFolder {
      try await withTemporaryFolder { folder in
        let path = Programs.fixtures.appendingPathComponent(script).path
        return try await RunningProgram.with("/usr/bin/env", ["python3", path] + switches) { _, url in
          try await run(folder, ["run", url, "--order-timeout", "1s"] + flags)
        }
      }
    }

    /// Makes a run whatever becomes of it, and holds what it writes against the schema.
    private func run(_ folder: URL, _ arguments: [String]) async throws -> RunFolder {
      let done = try await Programs.run(Programs.loadgen, arguments + ["-q", "-o", "\(folder.path)/run"])
      let file = folder.appendingPathComponent("run/summary.json")
      #expect(FileManager.default.fileExists(atPath: file.path), "\(done.output)\(done.errors)")
      try await validate("as-written", [file])
      return try RunFolder(folder.appendingPathComponent("run"))
    }

    private func entries(_ run: RunFolder, _ name: String) -> Int { (run.summary[name] as? [Any])?.count ?? -1 }

    @Test("A run with a program of its own, stages, other traffic and labels keeps to it")
    func everything() async throws {
      try await withTemporaryFolder { folder in
        let run = try await run(
          folder,
          [
            "run", "--serve", "'\(Programs.orderServer)' --port {port} --store memory --service-time 1ms", "http://127.0.0.1:{port}",
            "--rate",
            "0/s..30/s over 1s, 30/s for 1s", "--mix", "cancel=20%,list=20%,invalid=10%", "--label", "commit=4be1c09",
          ])
        #expect(entries(run, "stages") == 2 && entries(run, "traffic") >= 3)
      }
    }

    @Test("A run that is refused, lied to, and left without answers keeps to it")
    func wrong() async throws {
      let run = try await fixture(
        "fake_order_server.py",
        [
          "--port", "0", "--refuse", "0.2", "--stick", "0.2", "--forget", "0.1", "--answer", "500", "--answer-share", "0.2", "--answer-on",
          "poll", "--lie", "total=3", "--workers", "unlimited",
        ], ["-n", "40", "--exclusive"])
      #expect(run.auditVerdict == "contradicted" && entries(run, "errors") > 1, "\(run.findings)")
    }

    @Test("A run whose requests time out keeps to it")
    func timeouts() async throws {
      let run = try await fixture("hostile_server.py", ["stall", "--after", "5"], ["-n", "10", "-c", "2", "--request-timeout", "500ms"])
      #expect(run.errors(phase: "create", kind: "timeout") > 0)
    }

    @Test("A run whose target dies keeps to it")
    func dead() async throws {
      let run = try await fixture("fake_order_server.py", ["--port", "0", "--die-after", "5"], ["-n", "40", "-c", "2"])
      #expect(run.errors(phase: "create", kind: "refused") > 0)
    }

    @Test("A run whose target sets cookies keeps to it")
    func cookies() async throws {
      let run = try await fixture("peer_orders.py", ["--sticky"], ["-n", "20"])
      #expect(run.summary["cookies"] is [String: Any])
    }

    @Test("A run whose orders nobody follows keeps to it, and one whose figures are of requests, too")
    func figures() async throws {
      let plain = try String(contentsOf: Programs.fixtures.appendingPathComponent("exporters/order_server.yaml"), encoding: .utf8)
      try await RunningProgram.server(["--store", "memory", "--workers", "unlimited", "--service-time", "1ms"]) { url in
        try await withTemporaryFolder { folder in
          let run = try await run(folder, ["run", url, "-n", "40", "-c", "4", "--no-follow", "--order-timeout", "5s"])
          #expect(run.summary["ends_by_counts"] is [String: Any])
        }
        try await withTemporaryFolder { folder in
          let dialect = folder.appendingPathComponent("dialect.yaml")
          try Data(plain.replacing("  format: prometheus\n", with: "  format: prometheus\n  requests: order_server\n").utf8).write(
            to: dialect)
          let run = try await run(folder, ["run", url, "-n", "40", "-c", "4", "--dialect", dialect.path, "--mix", "invalid=20%"])
          #expect((run.audit["checks"] as? [[String: Any]])?.contains { ($0["name"] as? String)?.contains("http_request") == true } == true)
        }
      }
    }

    @Test("A simulated run keeps to it, also where things go wrong on the way")
    func simulated() async throws {
      try await withTemporaryFolder { folder in
        let run = try await run(
          folder, ["simulate", "-n", "100", "--workers", "2", "--service-time", "exponential:1s", "--faults", "reset=5%,vanished=1%"])
        #expect(run.summary["simulation"] is [String: Any])
      }
    }

    @Test("A run that is interrupted keeps to it")
    func interrupted() async throws {
      try await withTemporaryFolder { folder in
        try await RunningProgram.server(["--store", "memory", "--workers", "unlimited", "--service-time", "1h"]) { url in
          let loadgen = try await RunningProgram.start(
            Programs.loadgen, ["run", url, "--rate", "100/s", "-d", "10m", "-o", "\(folder.path)/run"])
          try await until { try await metric("total_orders", at: url) >= 30 }
          loadgen.signal(SIGINT)
          #expect(await loadgen.ended() == 105)
          try await validate("as-written", [folder.appendingPathComponent("run/summary.json")])
        }
      }
    }

    @Test("Summaries of earlier dates, and the sample, have no key that it does not tell of")
    func earlier() async throws {
      let folder = Programs.fixtures.appendingPathComponent("summaries")
      let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      #expect(files.count >= 2)
      let sample = Programs.fixtures.deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(
        "reports/sample/summary.json")
      try await validate("of-earlier", files + [sample])
    }

    @Test(
      "What a summary may not be is not let through by it",
      arguments: [
        (#""schema_version": 1"#, #""schema_version": 2"#, "schema_version"), (#""verdict": "pass""#, #""verdict": "fine""#, "verdict"),
        (#""scheduled": "#, #""scheduled": -"#, "orders.scheduled"), (#""scheduled": "#, #""planned": 1, "scheduled": "#, "planned"),
        (#""significant_digits": 3"#, #""significant_digits": 2"#, "significant_digits"), (#""submitted": "#, #""sent": "#, "submitted"),
        (#""exit_code": 0"#, #""exit_code": "0""#, "exit_code"), (#""p50": "#, #""p50": "fast", "p51": "#, "p50"),
      ])
    func refuses(old: String, new: String, named: String) async throws {
      try await withTemporaryFolder { folder in
        let file = folder.appendingPathComponent("summary.json")
        let sample = Programs.fixtures.appendingPathComponent("summaries/2026-11-30.json")
        let text = String(decoding: try Data(contentsOf: sample), as: UTF8.self)
        let changed = text.replacing(old, with: new)
        #expect(changed != text)
        try Data(changed.utf8).write(to: file)
        let done = try await self.validator("of-earlier", [file])
        #expect(done.code == 1 && done.output.contains(named), "\(done.output)\(done.errors)")
      }
    }
  }
}
