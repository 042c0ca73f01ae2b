import Foundation
import Testing

extension EndToEnd.LoadGen {
  /// What `latencies.hlog` says, as PyPI's hdrhistogram reads it.
  @Suite("Files for other tools, read by them")
  struct ExportTests {
    private static let place = Programs.fixtures.appendingPathComponent("exports")

    /// Has a file read, and held against the summary beside it.
    /// - Returns: what the reader has counted.
    private func read(_ name: String, by reader: String, in folder: URL) async throws -> [String: Any] {
      let python = try PythonTools(environment: "python-exports").path("python3")
      let done = try await Programs.run(
        python,
        [
          Self.place.appendingPathComponent(reader).path, folder.appendingPathComponent(name).path,
          folder.appendingPathComponent("summary.json").path,
        ])
      #expect(done.code == 0, "\(done.errors)")
      return try JSONSerialization.jsonObject(with: Data(done.output.utf8)) as? [String: Any] ?? [:]
    }

    private func simulate(_ folder: URL, _ flags: [String]) async throws -> (done: Programs.Finished, run: RunFolder) {
      let done = try await Programs.run(Programs.loadgen, ["simulate", "-o", folder.path, "--on-invalid", "warn"] + flags)
      return (done, try RunFolder(folder))
    }

    @Test("A real run's histograms come back from the log, value by value, and make up the whole run's")
    func realLog() async throws {
      try await RunningProgram.server(["--store", "memory", "--service-time", "exponential:20ms", "--create-rate-limit", "150/s"]) { url in
        try await withTemporaryFolder { folder in
          let place = folder.appendingPathComponent("run")
          _ = try await Programs.run(
            Programs.loadgen, ["run", url, "--rate", "200/s", "-d", "3s", "--warmup", "1s", "--poll", "20ms", "-o", place.path])
          let run = try RunFolder(place)
          let found = try await read("latencies.hlog", by: "read_hlog.py", in: place)
          let values = found["values"] as? [String: Int] ?? [:]
          #expect(found["blocks"] as? Int ?? 0 >= 3 && values["accept"] == run.count("count", ofLatency: "accept"), "\(found)")
          // What was due in the warm-up is in neither.
          #expect(values["completion.upper"] ?? 0 > 0 && values["completion.upper"] ?? 0 < run.orders("completed"), "\(found)")
        }
      }
    }

    @Test("So do a simulated run's: of a week in blocks of many minutes, and of one in which nothing happens for long")
    func simulatedLog() async throws {
      try await withTemporaryFolder { folder in
        let week = folder.appendingPathComponent("week")
        let (done, run) = try await simulate(
          week, ["--rate", "1/m", "--arrivals", "poisson", "-d", "168h", "--service-time", "lognormal:30s,2", "--order-timeout", "24h"])
        #expect(done.code == 0, "\(done.output)\(done.errors)")
        let found = try await read("latencies.hlog", by: "read_hlog.py", in: week)
        #expect((found["values"] as? [String: Int])?["completion.upper"] == run.orders("completed"), "\(found)")
        #expect((300...720).contains(found["blocks"] as? Int ?? 0), "\(found)")
        let rare = folder.appendingPathComponent("rare")
        _ = try await simulate(rare, ["--rate", "1/m", "-n", "4"])
        let few = try await read("latencies.hlog", by: "read_hlog.py", in: rare)
        #expect(few["blocks"] as? Int ?? 0 > 100 && (few["values"] as? [String: Int])?["accept"] == 4, "\(few)")
      }
    }
  }
}
