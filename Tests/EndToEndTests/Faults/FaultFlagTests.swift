import Foundation
import Testing

extension EndToEnd.Faults {
  @Suite("An order server that lies says so")
  struct FaultFlagTests {
    @Test("--help faults lists all that can be said")
    func help() async throws {
      let done = try await Programs.run(Programs.orderServer, ["--help", "faults"])
      #expect(done.code == 0 && done.output.contains("orders=lost") && done.output.contains("figures=stale:2s"), "\(done.output)")
    }

    @Test("What is no fault ends with 104, and what would be right")
    func refused() async throws {
      let done = try await Programs.run(Programs.orderServer, ["--store", "memory", "--fault", "totl=-1"])
      #expect(done.code == 104 && done.errors.contains("did you mean 'total'?"), "\(done.errors)")
    }

    @Test("The detection matrix tells of a fault under each load what was found, and of honest runs that nothing was")
    func matrix() async throws {
      let script = Programs.fixtures.appendingPathComponent("../../Benchmarks/matrix.py").standardizedFileURL.path
      let programs = URL(fileURLWithPath: Programs.loadgen).deletingLastPathComponent().path
      let few = ["--only", "total=fixed", "--honest", "1", "--simulated", "20", "--lies", "5", "--sizes", "1"]
      let done = try await Programs.run("/usr/bin/env", ["python3", script, "--programs", programs] + few)
      #expect(done.code == 0, "\(done.errors)")
      let rows = done.output.split(separator: "\n").map(String.init)
      let row = try #require(rows.first { $0.hasPrefix("| `total=fixed:7` |") }, "\(done.output)")
      #expect(row.split(separator: "|").dropFirst(2).dropLast().allSatisfy { $0.contains("**120** at ") }, "\(row)")
      #expect(rows.contains { $0.hasPrefix("| over a network") && $0.hasSuffix("| 4 | 0 |") }, "\(done.output)")
      #expect(rows.contains { $0.hasPrefix("| `total=fixed:7` | 5 | 5 | 0 | 5 | ") && $0.hasSuffix(" | 5 | 0 | 0 |") }, "\(done.output)")
      #expect(done.output.contains("5 visible to the oracle, of which **0 missed**"), "\(done.output)")
      #expect(done.output.contains("Of 5 honest runs the oracle doubts 0."), "\(done.output)")
      // In the only run of each poll interval.
      let large = try #require(rows.first { $0.hasPrefix("| 20ms | ") }?.split(separator: "|").last, "\(done.output)")
      #expect(large.trimmingCharacters(in: .whitespaces) == "1 / 1", "\(large)")
      #expect(rows.contains { $0.hasPrefix("| in virtual time") && $0.hasSuffix("| 20 | all held |") }, "\(done.output)")
    }

    @Test("One line of the log and /health name its faults")
    func says() async throws {
      let faults = ["--fault", "total=-1", "--fault", "orders=lost:10%"]
      try await RunningProgram.server(["--store", "memory"] + faults) { url in
        #expect(try await document(url + "/health")["faults"] as? [String] == ["total=-1", "orders=lost:10%"])
        // A second one cannot have the port, and ends with all of its log.
        let port = try #require(url.split(separator: ":").last.map(String.init))
        let second = try await Programs.run(Programs.orderServer, ["--port", port, "--store", "memory"] + faults)
        let lines = second.errors.split(separator: "\n").filter { $0.contains("on purpose") }
        #expect(lines.count == 1 && lines[0].contains("warning") && lines[0].contains("total=-1, orders=lost:10%"), "\(second.errors)")
      }
    }
  }
}
