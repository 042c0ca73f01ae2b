import Foundation
import Testing

extension EndToEnd.LoadGen {
  @Suite("loadgen compare")
  struct CompareTests {
    private func runs(_ folder: URL, _ name: String, _ count: Int, from first: Int = 1, _ flags: [String] = []) async throws -> [String] {
      try await SimulatedRuns(folder: folder).make(name, count, from: first, flags)
    }

    private func compare(
      _ folder: URL, _ baseline: [String], _ candidate: [String], _ flags: String...
    ) async throws -> (done: Programs.Finished, file: ComparisonFile?) {
      let place = folder.appendingPathComponent("comparison-\(UUID().uuidString)")
      let done = try await Programs.run(
        Programs.loadgen, ["compare"] + baseline + flags + ["-o", place.path, "--with"] + candidate)
      // Sentences are broken into lines.
      let output = done.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      return (Programs.Finished(code: done.code, output: output, errors: done.errors), try? ComparisonFile(place))
    }

    @Test("A system that became a quarter slower is regressed, and by about as much; one that only had other luck is not")
    func slower() async throws {
      try await withTemporaryFolder { folder in
        let before = try await runs(folder, "before", 8)
        let slower = try await runs(folder, "slower!", 8, ["--service-time", "exponential:50ms"])
        let (done, file) = try await compare(folder, before, slower)
        let found = try #require(file, "\(done.errors)")
        #expect(done.code == 122 && found.exitCode == 122, "\(done.output)\(done.errors)")
        #expect(found.verdict("completion.p(95)") == "regressed", "\(done.output)")
        let change = found.change("completion.p(95)")
        let (estimate, low, high) = (try #require(change.estimate), try #require(change.low), try #require(change.high))
        #expect((1.1...1.3).contains(estimate) && low > 1.05 && high >= estimate, "\(done.output)")
        #expect(found.method["unit"] as? String == "pair" && found.method["name"] as? String == "sign_flip")
        #expect(found.verdict("errors.rate") == "equivalent", "\(done.output)")

        let lucky = try await runs(folder, "other luck", 8)
        let (same, equal) = try await compare(folder, before, lucky)
        #expect(same.code == 0, "\(same.output)\(same.errors)")
        #expect(equal?.verdict("accept.p(50)") == "equivalent", "\(same.output)")
        // The other way round, what became slower is better.
        let (better, improved) = try await compare(folder, slower, before)
        #expect(better.code == 0 && improved?.verdict("completion.p(95)") == "improved", "\(better.output)")
      }
    }

    @Test("Too few pairs are undecided, and how many more are needed is said; that fails only where it is asked for")
    func tooFew() async throws {
      try await withTemporaryFolder { folder in
        let before = try await runs(folder, "before", 3)
        let after = try await runs(folder, "slower!", 3, ["--service-time", "exponential:80ms"])
        let (done, file) = try await compare(folder, before, after)
        #expect(done.code == 0 && file?.verdict("completion.p(50)") == "undecided", "\(done.output)\(done.errors)")
        #expect(done.output.contains("3 pairs are too few: 8 are needed"), "\(done.output)")
        #expect(file?.figure("completion.p(50)")?["more_pairs"] as? Int == 5)
        let (strict, _) = try await compare(folder, before, after, "--fail-on", "undecided")
        #expect(strict.code == 122, "\(strict.output)\(strict.errors)")
        // One gate needs six.
        let (one, _) = try await compare(folder, before, after, "--gate", "completion.p(50)")
        #expect(one.output.contains("3 pairs are too few: 6 are needed"), "\(one.output)")
      }
    }

    @Test(
      "Runs that are no pairs are of as many sittings as they were made in, and fewer than six a side decide nothing")
    func sittings() async throws {
      try await withTemporaryFolder { folder in
        var runs: [[String]] = [[], []]
        for (side, time) in ["exponential:40ms", "exponential:80ms"].enumerated() {
          for sitting in 1...6 {
            runs[side] += try await self.runs(
              folder, "sitting \(side)", 1, from: 200 + side * 10 + sitting, ["--service-time", time, "--label", "sitting=\(sitting)"])
          }
        }
        let (six, found) = try await compare(folder, runs[0], runs[1])
        #expect(six.code == 122 && found?.method["name"] as? String == "welch", "\(six.output)\(six.errors)")
        #expect(found?.verdict("completion.p(95)") == "regressed", "\(six.output)")
        // Without labels, what was made in the same minutes is one sitting.
        for place in runs.joined() {
          let file = URL(fileURLWithPath: place + "/summary.json")
          let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
          try Data(text.replacing(#""sitting":"#, with: #""weather":"#).utf8).write(to: file)
        }
        let (done, file) = try await compare(folder, runs[0], runs[1])
        #expect(done.code == 0 && file?.method["unit"] as? String == "sitting", "\(done.output)\(done.errors)")
        #expect(done.output.contains("1 sitting is too few: 6 a side are needed"), "\(done.output)")
      }
    }

    @Test("A stall that only those who were due in it felt is a regression from due, and none of the service time")
    func hiddenStall() async throws {
      try await withTemporaryFolder { folder in
        // With one connection, a stall is one slow answer, and a queue of creates that were due in the meantime.
        let load = ["--connections", "1"]
        let before = try await runs(folder, "before", 6, load)
        let after = try await runs(folder, "stalled", 6, load + ["--stalls", "3s+2s,12s+2s"])
        let (service, file) = try await compare(folder, before, after, "--gate", "accept_service.p(95)")
        #expect(service.code == 0 && file?.verdict("accept_service.p(95)") == "equivalent", "\(service.output)\(service.errors)")
        let (due, found) = try await compare(folder, before, after, "--gate", "accept.p(95)")
        #expect(due.code == 122 && found?.verdict("accept.p(95)") == "regressed", "\(due.output)\(due.errors)")
      }
    }

    @Test("Where only one order in a thousand got slower, that percentile alone is said to have moved")
    func onlyTheSlowest() async throws {
      try await withTemporaryFolder { folder in
        let before = try await runs(folder, "before", 6)
        let after = try await runs(folder, "stalled", 6, ["--stalls", "5s+60ms"])
        let (done, file) = try await compare(folder, before, after, "--gate", "accept.p(50)")
        let found = try #require(file, "\(done.errors)")
        #expect(done.code == 0, "\(done.output)\(done.errors)")
        for percent in ["50", "75", "90", "95", "99"] { #expect(found.verdict("accept.p(\(percent))") == "equivalent", "\(done.output)") }
        #expect(found.verdict("accept.p(99.9)") == "regressed", "\(done.output)")
        let (gated, _) = try await compare(folder, before, after, "--gate", "accept.p(99.9)")
        #expect(gated.code == 122, "\(gated.output)\(gated.errors)")
      }
    }

    @Test("Runs of different loads are refused, each difference named; --force compares them, and every report says so")
    func incomparable() async throws {
      try await withTemporaryFolder { folder in
        let before = try await runs(folder, "before", 1)
        let after = try await runs(folder, "after", 1, ["--rate", "150/s", "--poll", "50ms"])
        let (done, file) = try await compare(folder, before, after)
        #expect(done.code == 104 && file == nil && done.output.isEmpty, "\(done.output)\(done.errors)")
        #expect(done.errors.contains("--rate is 150/s, and was 100/s") && done.errors.contains("--poll is every:50ms, and was every:20ms"))
        #expect(done.errors.split(separator: "\n").count == 1, "\(done.errors)")
        let (forced, found) = try await compare(folder, before, after, "--force")
        #expect(forced.code == 0 && (found?.content["forced"] as? [String])?.count == 2, "\(forced.output)\(forced.errors)")
        #expect(forced.output.contains("--rate is 150/s"), "\(forced.output)")
      }
    }

    @Test(
      "What is no run, or no comparison, is refused in one line that names the file, and nothing is written")
    func wrongFiles() async throws {
      try await withTemporaryFolder { folder in
        let run = try await runs(folder, "before", 1)[0]
        let whole = String(decoding: try Data(contentsOf: URL(fileURLWithPath: run + "/summary.json")), as: UTF8.self)
        let unfollowed = try await runs(folder, "unfollowed", 2, ["--no-follow"])
        let wrong: [(name: String, text: String?, words: String)] = [
          ("half.json", String(whole.prefix(whole.utf8.count / 2)), "not whole JSON"),
          ("k6.json", #"{"metrics":{"http_req_duration":{"avg":1.5}}}"#, "it has no 'schema_version'"),
          ("newer.json", whole.replacing(#""schema_version": 1"#, with: #""schema_version": 99"#), "schema_version 99"),
          ("nan.json", whole.replacing(#""significant_digits": 3"#, with: #""significant_digits": NaN"#), "nan.json"),
          ("sum.json", whole.replacing(#""unit": "ns""#, with: #""unit": "parsec""#), "histograms."),
          ("negative.json", whole.replacing(#""accepted": "#, with: #""accepted": -"#), "negative.json"),
          ("huge.json", whole.replacing(#""submitted": "#, with: #""submitted": 9"#), "do not add up"),
          ("empty", nil, "holds no run"),
        ]
        for (name, text, words) in wrong {
          let place = folder.appendingPathComponent(name)
          if let text {
            try Data(text.utf8).write(to: place)
          } else {
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
          }
          let (done, file) = try await compare(folder, [run], [place.path])
          #expect(done.code == 104 && file == nil && done.output.isEmpty, "\(name): \(done.output)\(done.errors)")
          #expect(done.errors.contains(name) && done.errors.contains(words), "\(name): \(done.errors)")
          #expect(done.errors.split(separator: "\n").count == 1, "\(name): \(done.errors)")
        }
        let (missing, _) = try await compare(folder, [run], [folder.path + "/nowhere"])
        #expect(missing.code == 104 && missing.errors.contains("nowhere: it cannot be read"), "\(missing.errors)")
        let (ungated, _) = try await compare(folder, [unfollowed[0]], [unfollowed[1]], "--gate", "completion.p(50)")
        #expect(ungated.code == 104 && ungated.errors.contains("none of the runs has such a figure"), "\(ungated.errors)")
        for (gate, words) in [
          ("lost", "lost.rate"), ("served.alive", "threshold"), ("accept.p(50", "accept.p(99)"), ("acept.p(50)", "accept"),
        ] {
          let (done, _) = try await compare(folder, [run], [run], "--gate", gate)
          #expect(done.code == 104 && done.errors.contains(words), "\(gate): \(done.errors)")
        }
      }
    }

    @Test("Of ten thousand runs none is read: how many are compared at most is said in one line")
    func tooMany() async throws {
      try await withTemporaryFolder { folder in
        let run = try await runs(folder, "before", 1)[0]
        let (done, file) = try await compare(folder, [run], Array(repeating: run, count: 10_000))
        #expect(done.code == 104 && file == nil && done.errors.contains("that makes 5001 runs, and at most 5000 a side"), "\(done.errors)")
        #expect(done.errors.split(separator: "\n").count == 1, "\(done.errors)")
      }
    }

    @Test("Runs of one program say how small a difference can be told where they were made, if there are enough of them")
    func equalRuns() async throws {
      try await withTemporaryFolder { folder in
        var ab: [String] = []
        for number in 1...8 {
          ab += try await runs(folder.appendingPathComponent("ab/runs"), "baseline", 1, from: number)
          ab += try await runs(folder.appendingPathComponent("ab/runs"), "candidate", 1, from: number)
        }
        let flags = ["compare", "--a-a", folder.path + "/ab/runs", "--gate", "completion.p(50)", "--gate", "errors.rate"]
        let done = try await Programs.run(Programs.loadgen, flags)
        let line = try #require(
          done.output.split(separator: "\n").first { $0.contains("completion.p(50)") }, "\(done.output)\(done.errors)")
        #expect(done.code == 0 && done.output.contains("8 pairs of equal runs") && line.contains("of 1"), "\(done.output)\(done.errors)")
        // Margins for 6, 8, 10 and 12 pairs; six are too few for two gates.
        let shares = line.split(separator: " ").map(String.init)
        #expect(shares.filter { $0.hasSuffix("%") || $0 == "%" }.count == 4 && shares.contains("–"), "\(line)")
        try FileManager.default.removeItem(atPath: ab[15])
        let fewer = try await Programs.run(Programs.loadgen, flags)
        #expect(fewer.code == 104 && fewer.errors.contains("15 runs are too few"), "\(fewer.output)\(fewer.errors)")
      }
    }

    @Test("Where standard output is closed nobody wants the result, and it ends all the same")
    func closedOutput() async throws {
      try await withTemporaryFolder { folder in
        let runs = try await runs(folder, "run", 2, ["-d", "1s"])
        for command in ["compare '\(runs[0])' --with '\(runs[1])' --no-report", "history '\(runs[0])'", "report --print '\(runs[0])'"] {
          let done = try await Programs.run("/bin/sh", ["-c", "exec '\(Programs.loadgen)' \(command) >&-"])
          #expect(done.code == 0 && done.errors.isEmpty, "\(command): \(done.code) \(done.errors)")
        }
      }
    }

    @Test(
      "Two single runs say how they differ, and fail only where one is to judge by them")
    func singleRuns() async throws {
      try await withTemporaryFolder { folder in
        let long = ["-d", "3m"]
        let before = try await runs(folder, "before", 1, long)
        let after = try await runs(folder, "slower!", 1, long + ["--service-time", "exponential:60ms"])
        let (done, file) = try await compare(folder, before, after)
        #expect(done.code == 0 && file?.verdict("completion.p(95)") == "undecided", "\(done.output)\(done.errors)")
        #expect(done.output.contains("completion.p(95) is worse in these runs"), "\(done.output)")
        let (judged, found) = try await compare(folder, before, after, "--judge-single-runs")
        #expect(judged.code == 122 && found?.method["unit"] as? String == "run", "\(judged.output)\(judged.errors)")
      }
    }
  }
}
