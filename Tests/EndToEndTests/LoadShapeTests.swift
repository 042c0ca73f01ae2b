import Foundation
import Testing

extension EndToEnd.LoadGen {
  @Suite("The shape of the load")
  struct LoadShapeTests {
    /// How many orders were due in each second that the run touched, in order.
    private func scheduled(_ run: RunFolder) throws -> [Int] {
      let blocks = try #require(run.summary["blocks"] as? [String: Any])
      #expect(blocks["seconds"] as? Int == 1)
      let items = try #require(blocks["items"] as? [[String: Any]])
      // Blocks in which something happened, but nothing was due, lie before the load or after it.
      return items.compactMap { $0["scheduled"] as? Int }.filter { $0 > 0 }
    }

    @Test("A ramp's orders are all sent, and more are due in each second than in the one before")
    func ramp() async throws {
      try await withTemporaryFolder { folder in
        try await RunningProgram.server(["--store", "memory", "--workers", "unlimited", "--service-time", "5ms"]) { url in
          let done = try await Programs.loadgen(
            "run", url, "--rate", "0/s..200/s over 4s, 20/s for 2s", "--event-loops", "2", "--threshold", "scheduled{stage:1}==400",
            "--threshold", "errors.rate{stage:2}<1%", "-o", "\(folder.path)/run")
          #expect(done.code == 0, "\(done.output)\(done.errors)")
          let run = try RunFolder(folder.appendingPathComponent("run"))
          run.expectConservation()
          #expect(run.orders("scheduled") == 440)
          #expect(run.orders("completed") == 440)
          let counts = try scheduled(run)
          #expect(counts.reduce(0, +) == 440)
          // Blocks begin with the clock's seconds, and not with the load: the first is cut short, and the three after it lie within the ramp.
          let rise = counts.prefix(4)
          #expect(zip(rise, rise.dropFirst()).allSatisfy { $0 < $1 }, "\(counts)")
          #expect(counts.last ?? .max <= 21, "\(counts)")
          let rates = try #require(run.summary["rates"] as? [String: Any])
          #expect(abs((rates["offered"] as? Double ?? 0) - 440 / 6) < 1e-9)
          let scenario = try #require(run.summary["scenario"] as? [String: String])
          #expect(scenario["rate"] == "0/s..200/s over 4s, 20/s for 2s")
          #expect(scenario["duration"] == "6s")
          #expect(done.output.contains("target 0/s to 200/s in 2 stages"))
          #expect((run.summary["run"] as? [String: Any])?["load_window"] as? Double == 6)
          #expect(done.output.contains("load window, 6.00s"))
          let stages = try #require(run.summary["stages"] as? [[String: Any]])
          #expect(stages.map { ($0["orders"] as? [String: Any])?["completed"] as? Int } == [400, 40])
          #expect(stages.map { ($0["rates"] as? [String: Any])?["offered"] as? Double } == [100, 20])
          for row in ["1  0/s..200/s over 4s", "2  20/s for 2s"] { #expect(done.output.contains(row), "\(done.output)") }
        }
      }
    }

    @Test("Of a recorded schedule every order is sent at its time, or as many as were asked for")
    func recorded() async throws {
      try await withTemporaryFolder { folder in
        let file = folder.appendingPathComponent("due-times.csv")
        let lines = (0..<60).reversed().map { "2026-09-21T14:13:\(20 + $0 / 30).\($0 % 30 + 10)Z,/orders" }
        try Data(("# Monday\ntime,path\n" + lines.joined(separator: "\n") + "\n").utf8).write(to: file)
        try await RunningProgram.server(["--store", "memory", "--workers", "unlimited", "--service-time", "5ms"]) { url in
          for (flags, count, span) in [([], 60, 1.29), (["-n", "20"], 20, 0.19), (["-d", "1s"], 30, 1)] {
            let path = "\(folder.path)/run-\(count)"
            let done = try await Programs.run(
              Programs.loadgen, ["run", url, "--schedule", file.path, "--event-loops", "3", "-o", path] + flags)
            #expect(done.code == 0, "\(done.output)\(done.errors)")
            let run = try RunFolder(URL(fileURLWithPath: path))
            run.expectConservation()
            #expect(run.orders("scheduled") == count)
            #expect(run.orders("completed") == count)
            #expect(try scheduled(run).reduce(0, +) == count)
            let rates = try #require(run.summary["rates"] as? [String: Any])
            #expect(abs((rates["offered"] as? Double ?? 0) - Double(count) / span) < 1e-6, "\(flags)")
          }
        }
      }
    }

    @Test("Users that think send no more than their thinking allows")
    func thinking() async throws {
      try await withTemporaryFolder { folder in
        try await RunningProgram.server(["--store", "memory", "--workers", "unlimited", "--service-time", "1ms"]) { url in
          let done = try await Programs.loadgen(
            "run", url, "-c", "4", "-d", "2s", "--think-time", "uniform:300ms..400ms", "--event-loops", "2", "-o", "\(folder.path)/run")
          #expect(done.code == 0, "\(done.output)\(done.errors)")
          let run = try RunFolder(folder.appendingPathComponent("run"))
          run.expectConservation()
          // Each of them sends its first order at once, and has room for six thoughts of 300 ms at most.
          #expect((4...28).contains(run.orders("scheduled")))
          #expect(run.orders("completed") == run.orders("scheduled"))
        }
      }
    }
  }
}
