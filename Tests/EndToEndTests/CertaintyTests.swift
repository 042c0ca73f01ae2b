import Foundation
import Testing

extension EndToEnd.LoadGen {
  @Suite("How sure a run is of its thresholds")
  struct CertaintyTests {
    private func simulate(_ folder: URL, _ flags: String...) async throws -> (done: Programs.Finished, certainty: [String: Any]?) {
      let place = folder.appendingPathComponent("run-\(UUID().uuidString)")
      let load = ["simulate", "-q", "-o", place.path, "--rate", "100/s", "--workers", "unlimited", "--service-time", "uniform:0ms..1s"]
      let done = try await Programs.run(Programs.loadgen, load + ["--poll", "5ms", "--seed", "4"] + flags)
      let thresholds = try RunFolder(place).summary["thresholds"] as? [[String: Any]]
      let output = done.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      let own = thresholds?.first { $0["implicit"] as? Bool == false }
      return (Programs.Finished(code: done.code, output: output, errors: done.errors), own?["certainty"] as? [String: Any])
    }

    @Test("A long run is sure of a percentile that is far from its limit, on either side; a short one says what it takes")
    func simulated() async throws {
      try await withTemporaryFolder { folder in
        // A uniform time of up to a second has its p(95) at 0.95 s.
        let (held, sure) = try await simulate(folder, "-d", "1m", "--threshold", "completion.p(95)<980ms")
        #expect(held.code == 0 && held.output.contains("holds with 99%"), "\(held.output)")
        #expect(sure?["word"] as? String == "holds" && sure?["count"] as? Int == 6_000, "\(String(describing: sure))")
        let (failed, broken) = try await simulate(folder, "-d", "1m", "--threshold", "completion.p(95)<900ms")
        #expect(failed.code == 99 && failed.output.contains("fails with 99%"), "\(failed.output)")
        #expect(broken?["word"] as? String == "fails")

        let (short, open) = try await simulate(folder, "-d", "30s", "--threshold", "completion.p(99.9)<1100ms")
        #expect(
          short.code == 0 && short.output.contains("not sure with 99%: 3,000 are too few, and about 6,700 are needed"), "\(short.output)")
        #expect(open?["word"] as? String == "undecided" && open?["needed"] as? Int == 6_636, "\(String(describing: open))")
      }
    }

    @Test("Where sureness is asked for, what is not sure fails, and what is sure is as it was")
    func asked() async throws {
      try await withTemporaryFolder { folder in
        let flags = ["--threshold", "completion.p(99.9)<1100ms", "--confidence"]
        let (short, open) = try await simulate(folder, "-d", "30s", flags[0], flags[1], flags[2], "99%")
        #expect(short.code == 99 && open?["word"] as? String == "undecided", "\(short.output)")
        #expect(short.output.contains("undecided; not sure with 99%"), "\(short.output)")
        let (long, sure) = try await simulate(folder, "-d", "2m", flags[0], flags[1], flags[2], "99%")
        #expect(long.code == 0 && sure?["word"] as? String == "holds", "\(long.output)")
        // Less is sooner had.
        let (less, enough) = try await simulate(folder, "-d", "30s", flags[0], flags[1], flags[2], "90%")
        #expect(less.code == 0 && enough?["word"] as? String == "holds", "\(less.output)")
        let wrong = try await Programs.run(Programs.loadgen, ["simulate", "-n", "1", "--no-report", "--confidence", "40%"])
        #expect(wrong.code == 104 && wrong.errors.contains("write one from 50% to 99.999%"), "\(wrong.errors)")
      }
    }

    @Test("A run over the network of a few seconds says that it is too short to tell")
    func network() async throws {
      try await RunningProgram.server(["--store", "memory", "--workers", "unlimited", "--service-time", "1ms"]) { url in
        try await withTemporaryFolder { folder in
          let done = try await Programs.run(
            Programs.loadgen, ["run", url, "--rate", "50/s", "-d", "2s", "-q", "-o", folder.path, "--threshold", "accept.p(50)<10s"])
          let words = done.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
          #expect(done.code == 0 && words.contains("not sure with 99%") && words.contains("too short to tell"), "\(done.output)")
        }
      }
    }
  }
}
