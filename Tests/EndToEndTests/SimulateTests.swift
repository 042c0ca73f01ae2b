import Foundation
import Testing

extension EndToEnd {
  @Suite("loadgen simulate")
  struct SimulateTests {
    private func simulate(_ folder: URL, _ name: String, _ flags: String...) async throws -> (done: Programs.Finished, run: RunFolder) {
      let report = folder.appendingPathComponent(name)
      let done = try await Programs.run(Programs.loadgen, ["simulate", "-o", report.path] + flags)
      return (done, try RunFolder(report))
    }

    @Test("Ten minutes of eight busy workers are simulated, audited, and reported as a run over the network is")
    func eightWorkers() async throws {
      try await withTemporaryFolder { folder in
        let (done, run) = try await simulate(
          folder, "eight", "--rate", "7/s", "--arrivals", "poisson", "--workers", "8", "--service-time", "exponential:1s", "-d", "10m",
          "--seed", "7")
        #expect(done.code == 0, "\(done.output)\(done.errors)")
        #expect(done.errors == "")
        run.expectConservation()
        #expect(run.auditVerdict == "consistent", "\(run.findings)")
        let simulation = try #require(run.summary["simulation"] as? [String: Any])
        #expect(simulation["outside"] as? Int == 0)
        let completion = try #require(simulation["completion"] as? [String: Any])
        #expect(completion["count"] as? Int == run.orders("completed"))
        // Erlang C says a mean wait of 0.68 s at 7/8 of the capacity; ten minutes say about that.
        let wait = try #require(simulation["mean_wait"] as? Double)
        #expect((0.1...3).contains(wait), "\(wait)")
        let target = try #require((run.summary["run"] as? [String: Any])?["target"] as? [String: Any])
        #expect((target["version"] as? String)?.contains("8 workers, service time exponential:1s") == true)
      }
    }

    @Test("The same seed gives the same summary, but for when and where it was made")
    func replay() async throws {
      try await withTemporaryFolder { folder in
        var summaries: [NSDictionary] = []
        for name in ["first", "second"] {
          let flags = [
            "--rate", "50/s", "--arrivals", "poisson", "-n", "3000", "--poll-jitter", "20%", "--service-time", "lognormal:50ms,1",
          ]
          // In one place after another: the place is among the settings.
          let report = folder.appendingPathComponent("report")
          let done = try await Programs.run(Programs.loadgen, ["simulate", "-o", report.path, "--seed", "11"] + flags)
          #expect(done.code == 0, "\(name): \(done.output)\(done.errors)")
          var summary = try RunFolder(report).summary
          try FileManager.default.removeItem(at: report)
          var run = try #require(summary["run"] as? [String: Any])
          for key in ["id", "started_at"] { run[key] = nil }
          summary["run"] = run
          var generator = try #require(summary["generator"] as? [String: Any])
          for key in ["cpu_seconds", "peak_memory_bytes"] { generator[key] = nil }
          summary["generator"] = generator
          summary["environment"] = nil
          summaries.append(summary as NSDictionary)
        }
        #expect(summaries[0] == summaries[1])
      }
    }

    @Test("A system that cannot keep up is said to be one before it is simulated, with how fast its backlog grows")
    func unstable() async throws {
      try await withTemporaryFolder { folder in
        let (done, run) = try await simulate(
          folder, "unstable", "--rate", "10/s", "--workers", "8", "--service-time", "exponential:1s", "-n", "600", "--order-timeout", "1h")
        #expect(done.code == 0, "\(done.output)\(done.errors)")
        #expect(done.errors.contains("unstable"), "\(done.errors)")
        #expect(done.errors.contains("1.25 times the time of its 8 workers"), "\(done.errors)")
        #expect(done.errors.contains("grows by 2 orders a second, to about 120"), "\(done.errors)")
        #expect(run.orders("completed") == 600)
      }
    }

    @Test(
      "What cannot be simulated is refused in words",
      arguments: [
        (["--service-time", "exponential:0s"], "its mean must be greater than zero"),
        (["--service-time", "uniform:2s..1s"], "its lower end lies above its upper end"),
        (["--network-delay", "-1ms"], "--network-delay"), (["--workers", "0"], "--workers"),
        (["--serve", "order-server"], "--serve starts a real program"), (["--batch-every", "0s"], "--batch-every"),
        (["--failure-rate", "120%"], "--failure-rate"), (["http://127.0.0.1:8000"], "a simulation has no target"),
        (["--dialect", "marketplace"], "no list of orders"),
      ])
    func refusals(flags: [String], words: String) async throws {
      let done = try await Programs.run(Programs.loadgen, ["simulate", "-n", "5", "--no-report"] + flags)
      #expect(done.code == 104, "\(done.output)")
      #expect(done.errors.contains(words), "\(done.errors)")
    }
  }
}
