import Foundation
import Testing

extension EndToEnd.Attacks {
  /// Every run has to end by itself, lose no order from its books, and need no more memory than a quiet one.
  @Suite("A hostile target", .timeLimit(.minutes(15)))
  struct HostileTargetTests {
    /// Far more than a run of this size needs, and far less than the floods bring.
    private static let mostMemory = 150_000_000

    /// Runs loadgen against the hostile server. What must hold however the target behaves is checked here.
    private func run(
      _ how: [String], _ flags: [String], orders: Int, _ location: SourceLocation = #_sourceLocation,
      then check: (Programs.Finished, RunFolder) throws -> Void
    ) async throws {
      try await withTemporaryFolder { folder in
        // Where loadgen itself was made to stand still it is made again: that is no hostility of the target's.
        let (done, run) = try await again(while: { (made: (done: Programs.Finished, run: RunFolder)) in made.run.isSpoilt }) {
          try await RunningProgram.hostile(how) { url in
            let done = try await Programs.run(
              Programs.loadgen,
              ["run", url, "-n", "\(orders)", "--no-threshold", "errors", "--no-threshold", "polls", "-o", "\(folder.path)/run"] + flags)
            return (done: done, run: try RunFolder(folder.appendingPathComponent("run")))
          }
        }
        run.expectConservation(location)
        #expect(run.orders("scheduled") == orders, sourceLocation: location)
        #expect(Int(done.code) == run.exitCode, "\(done.output)\(done.errors)", sourceLocation: location)
        #expect(run.generator["valid"] as? Bool == true, "\(run.generator)", sourceLocation: location)
        let memory = run.generator["peak_memory_bytes"] as? Int ?? .max
        #expect(memory < Self.mostMemory, "\(memory)", sourceLocation: location)
        try check(done, run)
      }
    }

    // MARK: Kinds of failure

    @Test(
      "Failures are told apart: every second create meets one, and is ambiguous",
      arguments: [
        (["reset-request"], "reset"), (["reset-answer"], "reset"), (["flood-headers"], "bad_response"),
        (["flood-interim"], "bad_response"),
      ])
    func ambiguousKinds(how: [String], kind: String) async throws {
      try await run(how + ["--every", "2"], ["-c", "5"], orders: 20) { done, run in
        #expect(done.code == 0, "\(done.output)\(done.errors)")
        #expect(run.orders("accepted") == 10 && run.orders("completed") == 10)
        #expect(run.orders("ambiguous") == 10)
        #expect(run.errors(phase: "create", kind: kind) == 10)
        #expect(run.auditVerdict == "consistent", "\(run.findings)")
      }
    }

    @Test(
      "What never comes to an end is given up at the request timeout, however much of it comes",
      arguments: ["drip", "flood-body", "flood-chunks"], ["create", "poll", "metrics"])
    func timeouts(how: String, phase: String) async throws {
      // All are sent at once, so that the time that is waited for can be one in which even a server that stands still answers some.
      let flags = ["-c", "12", "--request-timeout", phase == "create" ? "3s" : "2s", "--poll", "20ms"]
      try await run([how, "--on", phase, "--every", "2"], flags, orders: 12) { done, run in
        #expect(done.code == 0, "\(done.output)\(done.errors)")
        #expect(run.errors(phase: phase, kind: "timeout") > 0)
        if phase == "create" { #expect(run.orders("ambiguous") >= 6) }
        #expect(run.orders("accepted") > 0)
        #expect(run.orders("completed") == run.orders("accepted"))
        #expect(run.auditVerdict == "consistent", "\(run.findings)")
      }
    }

    @Test("A run that is taken though it is not valid is judged as it was stamped: a dead target does not pass")
    func warnedOnly() async throws {
      try await withTemporaryFolder { folder in
        try await RunningProgram.hostile(["flood-chunks", "--after", "0"]) { url in
          let done = try await Programs.loadgen(
            "run", url, "-n", "4", "-c", "4", "--request-timeout", "3s", "--on-invalid", "warn", "-o", "\(folder.path)/run")
          #expect(done.code == 99, "\(done.output)\(done.errors)")
          let run = try RunFolder(folder.appendingPathComponent("run"))
          #expect(run.brokenThresholds.contains("accepted>0"), "\(run.brokenThresholds)")
        }
      }
    }

    @Test("A refused connection is no order: nothing was sent")
    func refused() async throws {
      try await run(["refuse", "--after", "6"], ["-c", "5", "--order-timeout", "1s"], orders: 30) { done, run in
        #expect([0, 99].contains(done.code), "\(done.output)\(done.errors)")
        #expect(run.orders("errored") > 0)
        #expect(run.errors(phase: "create", kind: "refused") == run.orders("errored"))
        #expect(run.orders("completed") + run.orders("timed_out") == run.orders("accepted"))
      }
    }

    @Test("A connection that is never made is given up, and is no order")
    func connectTimeout() async throws {
      try await run(["full"], ["-c", "2", "--request-timeout", "300ms"], orders: 4) { done, run in
        #expect(done.code == 99, "\(done.output)\(done.errors)")
        #expect(run.orders("errored") == 4)
        #expect(run.errors(phase: "create", kind: "connect_timeout") == 4)
        #expect(run.auditVerdict == "not_available")
      }
    }

    @Test("A name that nobody knows is said before the first order")
    func unknownName() async throws {
      let done = try await Programs.loadgen("run", "http://orders.invalid:8000", "-n", "1", "--no-report")
      #expect(done.code == 104)
      #expect(done.errors.contains("orders.invalid"), "\(done.errors)")
      #expect(done.errors.contains("is not known"), "\(done.errors)")
    }

    // MARK: Stalls

    @Test("A stall of two seconds in an open load delays orders, and loses none: their waits count from when they were due")
    func stall() async throws {
      // Half of the orders are due within the stall. Of these, half wait for more than a second.
      let flags = ["--rate", "100/s", "--connections", "4", "--poll", "20ms"]
      try await run(["stall", "--after", "100", "--seconds", "2"], flags, orders: 400) { done, run in
        #expect(done.code == 0, "\(done.output)\(done.errors)")
        #expect(run.orders("submitted") == 400 && run.orders("completed") == 400)
        #expect(run.latency("accept", "max").map { $0 >= 1.9 } == true)
        #expect(run.latency("accept", "p90").map { $0 >= 1 } == true)
        #expect(run.auditVerdict == "consistent", "\(run.findings)")
      }
    }

    @Test("A stall for good ends the run: what was sent is ambiguous, and what could not be sent is counted")
    func stallForGood() async throws {
      let flags = ["--rate", "100/s", "--connections", "4", "--request-timeout", "500ms", "--order-timeout", "1s"]
      try await run(["stall", "--after", "50"], flags, orders: 200) { done, run in
        #expect([0, 99].contains(done.code), "\(done.output)\(done.errors)")
        #expect(run.orders("accepted") <= 50)
        #expect(run.orders("ambiguous") > 0)
        #expect(run.orders("not_sent") > 0)
        #expect(run.orders("ambiguous") == run.errors(phase: "create", kind: "timeout"))
        #expect(run.count("censored", ofLatency: "accept") == run.orders("ambiguous") + run.orders("not_sent"))
      }
    }

    @Test("Beyond --max-outstanding what is due is counted as not sent, and the percentiles of accept know of it")
    func maxOutstanding() async throws {
      let flags = ["--rate", "100/s", "--connections", "4", "--max-outstanding", "20", "--poll", "20ms"]
      try await run(["stall", "--after", "100", "--seconds", "2"], flags, orders: 400) { done, run in
        #expect(done.code == 99 && run.brokenThresholds == ["not_sent==0"], "\(done.output)\(done.errors)")
        // 200 are due within the stall, and 20 of them can be taken in hand.
        #expect(run.orders("not_sent") >= 150)
        #expect(run.orders("submitted") == 400 - run.orders("not_sent"))
        #expect(run.orders("completed") == run.orders("submitted"))
        #expect(run.count("count", ofLatency: "accept") == 400)
        #expect(run.count("censored", ofLatency: "accept") == run.orders("not_sent"))
        #expect(run.latency("accept", "p99") == nil, "a percentile among those that were not sent has no upper end")
      }
    }

    // MARK: Resets, floods, hang-ups

    @Test("Connections that are reset as soon as they are made do not keep a run going", arguments: [1, 4])
    func resetConnections(spared: Int) async throws {
      let flags = ["-c", "4", "--order-timeout", "1s"]
      try await run(["reset-connect", "--after", "\(spared)"], flags, orders: 40) { done, run in
        #expect([0, 99].contains(done.code), "\(done.output)\(done.errors)")
        let broken = run.orders("ambiguous") + run.orders("errored")
        #expect(run.orders("accepted") + broken == 40)
        let kinds = ["reset", "closed", "refused"].map { run.errors(phase: "create", kind: $0) }
        #expect(kinds.reduce(0, +) == broken, "\(kinds)")
      }
    }

    @Test("Bytes that nobody asked for are no answer")
    func unaskedFlood() async throws {
      let flags = ["-c", "4", "--order-timeout", "1s", "--request-timeout", "1s"]
      try await run(["flood", "--after", "1"], flags, orders: 40) { done, run in
        #expect(done.code == 99, "\(done.output)\(done.errors)")
        #expect(run.orders("accepted") == 0)
        #expect(run.orders("ambiguous") + run.orders("errored") == 40)
        #expect(run.errors(phase: "create", kind: "bad_response") > 0)
      }
    }

    @Test("What comes after an answer is not taken for the next one")
    func floodAfterwards() async throws {
      try await run(["flood-after"], ["-c", "4", "--connections", "8"], orders: 40) { done, run in
        #expect(done.code == 0, "\(done.output)\(done.errors)")
        // A request that was written before the first of these bytes were seen gets them for its answer.
        #expect(run.orders("completed") + run.orders("ambiguous") == 40)
        #expect(run.errors(phase: "create", kind: "bad_response") == run.orders("ambiguous"))
        #expect(run.auditVerdict == "consistent", "\(run.findings)")
      }
    }

    @Test("A connection that is closed after each answer is opened again, and no create is sent twice")
    func hangsUp() async throws {
      try await run(["hang-up"], ["-c", "4", "--poll", "20ms"], orders: 60) { done, run in
        #expect(done.code == 0, "\(done.output)\(done.errors)")
        let kinds = ["reset", "closed"].map { run.errors(phase: "create", kind: $0) }
        #expect(run.orders("ambiguous") + run.orders("errored") == kinds.reduce(0, +))
        #expect(run.orders("attempts") == run.orders("submitted"))
        #expect(run.orders("completed") == run.orders("accepted"))
        #expect(run.auditVerdict == "consistent", "\(run.findings)")
      }
    }

    @Test("A connection that is closed when the next request comes makes that one ambiguous")
    func hangsUpAtNext() async throws {
      let flags = ["-c", "1", "--connections", "1", "--no-follow"]
      try await run(["hang-up-next"], flags, orders: 20) { done, run in
        #expect(done.code == 0, "\(done.output)\(done.errors)")
        #expect(run.orders("accepted") == 10 && run.orders("ambiguous") == 10)
        #expect(run.errors(phase: "create", kind: "closed") == 10)
      }
    }

    @Test("A target that accepts connections and reads nothing is given up request by request")
    func deaf() async throws {
      try await run(["deaf"], ["-c", "4", "--request-timeout", "300ms"], orders: 12) { done, run in
        #expect(done.code == 99, "\(done.output)\(done.errors)")
        #expect(run.orders("ambiguous") == 12)
        #expect(run.errors(phase: "create", kind: "timeout") == 12)
      }
    }

    // MARK: Answers of 10 MB

    @Test("Answers of 10 MB to creates are acknowledgements, whether or not the id is found in them")
    func hugeCreates() async throws {
      try await run(["huge"], ["-c", "20", "--request-timeout", "60s"], orders: 60) { done, run in
        #expect(run.orders("accepted") == 60)
        #expect(run.orders("completed") + run.orders("untracked") == 60)
        // Whose id is not found cannot be followed, which is no pass.
        #expect(done.code == (run.orders("untracked") == 0 ? 0 : 99), "\(done.output)\(done.errors)")
        #expect(run.auditVerdict == "consistent", "\(run.findings)")
      }
    }

    @Test("Answers of 10 MB to polls and metrics break nothing", arguments: ["poll", "metrics"])
    func hugeAnswers(phase: String) async throws {
      let flags = ["-c", "20", "--request-timeout", "60s", "--poll", "20ms"]
      try await run(["huge", "--on", phase, "--every", "2"], flags, orders: 60) { done, run in
        #expect(done.code == 0, "\(done.output)\(done.errors)")
        #expect(run.orders("completed") == 60)
        #expect(run.auditVerdict == "consistent", "\(run.findings)")
      }
    }

    // MARK: Ids

    @Test("One id for all orders is a finding, and stops nothing", arguments: [1, 2])
    func sameID(loops: Int) async throws {
      try await run(["same-id"], ["--event-loops", "\(loops)"], orders: 100) { done, run in
        #expect(done.code == 120, "\(done.output)\(done.errors)")
        #expect(run.orders("completed") == 100)
        let check = try #require(run.check("orders with a shared id"))
        #expect(check["claimed"] as? Double == 100)
        #expect(check["verdict"] as? String == "contradicted")
        #expect(done.output.contains("orders with a shared id were 100"), "\(done.output)")
      }
    }
  }
}
