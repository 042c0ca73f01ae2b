import Foundation
import Testing

extension EndToEnd.LoadGen {
  @Suite("Poll and connection policy")
  struct PolicyTests {
    @Test(
      "Under --max-polls no more polls are sent than it allows, every order is followed to its end, and the report says what held them up",
      arguments: [1, 2])
    func maxPolls(loops: Int) async throws {
      try await withTemporaryFolder { folder in
        try await RunningProgram.server(["--store", "memory", "--workers", "unlimited", "--service-time", "2s"]) { url in
          let done = try await Programs.loadgen(
            "run", url, "-n", "60", "-c", "20", "--poll", "10ms", "--poll-first", "50ms", "--poll-jitter", "20%", "--max-polls", "40/s",
            "--event-loops", "\(loops)", "-o", "\(folder.path)/run")
          #expect(done.code == 0, "\(done.output)\(done.errors)")
          let run = try RunFolder(folder.appendingPathComponent("run"))
          run.expectConservation()
          #expect(run.orders("completed") == 60)
          #expect(run.auditVerdict == "consistent", "\(run.findings)")
          let polls = try #require(run.summary["polls"] as? [String: Any])
          let count = try #require(polls["count"] as? Int)
          let duration = try #require((run.summary["run"] as? [String: Any])?["duration"] as? Double)
          #expect(count >= 60)
          #expect(Double(count) <= 40 * duration + Double(loops), "\(count) polls in \(duration) s")
          let share = try #require(polls["share"] as? Double)
          #expect(abs(share - Double(count) / Double(count + 60)) < 1e-9)
          #expect((polls["delayed"] as? [String: Int])?["cap"] ?? 0 > 0)
          #expect((run.summary["latency"] as? [String: Any])?["poll_gap"] != nil)
          #expect(done.output.contains("waited for their turn under --max-polls"), "\(done.output)")
        }
      }
    }

    @Test("Under --audit-precision a sample is polled densely, and the averages are held against what it tells of all orders")
    func auditPrecision() async throws {
      try await withTemporaryFolder { folder in
        let server = ["--store", "memory", "--workers", "unlimited", "--service-time", "uniform:100ms..900ms"]
        try await RunningProgram.server(server) { url in
          let done = try await Programs.loadgen(
            "run", url, "--rate", "60/s", "-d", "6s", "--poll", "1s", "--audit-precision", "50ms:60%", "--exclusive",
            "-o", "\(folder.path)/run")
          #expect(done.code == 0, "\(done.output)\(done.errors)")
          let run = try RunFolder(folder.appendingPathComponent("run"))
          run.expectConservation()
          #expect(run.auditVerdict == "consistent", "\(run.findings)")
          let some = try #require(run.check("average_completion_time by sample"))
          #expect(some["verdict"] as? String == "consistent")
          // By plain polls each order is known to a second; what a sample of 216 tells of all is known to a fraction of that.
          #expect(try #require(some["resolution"] as? Double) < 0.8)
        }
        let refused = try await Programs.loadgen("run", "http://127.0.0.1:1", "--poll", "10ms", "--audit-precision", "10ms")
        #expect(refused.code == 104, "\(refused.errors)")
        #expect(refused.errors.contains("it must be shorter than the gap of --poll, which is 10ms"), "\(refused.errors)")
      }
    }

    @Test(
      "A connection for each request, or for a few, or one after another, makes no difference to what is found",
      arguments: [
        ["--no-keep-alive"], ["--max-requests-per-connection", "3"], ["--connect-ramp", "300ms"],
        ["--no-keep-alive", "--connections", "2", "--event-loops", "2"],
      ])
    func connections(flags: [String]) async throws {
      try await withTemporaryFolder { folder in
        try await RunningProgram.server(["--store", "memory", "--workers", "unlimited", "--service-time", "20ms"]) { url in
          let done = try await Programs.run(
            Programs.loadgen, ["run", url, "-n", "200", "-c", "10", "--poll", "20ms", "-o", "\(folder.path)/run"] + flags)
          #expect(done.code == 0, "\(done.output)\(done.errors)")
          let run = try RunFolder(folder.appendingPathComponent("run"))
          run.expectConservation()
          #expect(run.orders("completed") == 200)
          #expect((run.summary["errors"] as? [Any])?.isEmpty == true)
          #expect(run.auditVerdict == "consistent", "\(run.findings)")
        }
      }
    }
  }
}
