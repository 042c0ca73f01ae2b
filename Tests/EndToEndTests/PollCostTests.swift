import Foundation
import Testing

extension EndToEnd.LoadGen {
  /// A target that does one thing at a time, so that every poll keeps a create waiting.
  @Suite("What following orders costs a target")
  struct PollCostTests {
    /// - Parameter most: a run in which an order was accepted later than that, in seconds, tells of a machine that stood still.
    private func run(_ flags: String..., most: Double, body: (Programs.Finished, RunFolder) throws -> Void) async throws {
      try await withTemporaryFolder { folder in
        try await RunningProgram.fake([
          "--service-time", "1", "--workers", "unlimited", "--create-cost", "0.004", "--poll-cost", "0.002",
        ]) { url in
          let arguments = ["run", url, "--rate", "50/s", "-d", "8s", "--connections", "100", "-o", "\(folder.path)/run", "--exclusive"]
          let (done, run) = try await again(
            while: { (made: (done: Programs.Finished, run: RunFolder)) in (made.run.latency("accept", "max") ?? .infinity) > most }
          ) {
            let done = try await Programs.run(Programs.loadgen, arguments + flags)
            return (done: done, run: try RunFolder(folder.appendingPathComponent("run")))
          }
          #expect(done.code == 0, "\(done.output)\(done.errors)")
          run.expectConservation()
          #expect(run.orders("accepted") == 400)
          try body(done, run)
        }
      }
    }

    private func service(_ run: RunFolder) throws -> [String: Double] {
      let polls = try #require(run.summary["polls"] as? [String: Any])
      return try #require(polls["service"] as? [String: Any]).compactMapValues { ($0 as? NSNumber)?.doubleValue }
    }

    @Test("By default polls cost less than creates, and no create waits for a connection, as without them")
    func adapts() async throws {
      for flags in [[], ["--no-follow"]] as [[String]] {
        // A hundred connections for creates last for two seconds.
        try await run(flags.first ?? "--quiet", most: 1.5) { done, run in
          let service = try service(run)
          #expect(service["creates_queued"] == 0)
          #expect(service["creates"] ?? 0 > 1.6)
          #expect(!done.output.contains("Polls may have"), "\(done.output)")
          let polls = ((run.summary["polls"] as? [String: Any])?["count"] as? Int) ?? 0
          // At the target, by what it takes for each: as seen from here, either may be stretched by a busy machine.
          #expect(Double(polls) * 0.002 < 400 * 0.004, "\(polls) polls")
          guard flags.isEmpty else { return }
          #expect(run.orders("completed") == 400)
          #expect(polls >= 400)
          let words = done.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
          #expect(words.contains("as far apart as keeps polls cheaper than creates"), "\(done.output)")
        }
      }
    }

    @Test("Polls that were asked for every millisecond may have moved the figures, which is said as loud as a threshold that failed")
    func warns() async throws {
      try await run("--poll", "1ms", most: .infinity) { done, run in
        let service = try service(run)
        #expect(service["polls"] ?? 0 > service["creates"] ?? .infinity, "\(service)")
        let words = "Polls may have moved what was measured: their service times sum to"
        let output = done.output.replacing("\n  ", with: " ")
        let beginning = output.prefix { $0 != "✓" }
        #expect(beginning.contains(words) && beginning.contains("--no-follow shows"), "\(done.output)")
        #expect(try run.text("report.md").contains("**⚠️ \(words)"))
        #expect(try run.text("report.html").contains("<p class=\"reason warn\">\(words)"))
        #expect(done.output.contains("polled every 1ms"))
      }
    }
  }
}
