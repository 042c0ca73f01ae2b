import Foundation
import Testing

extension EndToEnd.LoadGen {
  @Suite("loadgen ab")
  struct ABTests {
    /// The command of an order server whose orders take so long.
    private func server(_ time: String) -> String {
      "exec '\(Programs.orderServer)' --port {port} --store memory --workers unlimited --service-time \(time)"
    }

    private func ab(_ folder: URL, _ baseline: String, _ candidate: String, _ flags: String...) async throws -> Programs.Finished {
      try await Programs.run(
        Programs.loadgen,
        ["ab", "--baseline", baseline, "--candidate", candidate, "-n", "40", "-c", "4", "--poll", "10ms", "-o", folder.path] + flags)
    }

    @Test("A candidate that takes twice as long is regressed; its runs can be compared again, and say the same")
    func slower() async throws {
      try await withTemporaryFolder { folder in
        let place = folder.appendingPathComponent("ab")
        let gate = ["--gate", "completion.p(50)"]
        let done = try await ab(place, server("150ms"), server("300ms"), "--pairs", "6", gate[0], gate[1], "--seed", "7", "-q")
        let found = try ComparisonFile(place)
        #expect(done.code == 122 && found.verdict("completion.p(50)") == "regressed", "\(done.output)\(done.errors)")
        #expect(found.method["observations"] as? Int == 6 && found.method["unit"] as? String == "pair")
        // The order within the pairs is drawn: neither always comes first.
        let runs = try (1...6).map { pair in
          (
            try RunFolder(place.appendingPathComponent("runs/\(pair)-baseline")),
            try RunFolder(place.appendingPathComponent("runs/\(pair)-candidate"))
          )
        }
        func text(_ run: RunFolder, _ key: String) -> String { (run.summary["run"] as? [String: Any])?[key] as? String ?? "" }
        #expect(Set(runs.map { text($0.0, "started_at") < text($0.1, "started_at") }).count == 2)
        for (baseline, candidate) in runs { #expect(text(baseline, "seed") == text(candidate, "seed")) }
        #expect(Set(runs.map { text($0.0, "seed") }).count == 6)
        let again = try await Programs.run(
          Programs.loadgen,
          ["compare"] + runs.map(\.0.url.path) + gate + ["-o", folder.path + "/again", "--with"] + runs.map(\.1.url.path))
        #expect(again.code == 122, "\(again.output)\(again.errors)")
        let second = try ComparisonFile(folder.appendingPathComponent("again"))
        let (one, other) = (second.change("completion.p(50)"), found.change("completion.p(50)"))
        #expect(one.estimate == other.estimate && one.low == other.low && one.high == other.high)
      }
    }

    @Test("Until all is decided, it looks after each pair, says how far it is, and stops once it can")
    func untilDecided() async throws {
      try await withTemporaryFolder { folder in
        let done = try await ab(
          folder.appendingPathComponent("ab"), server("100ms"), server("300ms"), "--until-decided", "--gate", "completion.p(50)",
          "--max-pairs", "20")
        let found = try ComparisonFile(folder.appendingPathComponent("ab"))
        #expect(done.code == 122 && found.verdict("completion.p(50)") == "regressed", "\(done.output)\(done.errors)")
        let pairs = try #require(found.method["observations"] as? Int)
        #expect((6...12).contains(pairs) && found.method["name"] as? String == "sign_sequence", "\(done.output)")
        #expect(done.errors.contains("pair 1 of at most 20: completion.p(50)"), "\(done.errors)")
        #expect(done.errors.contains("pair \(pairs) of at most 20: completion.p(50) regressed"), "\(done.errors)")
      }
    }

    @Test("A program that does not start is named with its side, and what is wrong with the flags is said before anything is started")
    func wrong() async throws {
      try await withTemporaryFolder { folder in
        let place = folder.appendingPathComponent("ab")
        let broken = try await ab(place, server("1ms"), "echo no such thing; exit 3; {port}", "--pairs", "1", "-q", "--seed", "1")
        #expect(
          broken.code == 104 && broken.errors.contains("--candidate, pair 1:") && broken.errors.contains("exited with 3"),
          "\(broken.errors)")
        for (flags, words) in [
          (["--serve", "x {port}"], "--baseline and --candidate start"), (["--pairs", "0"], "from 1 to 1000"),
          (["--pairs", "3", "--until-decided"], "give one of them"), (["--max-pairs", "3"], "--until-decided"),
        ] {
          let done = try await Programs.run(
            Programs.loadgen, ["ab", "--baseline", "a {port}", "--candidate", "b {port}", "-o", place.path + "-none"] + flags)
          #expect(done.code == 104 && done.errors.contains(words), "\(flags): \(done.errors)")
        }
        let portless = try await ab(folder.appendingPathComponent("none"), "server --port 80", server("1ms"))
        #expect(portless.code == 104 && portless.errors.contains("has no {port}"), "\(portless.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/none"))
      }
    }

    @Test("Interrupted, it compares the pairs that are whole, and ends with 105")
    func interrupted() async throws {
      try await withTemporaryFolder { folder in
        let place = folder.appendingPathComponent("ab")
        let line = folder.appendingPathComponent("errors").path
        // Once the first pair is told of, it is interrupted.
        let script = """
          '\(Programs.loadgen)' ab --baseline "\(server("1ms"))" --candidate "\(server("1ms"))" -n 5 --poll 5ms --pairs 500 -o '\(place.path)' \
          >/dev/null 2>'\(line)' &
          while ! grep -q 'pair 1 of 500' '\(line)'; do kill -0 $! || exit 9; sleep 0.1; done
          kill -INT $!; wait $!
          """
        let done = try await Programs.run("/bin/sh", ["-c", script])
        let errors = String(decoding: try Data(contentsOf: URL(fileURLWithPath: line)), as: UTF8.self)
        #expect(done.code == 105, "\(errors)")
        let found = try ComparisonFile(place)
        #expect(found.exitCode == 105 && (found.method["observations"] as? Int ?? 0) >= 1, "\(errors)")
      }
    }
  }
}
