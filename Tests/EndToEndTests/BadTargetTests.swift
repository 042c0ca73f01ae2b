import Foundation
import Testing

extension EndToEnd.Targets {
  @Suite("A target that misbehaves")
  struct BadTargetTests {
    @Test(
      "Answers that are none are counted by kind, and the run goes on",
      arguments: [("html", "http_status"), ("garbage", "bad_response"), ("half", "closed"), ("close", "closed"), ("500", "http_status")])
    func spoiltCreates(how: String, kind: String) async throws {
      try await withTemporaryFolder { folder in
        try await RunningProgram.fake([
          "--service-time", "0.02", "--workers", "unlimited", "--answer", how, "--answer-share", "0.2", "--answer-on", "create",
        ]) { url in
          let done = try await Programs.loadgen(
            "run", url, "-n", "200", "-c", "10", "--poll", "50ms", "--no-threshold", "errors", "-o", "\(folder.path)/run", "--exclusive")
          #expect(done.code == 0, "\(done.output)\(done.errors)")
          let run = try RunFolder(folder.appendingPathComponent("run"))
          run.expectConservation()
          #expect(run.orders("ambiguous") > 0)
          #expect(run.errors(phase: "create", kind: kind) == run.orders("ambiguous"))
          #expect(run.orders("completed") == run.orders("accepted"))
          #expect(run.auditVerdict == "consistent", "\(run.findings)")
        }
      }
    }

    @Test(
      "Polls without a usable answer are asked again until the order has ended", arguments: ["html", "garbage", "half", "close", "500"])
    func spoiltPolls(how: String) async throws {
      try await withTemporaryFolder { folder in
        try await RunningProgram.fake([
          "--service-time", "0.05", "--workers", "unlimited", "--answer", how, "--answer-share", "0.3", "--answer-on", "poll",
        ]) { url in
          let done = try await Programs.loadgen(
            "run", url, "-n", "100", "-c", "10", "--poll", "20ms", "--no-threshold", "polls", "-o",
            "\(folder.path)/run")
          #expect(done.code == 0, "\(done.output)\(done.errors)")
          let run = try RunFolder(folder.appendingPathComponent("run"))
          #expect(run.orders("completed") == 100)
          #expect(run.auditVerdict == "consistent", "\(run.findings)")
        }
      }
    }

    @Test("A target that answers only errors does not pass")
    func onlyErrors() async throws {
      try await withTemporaryFolder { folder in
        try await RunningProgram.fake(["--only-errors"]) { url in
          let done = try await Programs.loadgen("run", url, "-n", "50", "-o", "\(folder.path)/run")
          #expect(done.code == 99, "\(done.output)\(done.errors)")
          let run = try RunFolder(folder.appendingPathComponent("run"))
          #expect(run.verdict == "fail")
          #expect(run.orders("accepted") == 0)
        }
      }
    }

    @Test(
      "A target that dies at once, or soon, does not pass",
      arguments: [["--die-at-once", "listening"], ["--die-at-once"], ["--die-after", "20"]])
    func dies(how: [String]) async throws {
      try await withTemporaryFolder { folder in
        let command = "python3 '\(Programs.fakeServer)' --port {port} --service-time 0.02 " + how.joined(separator: " ")
        let done = try await Programs.loadgen(
          "run", "--serve", command, "-n", "100", "-c", "5", "--order-timeout", "2s", "--ready-timeout", "20s", "-o", "\(folder.path)/run")
        #expect(done.code != 0)
        #expect([99, 104, 120].contains(done.code), "\(done.output)\(done.errors)")
      }
    }

    @Test("A program that was served is stopped, and how it ended is reported")
    func served() async throws {
      try await withTemporaryFolder { folder in
        let command = "'\(Programs.orderServer)' --port {port} --store memory --service-time 5ms"
        let done = try await Programs.loadgen("run", "--serve", command, "-n", "50", "-o", "\(folder.path)/run")
        #expect(done.code == 0, "\(done.output)\(done.errors)")
        let run = try RunFolder(folder.appendingPathComponent("run"))
        let served = (run.summary["run"] as? [String: Any])?["served"] as? [String: Any]
        #expect(served?["exit"] as? String == "exited with 0")
        let target = ((run.summary["run"] as? [String: Any])?["target"] as? [String: Any])?["url"] as? String ?? ""
        #expect(await (try? document(target + "/metrics")) == nil, "it does not answer any more")
      }
    }
  }
}
