import Foundation
import Testing

extension EndToEnd.Targets {
  @Suite("The audit, against a server that lies")
  struct AuditTests {
    /// Runs against a fake server.
    private func run(server: [String], _ flags: [String]) async throws -> (code: Int32, run: RunFolder, output: String) {
      try await withTemporaryFolder { folder in
        try await RunningProgram.fake(server) { url in
          let done = try await Programs.run(Programs.loadgen, ["run", url, "-o", "\(folder.path)/run"] + flags)
          let place = folder.appendingPathComponent("run")
          guard FileManager.default.fileExists(atPath: place.path) else {
            Issue.record("\(done.output)\(done.errors)")
            throw NeverTrue()
          }
          return (done.code, try RunFolder(place), done.output)
        }
      }
    }

    private let quick = ["--service-time", "0.02", "--workers", "unlimited"]

    @Test("An honest server is acquitted, whatever is declared about others", arguments: [[], ["--exclusive"], ["--shared-target"]])
    func honest(flags: [String]) async throws {
      let (code, run, output) = try await run(server: quick + ["--start-with", "7"], ["-n", "200", "--poll", "20ms"] + flags)
      #expect(code == 0, "\(output)")
      #expect(run.auditVerdict == "consistent", "\(run.findings)")
    }

    @Test("One order too few is a contradiction: 120, with the claim and what it could have been, in words")
    func oneTooFew() async throws {
      let (code, run, output) = try await run(server: quick + ["--lie", "total=-1"], ["-n", "200", "--poll", "20ms"])
      #expect(code == 120)
      #expect(run.outcomes.contains("contradiction"))
      let check = try #require(run.check("total_orders"))
      #expect(check["verdict"] as? String == "contradicted")
      let sentence = try #require(check["sentence"] as? String)
      #expect(sentence.contains("total_orders was ") && sentence.contains("must have been"), "\(sentence)")
      #expect(output.contains("must have been"), "the terminal says it, too")
    }

    @Test("An average that is 20 % off is a contradiction where polls are much finer than the service time")
    func wrongAverage() async throws {
      // Where the machine stands still no polls are so fine, and the upper end says so itself.
      func isCoarse(_ made: (code: Int32, run: RunFolder, output: String)) -> Bool {
        (made.run.check("average_processing_time")?["upper"] as? Double ?? 0) >= 2.39
      }
      let (code, run, _) = try await again(while: isCoarse) {
        try await self.run(
          server: ["--service-time", "2", "--workers", "unlimited", "--lie", "average=1.2"],
          ["-c", "10", "-n", "100", "--poll", "50ms"])
      }
      #expect(code == 120)
      let check = try #require(run.check("average_processing_time"))
      #expect(check["verdict"] as? String == "contradicted", "\(check)")
      let upper = try #require(check["upper"] as? Double)
      #expect(upper >= 2 && upper < 2.4)
    }

    @Test("The same lie is no contradiction where polls are far coarser, and the report says how small a lie could have been seen")
    func averageBelowResolution() async throws {
      let (code, run, output) = try await run(
        server: quick + ["--lie", "average=1.2"], ["-c", "10", "-n", "50", "--poll", "500ms"])
      #expect(code == 0, "\(output)")
      let check = try #require(run.check("average_processing_time"))
      #expect(check["verdict"] as? String == "consistent")
      let resolution = try #require(check["resolution"] as? Double)
      #expect(resolution > 0.2 * 0.02, "it claims to see no lie as small as this one")
      #expect((check["sentence"] as? String)?.contains("would have been seen") == true)
    }

    @Test("One order too many is unexplained, and no failure, unless nobody else sends orders")
    func oneTooMany() async throws {
      let lie = quick + ["--lie", "total=+1", "--lie-moves-counts"]
      let open = try await run(server: lie, ["-n", "200", "--poll", "20ms"])
      #expect(open.code == 0, "\(open.output)")
      #expect(open.run.auditVerdict == "unexplained", "\(open.run.findings)")
      let exclusive = try await run(server: lie, ["-n", "200", "--poll", "20ms", "--exclusive"])
      #expect(exclusive.code == 120)
      #expect(exclusive.run.auditVerdict == "contradicted")
    }

    @Test("Orders that the server forgets are lost, and fail the run")
    func forgotten() async throws {
      let (code, run, _) = try await run(
        server: ["--service-time", "0.2", "--workers", "unlimited", "--forget", "0.2"], ["-n", "100", "--poll", "20ms"])
      #expect(code == 120 || code == 99)
      #expect(run.outcomes.contains("threshold"))
      #expect(run.orders("lost") > 0)
      run.expectConservation()
    }

    @Test("Metrics that cannot be had for a while end nothing, and say nothing", arguments: ["500", "html", "garbage", "half", "close"])
    func brokenMetrics(how: String) async throws {
      let (code, run, output) = try await run(
        server: quick + ["--metrics", how, "--metrics-every", "2"], ["--rate", "50/s", "-d", "3s", "--poll", "50ms"])
      #expect(code == 0, "\(output)")
      #expect(run.orders("completed") == 150)
      #expect(run.auditVerdict == "consistent", "\(run.findings)")
    }

    @Test(
      "Figures that are gone from an answer that was had, although there were orders, are a contradiction; the run goes on",
      arguments: [
        ("missing", "not there"), ("null", "null"), ("word", "no number"), ("nothing", "not there"),
      ])
    func vanished(how: String, words: String) async throws {
      let (code, run, output) = try await run(
        server: quick + ["--metrics", how, "--metrics-every", "2"], ["--rate", "50/s", "-d", "3s", "--poll", "50ms"])
      #expect(code == 120, "\(output)")
      #expect(run.orders("completed") == 150)
      let check = try #require(run.check("total_orders"))
      #expect(check["verdict"] as? String == "contradicted" && check["claimed_text"] as? String == words, "\(check)")
      let sentence = try #require(check["sentence"] as? String)
      #expect(sentence.contains("total_orders was \(words) at ") && sentence.contains("must have been counted"), "\(sentence)")
    }

    @Test(
      "What is pending told as processing is a lie where nothing can be put back, or only by a restart, and none has been",
      arguments: [([], 120), (["any"], 0)] as [([String], Int32)])
    func swapped(requeue: [String], code: Int32) async throws {
      try await withTemporaryFolder { folder in
        var flags = ["-n", "45", "--rate", "50/s", "--poll", "50ms", "--exclusive"]
        if let requeue = requeue.first {
          let file = folder.appendingPathComponent("shop.yaml")
          try Data("name: shop\nlike: standard\nassumptions: {requeue: \(requeue)}\n".utf8).write(to: file)
          flags += ["--dialect", file.path]
        }
        let (ended, run, output) = try await run(
          server: ["--service-time", "1.5", "--workers", "8", "--metrics", "swapped", "--metrics-from", "2"], flags)
        #expect(ended == code, "\(output)")
        #expect(run.check("status_counts.processing")?["verdict"] as? String == (code == 0 ? "consistent" : "contradicted"))
        #expect(run.check("pending + processing")?["verdict"] as? String == "consistent")
      }
    }

    @Test("An order that is pending again although nothing was restarted is a contradiction: 120, with an example of one")
    func wentBack() async throws {
      let (code, run, output) = try await run(
        server: ["--service-time", "0.6", "--workers", "unlimited", "--back", "0.3"],
        ["-n", "40", "--rate", "40/s", "--poll", "100ms"])
      #expect(code == 120, "\(output)")
      let sentence = try #require(run.check("orders that went back")?["sentence"] as? String)
      #expect(sentence.contains("and must have been 0. If a proxy"), "\(sentence)")
      #expect(output.contains("orders that went back"), "\(output)")
    }

    @Test("An answer about another order than the one that was asked for is a contradiction, and shows nothing of that order")
    func another() async throws {
      let (code, run, output) = try await run(
        server: ["--service-time", "0.4", "--workers", "unlimited", "--another", "0.1"],
        ["-n", "60", "--rate", "60/s", "--poll", "50ms", "--exclusive"])
      #expect(code == 120, "\(output)")
      #expect(run.check("answers about another order")?["verdict"] as? String == "contradicted", "\(run.findings)")
      for claim in ["total_orders", "status_counts.processing", "status_counts.completed", "average_completion_time"] {
        #expect(run.check(claim)?["verdict"] as? String == "consistent", "\(run.findings)")
      }
      #expect(output.contains("about another order than '"), "\(output)")
    }

    @Test("Ends that are stamped before they can be seen explain means that are too short, and are none where that is declared")
    func stampedEarly() async throws {
      let server = ["--service-time", "0.6", "--workers", "unlimited", "--stamp-early", "0.2"]
      let load = ["-n", "60", "--rate", "60/s", "--poll", "20ms", "--exclusive"]
      // Where the machine stands still no polls are so fine.
      let (code, run, output) = try await again(while: { $0.code == 0 }) { try await self.run(server: server, load) }
      #expect(code == 120, "\(output)")
      let sentence = try #require(run.check("average_completion_time")?["sentence"] as? String)
      #expect(sentence.contains("say stamp_lead: ") && sentence.hasSuffix("in the dialect"), "\(sentence)")
      try await withTemporaryFolder { folder in
        let file = folder.appendingPathComponent("shop.yaml")
        try Data("name: shop\nlike: standard\nassumptions: {stamp_lead: 250ms}\n".utf8).write(to: file)
        let declared = try await self.run(server: server, load + ["--dialect", file.path])
        #expect(declared.code == 0, "\(declared.output)")
      }
    }

    @Test("Figures that are told again for a while are no lie where their Age says so, and one where nothing does")
    func age() async throws {
      let cached = quick + ["--start-with", "7", "--metrics-cache", "1.4"]
      let load = ["--rate", "50/s", "-d", "6s", "--poll", "20ms", "--exclusive"]
      let told = try await run(server: cached, load)
      #expect(told.code == 0, "\(told.output)")
      #expect(told.run.auditVerdict == "consistent", "\(told.run.findings)")
      let untold = try await run(server: cached + ["--without-age"], load)
      #expect(untold.code == 120, "\(untold.output)")
    }

    @Test("A cache of less than a second is seen through while the load lasts, although our own readings renew it")
    func shortCache() async throws {
      let (code, run, output) = try await run(
        server: quick + ["--metrics-cache", "0.7", "--without-age"], ["--rate", "200/s", "-d", "4s", "--poll", "20ms", "--exclusive"])
      #expect(code == 120, "\(output)")
      let sentence = try #require(run.check("total_orders")?["sentence"] as? String)
      // One that was seen at the end alone would be a single reading.
      #expect(sentence.contains("must have been") && !sentence.contains("(1 of "), "\(sentence)")
    }

    @Test("Metrics that are a document no more, up to the end of the run, are a contradiction: all that they said is gone")
    func noDocument() async throws {
      let (code, run, output) = try await run(
        server: quick + ["--metrics", "html", "--metrics-from", "2"], ["--rate", "50/s", "-d", "3s", "--poll", "50ms"])
      #expect(code == 120, "\(output)")
      let sentence = try #require(run.check("total_orders")?["sentence"] as? String)
      #expect(sentence.contains("total_orders was gone with the whole document at "), "\(sentence)")
      #expect(run.errors(phase: "metrics", kind: "bad_response") > 2, "the last was tried again")
    }

    @Test(
      "Metrics that are never to be had, never a document, or never have a figure, leave the audit not available: 99",
      arguments: ["500", "html", "nothing"])
    func never(how: String) async throws {
      let (code, run, output) = try await run(server: quick + ["--metrics", how], ["--rate", "50/s", "-d", "1s", "--poll", "50ms"])
      #expect(code == 99, "\(output)")
      #expect(run.auditVerdict == "not_available" && output.contains("metrics.readings>0"), "\(output)")
    }
  }
}
