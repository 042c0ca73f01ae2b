import Foundation
import Testing

extension EndToEnd.LoadGen {
  @Suite("loadgen history")
  struct HistoryTests {
    /// Twelve runs, one an hour, of which those from the eighth on are slower, and the fourth is slow for once.
    private func nights(_ folder: URL) async throws {
      let simulated = SimulatedRuns(folder: folder)
      for hour in 1...12 {
        let time = hour == 4 || hour >= 8 ? "exponential:80ms" : "exponential:40ms"
        let place = try await simulated.make("night", 1, from: hour, ["--service-time", time, "--name", "nightly", "-d", "5s"])[0]
        try change(place) { summary in
          var run = summary["run"] as? [String: Any] ?? [:]
          run["started_at"] = "2026-11-30T\(hour < 10 ? "0" : "")\(hour):00:00.000Z"
          summary["run"] = run
        }
      }
    }

    private func change(_ place: String, _ body: (inout [String: Any]) -> Void) throws {
      let file = URL(fileURLWithPath: place + "/summary.json")
      var summary = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
      body(&summary)
      try JSONSerialization.data(withJSONObject: summary).write(to: file)
    }

    private func history(_ flags: String...) async throws -> Programs.Finished {
      try await Programs.run(Programs.loadgen, ["history"] + flags)
    }

    @Test("A change that stays is told of with the runs between which it lies; a single slow run is none")
    func change() async throws {
      try await withTemporaryFolder { folder in
        try await nights(folder)
        // Another load, and a run that was interrupted.
        _ = try await SimulatedRuns(folder: folder).make("other load", 1, ["--rate", "50/s", "-d", "2s", "--name", "smoke"])
        let figure = ["--figure", "completion.p(50)", "--significance", "2%"]
        let text = try await history(folder.path, figure[0], figure[1], figure[2], figure[3], "--name", "nightly")
        let words = text.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(text.code == 0 && words.contains("nightly: 12 runs"), "\(text.output)\(text.errors)")
        #expect(words.components(separatedBy: "worse by ×").count == 2, "\(text.output)")
        #expect(
          words.contains("night-7 (2026-11-30T07:00:00.000Z) and") && words.contains("night-8 (2026-11-30T08:00:00.000Z)"), "\(text.output)"
        )

        let json = try await history(folder.path, figure[0], figure[1], figure[2], figure[3], "--format", "json")
        let loads = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]], "\(json.errors)")
        #expect(loads.count == 2 && loads[0]["name"] as? String == "nightly" && loads[1]["name"] as? String == "smoke")
        let series = try #require((loads[0]["series"] as? [[String: Any]])?.first)
        let change = try #require((series["changes"] as? [[String: Any]])?.first)
        #expect(change["last"] as? Int == 6 && change["first"] as? Int == 7 && change["worse"] as? Bool == true, "\(json.output)")

        let mixed = try await history(folder.path, "--format", "otava-csv")
        #expect(mixed.code == 104 && mixed.errors.contains("these runs are of 2 loads"), "\(mixed.output)\(mixed.errors)")
        let table = try await history(folder.path, "--format", "otava-csv", "--name", "nightly", "--figure", "completion.p(50)")
        let rows = table.output.split(separator: "\n")
        #expect(rows.count == 13 && rows[0] == "time,run,completion.p(50)" && rows[7].hasPrefix("2026-11-30T07:00:00"), "\(table.output)")
      }
    }

    @Test("A folder without runs, and a name that no run has, are refused in one line")
    func wrong() async throws {
      try await withTemporaryFolder { folder in
        let empty = try await history(folder.path)
        #expect(empty.code == 104 && empty.errors.contains("holds no run"), "\(empty.errors)")
        _ = try await SimulatedRuns(folder: folder).make("run", 1, ["-d", "1s"])
        let named = try await history(folder.path, "--name", "checkout")
        #expect(named.code == 104 && named.errors.contains("--name 'checkout': none of the runs"), "\(named.errors)")
        let sure = try await history(folder.path, "--significance", "0%")
        #expect(sure.code == 104 && sure.errors.contains("--significance"), "\(sure.errors)")
      }
    }
  }
}
