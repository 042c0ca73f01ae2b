import Foundation
import Testing

extension EndToEnd.LoadGen {
  /// What `latencies.hlog` and `orders.csv` say, as others read them: PyPI's hdrhistogram, and Python's own csv module.
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

    @Test("So do a simulated run's: of thirteen minutes in blocks that have doubled, and of one in which nothing happens for long")
    func simulatedLog() async throws {
      try await withTemporaryFolder { folder in
        let long = folder.appendingPathComponent("long")
        let (done, run) = try await simulate(
          long,
          [
            "--rate", "2/s", "--arrivals", "poisson", "-d", "13m", "--service-time", "lognormal:5s,1", "--order-timeout", "1h",
            "--metrics-every", "10s",
          ])
        #expect(done.code == 0, "\(done.output)\(done.errors)")
        let found = try await read("latencies.hlog", by: "read_hlog.py", in: long)
        #expect((found["values"] as? [String: Int])?["completion.upper"] == run.orders("completed"), "\(found)")
        #expect((300...720).contains(found["blocks"] as? Int ?? 0), "\(found)")
        let rare = folder.appendingPathComponent("rare")
        _ = try await simulate(rare, ["--rate", "1/m", "-n", "2"])
        let few = try await read("latencies.hlog", by: "read_hlog.py", in: rare)
        #expect(few["blocks"] as? Int ?? 0 > 50 && (few["values"] as? [String: Int])?["accept"] == 2, "\(few)")
      }
    }

    @Test("The table of a real run has each order once, refused, lost, failed and ambiguous ones too, and makes the summary anew")
    func realTable() async throws {
      let server = [
        "--store", "memory", "--service-time", "exponential:20ms", "--create-rate-limit", "100/s", "--failure-rate", "10%", "--seed", "7",
        "--fault", "orders=lost:10%", "--fault", "creates=stored-500:5%",
      ]
      try await RunningProgram.server(server) { url in
        try await withTemporaryFolder { folder in
          let place = folder.appendingPathComponent("run")
          let done = try await Programs.run(
            Programs.loadgen,
            [
              "run", url, "--rate", "50/s for 1s, 300/s for 1s, 50/s for 2s", "--warmup", "500ms", "--poll", "20ms", "--event-loops", "2",
              "--mix", "duplicate=10%", "--orders-csv", "-o", place.path,
            ])
          let run = try RunFolder(place)
          for name in ["rejected", "ambiguous", "completed", "failed", "lost"] {
            #expect(run.orders(name) > 0, "\(name): \(done.output)\(done.errors)")
          }
          let found = try await read("orders.csv", by: "read_orders.py", in: place)
          let codes = found["codes"] as? [String: Int] ?? [:]
          #expect(codes["201"] == run.orders("accepted") && codes["429"] == run.orders("rejected"), "\(found)")
          #expect(codes["500"] == run.orders("ambiguous") && found["ids"] as? Int == run.orders("accepted"), "\(found)")
          #expect(found["stages"] as? [String: Int] == ["1": 50, "2": 300, "3": 100], "\(found)")
          #expect(found["percentiles"] as? Int ?? 0 >= 8, "\(found)")
          #expect(!done.errors.contains("orders.csv"), "\(done.errors)")
          // Nothing is left of where it was written.
          #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["run"])
        }
      }
    }

    @Test("The table of 200,000 simulated orders makes the summary anew, and costs no more memory than may wait for the disk")
    func simulatedTable() async throws {
      try await withTemporaryFolder { folder in
        let flags = ["--rate", "2000/s", "-n", "200000", "--workers", "400", "--service-time", "exponential:100ms", "--seed", "5", "-q"]
        let (_, without) = try await simulate(folder.appendingPathComponent("without"), flags)
        let (done, with) = try await simulate(folder.appendingPathComponent("with"), flags + ["--orders-csv"])
        #expect(done.code == 0, "\(done.output)\(done.errors)")
        let found = try await read("orders.csv", by: "read_orders.py", in: with.url)
        #expect((found["outcomes"] as? [String: Int])?["accepted"] == 200_000, "\(found)")
        #expect(!FileManager.default.fileExists(atPath: without.url.appendingPathComponent("orders.csv").path))
        func peak(_ run: RunFolder) throws -> Int { try #require(run.generator["peak_memory_bytes"] as? Int) }
        // 16 MiB may wait, in batches of 80 KiB of which each loop has one in hand and one is made lines of; and there is one more thread, with its
        // stack and a heap of its own.
        #expect(try peak(with) - peak(without) <= 24 << 20)
      }
    }

    @Test("The same seed writes the same table, with several event loops too")
    func replay() async throws {
      try await withTemporaryFolder { folder in
        var tables: [String] = []
        for name in ["first", "second"] {
          let flags = [
            "--rate", "100/s", "-n", "3000", "--event-loops", "3", "--seed", "9", "--faults", "lost-answer=1%,reset=1%,failed=1%",
          ]
          let (_, run) = try await simulate(folder.appendingPathComponent(name), flags + ["--orders-csv", "--order-log"])
          _ = try await read("orders.csv", by: "read_orders.py", in: run.url)
          tables.append(try run.text("orders.csv"))
          #expect(try run.text("orders.jsonl").split(separator: "\n").last?.hasPrefix("{\"run\":") == true)
        }
        #expect(tables[0].split(separator: "\n").count == 3_001 && tables[0] == tables[1])
      }
    }

    @Test("A disk that takes no more ends the table after a whole line, with a warning, and never the run")
    func full() async throws {
      try await withTemporaryFolder { folder in
        let place = folder.appendingPathComponent("run")
        let arguments = ["--rate", "500/s", "-n", "20000", "--workers", "200", "--seed", "3", "--orders-csv", "-o", place.path]
        let done = try await Programs.run("/usr/bin/env", ["prlimit", "--fsize=4000000", Programs.loadgen, "simulate"] + arguments)
        #expect(done.code == 0, "\(done.output)\(done.errors)")
        let run = try RunFolder(place)
        #expect(run.orders("completed") == 20_000)
        let table = try run.text("orders.csv")
        let lines = table.split(separator: "\n").count - 1
        #expect(table.hasSuffix("\n") && lines > 5_000 && lines < 20_000)
        let words = try #require(done.errors.firstMatch(of: /orders\.csv ends after ([\d,]+) orders and lacks ([\d,]+): File too large/))
        #expect(words.1.replacing(",", with: "") == "\(lines)" && words.2.replacing(",", with: "") == "\(20_000 - lines)")
      }
    }

    @Test("It cannot be asked for where no report is written")
    func contradiction() async throws {
      let done = try await Programs.run(Programs.loadgen, ["run", "http://127.0.0.1:1", "--orders-csv", "--no-report"])
      #expect(done.code == 104 && done.errors.contains("--no-report and --orders-csv contradict one another"), "\(done.errors)")
    }

    @Test("A run that does not begin leaves nothing behind")
    func nothingLeft() async throws {
      try await withTemporaryFolder { folder in
        let place = folder.appendingPathComponent("deep/run")
        let done = try await Programs.run(Programs.loadgen, ["run", "http://127.0.0.1:1", "--orders-csv", "-o", place.path])
        #expect(done.code == 104, "\(done.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
      }
    }
  }
}
