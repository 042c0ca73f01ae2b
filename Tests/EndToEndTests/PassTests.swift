import Foundation
import Testing

extension EndToEnd.LoadGen {
  @Suite("A pass means it")
  struct PassTests {
    /// A run in which nothing good happened, and the rules that say so.
    struct Case: CustomTestStringConvertible {
      var testDescription: String
      var server: [String]
      var isFake = false
      var flags: [String]
      var broken: Set<String>
    }

    static let cases = [
      Case(
        testDescription: "no order ends", server: ["--workers", "1", "--service-time", "1h"],
        flags: ["-n", "20", "--order-timeout", "300ms"], broken: ["timed_out==0", "completed>0"]),
      Case(
        testDescription: "every order fails", server: ["--service-time", "1ms", "--failure-rate", "100%"], flags: ["-n", "20"],
        broken: ["failed.rate<1%", "completed>0"]),
      Case(
        testDescription: "most orders are not sent", server: ["--workers", "unlimited", "--service-time", "2s"],
        flags: ["--rate", "200/s", "-n", "100", "--max-outstanding", "10"], broken: ["not_sent==0"]),
      Case(
        testDescription: "every poll is answered 500", server: ["--answer", "500", "--answer-on", "poll", "--answer-share", "1"],
        isFake: true,
        flags: ["-n", "20", "--order-timeout", "300ms"], broken: ["timed_out==0", "completed>0", "polls.errors.rate<1%"]),
      Case(
        testDescription: "no id can be read", server: ["--service-time", "1ms"], flags: ["-n", "20", "--dialect", "DIALECT"],
        broken: ["untracked==0", "completed>0"]),
      Case(
        testDescription: "no status word is known", server: ["--word", "pending=x", "--word", "processing=y", "--word", "completed=z"],
        isFake: true, flags: ["-n", "20", "--order-timeout", "300ms"], broken: ["unknown_status==0", "completed>0"]),
      Case(
        testDescription: "the metrics are always 500", server: ["--metrics", "500", "--service-time", "0.01"], isFake: true,
        flags: ["-n", "20"],
        broken: ["metrics.readings>0"]),
    ]

    @Test("A run in which nothing good happened does not pass, and the headline names what was left", arguments: cases)
    func fails(of run: Case) async throws {
      try await withTemporaryFolder { folder in
        let dialect = folder.appendingPathComponent("blind.yaml").path
        try Data(
          "like: standard\ncreate: {path: /orders, body: '{\"user_id\":\"u\",\"item_ids\":[\"i\"],\"total_amount\":1}', id: {body: no.where}}\n"
            .utf8
        )
        .write(to: URL(fileURLWithPath: dialect))
        let flags = ["--poll", "20ms", "-o", "\(folder.path)/run"] + run.flags.map { $0 == "DIALECT" ? dialect : $0 }
        func load(_ url: String) async throws {
          let (done, report) = try await again(while: { (made: (done: Programs.Finished, report: RunFolder)) in made.report.isSpoilt }) {
            let done = try await Programs.run(Programs.loadgen, ["run", url] + flags)
            return (done: done, report: try RunFolder(folder.appendingPathComponent("run")))
          }
          #expect(done.code == 99, "\(done.output)\(done.errors)")
          #expect(Set(report.brokenThresholds) == run.broken)
          report.expectConservation()
          let left = try #require(done.output.split(separator: "\n").first { $0.hasPrefix("  ") && $0.contains(" of ") })
          let ofOrders =
            run.broken == ["metrics.readings>0"] || left.contains("orders never ended") || left.contains("orders failed")
            || left.contains("not sent")
          #expect(ofOrders, "\(left)")
          if run.broken.contains("timed_out==0") { #expect(done.output.contains("--order-timeout (300ms)")) }
          // Whoever does not mind says so, by the names of the rules.
          let off = ["completed", "timed_out", "unknown_status", "untracked", "failed", "not_sent", "polls", "metrics"]
          let allowed = try await Programs.run(Programs.loadgen, ["run", url] + flags + off.flatMap { ["--no-threshold", $0] })
          #expect(allowed.code == 0, "\(allowed.output)\(allowed.errors)")
        }
        if run.isFake {
          try await RunningProgram.fake(["--workers", "unlimited"] + run.server) { try await load($0) }
        } else {
          try await RunningProgram.server(["--store", "memory"] + run.server) { try await load($0) }
        }
      }
    }

    @Test("A simulation whose orders pile up does not pass")
    func unstable() async throws {
      let done = try await Programs.loadgen(
        "simulate", "--rate", "20/s", "-d", "10s", "--workers", "1", "--service-time", "1s", "--order-timeout", "5s", "--no-report", "-q")
      #expect(done.code == 99, "\(done.output)\(done.errors)")
      #expect(done.output.contains(" of 200 followed orders never ended."), "\(done.output)")
    }

    @Test("Whoever follows no order asks nothing of their ends")
    func notFollowed() async throws {
      try await RunningProgram.server(["--store", "memory", "--workers", "1", "--service-time", "1h"]) { url in
        let done = try await Programs.loadgen("run", url, "-n", "20", "--no-follow", "--no-report")
        #expect(done.code == 0, "\(done.output)\(done.errors)")
      }
    }

    @Test("What Ctrl-C cut off breaks no rule that nobody asked for")
    func cutOff() async throws {
      try await withTemporaryFolder { folder in
        // Every second create is answered one byte a second: soon all users wait for such an answer.
        try await RunningProgram.hostile(["drip", "--on", "create", "--every", "2"]) { url in
          let loadgen = try await RunningProgram.start(
            Programs.loadgen, ["run", url, "-c", "10", "-n", "100", "--request-timeout", "1h", "-o", "\(folder.path)/run"])
          try await until { try await metric("total_orders", at: url) >= 10 }
          loadgen.signal(SIGINT)
          #expect(await loadgen.ended() == 105)
          let run = try RunFolder(folder.appendingPathComponent("run"))
          #expect(run.outcomes == ["interrupted"], "\(run.brokenThresholds)")
          run.expectConservation()
        }
      }
    }

    @Test("An order times out only once it was asked for at its timeout, or later: one that has ended by then has completed")
    func lastPoll() async throws {
      // Polled after 10 s, and then at its timeout only: it takes 12 s.
      let flags = ["--rate", "5/s", "-n", "20", "--workers", "unlimited", "--service-time", "12s", "--poll", "10s", "--no-report", "-q"]
      let inTime = try await Programs.run(Programs.loadgen, ["simulate", "--order-timeout", "15s"] + flags)
      #expect(inTime.code == 0, "\(inTime.output)\(inTime.errors)")
      let tooLate = try await Programs.run(Programs.loadgen, ["simulate", "--order-timeout", "11s"] + flags)
      #expect(tooLate.code == 99 && tooLate.output.contains("20 timed out"), "\(tooLate.output)")
    }

    @Test("The latency of acceptance is that of accepted orders; refusals have one of their own")
    func refusals() async throws {
      try await withTemporaryFolder { folder in
        try await RunningProgram.fake(["--refuse", "0.5", "--service-time", "0.01"]) { url in
          let done = try await Programs.loadgen("run", url, "-n", "100", "--no-threshold", "errors", "-o", "\(folder.path)/run")
          #expect(done.code == 0, "\(done.output)\(done.errors)")
          let run = try RunFolder(folder.appendingPathComponent("run"))
          #expect(run.orders("rejected") > 0 && run.orders("accepted") > 0)
          #expect(run.count("count", ofLatency: "accept") == run.orders("accepted"))
          #expect(run.count("count", ofLatency: "accept_service") == run.orders("accepted"))
          #expect(run.count("count", ofLatency: "reject") == run.orders("rejected"))
        }
      }
    }
  }
}

extension RunFolder {
  /// The rules that did not hold.
  var brokenThresholds: [String] {
    (summary["thresholds"] as? [[String: Any]] ?? []).filter { $0["verdict"] as? String != "pass" }.compactMap {
      $0["expression"] as? String
    }
  }
}
