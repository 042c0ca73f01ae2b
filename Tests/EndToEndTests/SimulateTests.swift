import Foundation
import Testing

extension EndToEnd.LoadGen {
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

    @Test("A report's folder may have a name of one letter")
    func shortName() async throws {
      try await withTemporaryFolder { folder in
        let flags = ["simulate", "-n", "5", "-q", "-o", "r"]
        let done = try await Programs.run("/usr/bin/env", ["-C", folder.path, Programs.loadgen] + flags)
        #expect(done.code == 0, "\(done.output)\(done.errors)")
        #expect(try RunFolder(folder.appendingPathComponent("r")).orders("completed") == 5)
      }
    }

    @Test("An order whose poll the cap holds back is given up at twice its timeout all the same")
    func heldPolls() async throws {
      try await withTemporaryFolder { folder in
        let (done, run) = try await simulate(
          folder, "held", "-n", "10", "-c", "10", "--workers", "1", "--service-time", "1h", "--order-timeout", "2s", "--max-polls", "1/h")
        #expect(done.code == 99, "\(done.output)\(done.errors)")
        #expect(run.orders("timed_out") == 10, "\(done.output)")
        let duration = try #require((run.summary["run"] as? [String: Any])?["duration"] as? Double)
        #expect(duration < 5, "\(duration)")
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

    @Test("Of a load in stages it is said how far the backlog grows, and what is left of it at the end")
    func unstableForAWhile() async throws {
      try await withTemporaryFolder { folder in
        let (done, run) = try await simulate(
          folder, "stages", "--rate", "0/s..200/s over 1m, 20/s for 2m", "--workers", "8", "--service-time", "100ms", "--order-timeout",
          "1h")
        #expect(done.code == 0, "\(done.output)\(done.errors)")
        // By hand: from 24 s on more arrive than leave; ∫(200/60·t − 80) dt from 24 to 60 is 2160.
        #expect(done.errors.contains("unstable for a part of the load: up to 200/s"), "\(done.errors)")
        #expect(done.errors.contains(/grows to about 21[56]\d orders after 1m00s, and is about 0 at the end/), "\(done.errors)")
        #expect(run.orders("completed") == 8_400)
      }
    }

    @Test("What goes wrong on the way and at the door is simulated: orders are lost sight of, put back, and told truly")
    func trouble() async throws {
      try await withTemporaryFolder { folder in
        let (done, run) = try await simulate(
          folder, "trouble", "--rate", "50/s", "-n", "2000", "--service-time", "exponential:100ms", "--faults",
          "reset=1%,lost-answer=1%,failed=1%,stale-close=2%", "--restarts", "10s+1s", "--stalls", "20s+500ms", "--clock-rate", "300ppm",
          "--retry-after", "150ms", "--metrics-age", "0s", "--no-threshold", "errors", "--no-threshold", "polls", "--exclusive")
        #expect(done.code == 0, "\(done.output)\(done.errors)")
        #expect(run.orders("ambiguous") > 20)
        #expect(run.orders("errored") > 20)
        #expect(run.orders("completed") + run.orders("ambiguous") + run.orders("errored") == 2_000)
        #expect(done.output.contains("every range above holds the true time of its order"), "\(done.output)")
        for report in ["report.html", "report.md"] {
          let text = try String(contentsOf: folder.appending(path: "trouble").appending(path: report), encoding: .utf8)
          #expect(text.contains("true mean wait") && text.contains("restarts 10s+1s"), "\(report)")
        }
      }
    }

    @Test("A system with accounts, tokens that expire, and a list for its metrics is simulated like any other")
    func marketplace() async throws {
      try await withTemporaryFolder { folder in
        let (done, run) = try await simulate(
          folder, "marketplace", "--dialect", "marketplace", "--accounts", "3", "--rate", "20/s", "-n", "400", "--service-time",
          "exponential:300ms", "--access-token-lifetime", "5s", "--exclusive")
        #expect(done.code == 0, "\(done.output)\(done.errors)")
        #expect(run.orders("completed") == 400)
        #expect(run.auditVerdict == "consistent", "\(run.findings)")
        // Each account logs in at the beginning, and again and again in the twenty seconds.
        let login = try #require((run.summary["latency"] as? [String: Any])?["login"] as? [String: Any])
        #expect(login["count"] as? Int ?? 0 >= 3 * 2 + 3 * 3)
      }
    }

    @Test("The system is set by file, variable and flag, the later winning; a run over the network has no use for that, and says so")
    func systemSettings() async throws {
      try await withTemporaryFolder { folder in
        let file = folder.appendingPathComponent("model.yaml")
        try Data("orders: 5\nworkers: 2\nservice-time: 20ms\nretry-after: 1s\n".utf8).write(to: file)
        let report = folder.appendingPathComponent("report")
        let environment = ["LOADGEN_WORKERS": "3", "LOADGEN_SERVICE_TIME": "30ms"]
        let done = try await Programs.run(
          Programs.loadgen, ["simulate", file.path, "-q", "-o", report.path, "--workers", "4"], environment: environment)
        #expect(done.code == 0 && done.errors == "", "\(done.output)\(done.errors)")
        let target = try #require((RunFolder(report).summary["run"] as? [String: Any])?["target"] as? [String: Any])
        let version = try #require(target["version"] as? String)
        for part in ["4 workers", "service time 30ms", "Retry-After 1s"] { #expect(version.contains(part), "\(version)") }
        let wrong = try await Programs.run(Programs.loadgen, ["simulate", file.path], environment: ["LOADGEN_WORKERS": "0"])
        #expect(wrong.code == 104 && wrong.errors.contains("LOADGEN_WORKERS: '0' is not a number of workers"), "\(wrong.errors)")
        let run = try await Programs.run(
          Programs.loadgen, ["run", file.path, "--target", "http://127.0.0.1:1"], environment: ["LOADGEN_STALLS": "1s+1s"])
        #expect(run.code == 104 && run.errors.contains("cannot be reached"), "\(run.errors)")
        for place in ["\(file.path):2: workers", "\(file.path):3: service-time", "LOADGEN_STALLS"] {
          let note = "loadgen: note: \(place) is of 'loadgen simulate' alone, so that it changes nothing here\n"
          #expect(run.errors.contains(note), "\(run.errors)")
        }
      }
    }

    @Test("The self-test's runs hold, a seed's run can be made again, and what makes no sense is refused")
    func selfTest() async throws {
      let some = try await Programs.run(Programs.loadgen, ["self-test", "--from", "70000", "--runs", "30"])
      #expect(some.code == 0 && some.output.contains("30 random runs from seed 70000: all held"), "\(some.output)\(some.errors)")
      let one = try await Programs.run(Programs.loadgen, ["self-test", "--seed", "7"])
      #expect(one.code == 0 && one.output.contains("1 random run from seed 7: all held"), "\(one.output)\(one.errors)")
      let both = try await Programs.run(Programs.loadgen, ["self-test", "--seed", "7", "--runs", "3"])
      #expect(both.code == 104 && both.errors.contains("--seed is one run"), "\(both.errors)")
    }

    @Test(
      "What cannot be simulated is refused in words",
      arguments: [
        (["--service-time", "exponential:0s"], "its mean must be greater than zero"),
        (["--service-time", "uniform:2s..1s"], "its lower end lies above its upper end"),
        (["--network-delay", "-1ms"], "--network-delay"), (["--workers", "0"], "--workers"),
        (["--serve", "order-server"], "--serve starts a real program"), (["--batch-every", "0s"], "--batch-every"),
        (["--failure-rate", "120%"], "--failure-rate"), (["http://127.0.0.1:8000"], "a simulation has no target"),
        (["--faults", "fire=1%"], "lost-answer"),
        (["--restarts", "10s"], "as in 10s+2s"), (["--clock-rate", "fast"], "200ppm"), (["--others-orders", "0s"], "--others-orders"),
      ])
    func refusals(flags: [String], words: String) async throws {
      let done = try await Programs.run(Programs.loadgen, ["simulate", "-n", "5", "--no-report"] + flags)
      #expect(done.code == 104, "\(done.output)")
      #expect(done.errors.contains(words), "\(done.errors)")
    }
  }
}
