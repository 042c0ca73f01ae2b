import Foundation
import Testing

extension EndToEnd {
  @Suite("The log of orders and readings")
  struct OrderLogTests {
    private typealias Line = [String: [String: Any]]

    private func lines(_ folder: URL) throws -> [Line] {
      try String(contentsOf: folder.appendingPathComponent("orders.jsonl"), encoding: .utf8).split(separator: "\n").map { line in
        try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? Line)
      }
    }

    @Test("It has what holds of the run, each reading and each order, where it was asked for")
    func log() async throws {
      try await RunningProgram.server(["--store", "memory", "--service-time", "20ms"]) { url in
        try await withTemporaryFolder { folder in
          let place = folder.appendingPathComponent("run")
          let done = try await Programs.run(
            Programs.loadgen, ["run", url, "-n", "40", "-c", "4", "--exclusive", "--order-log", "-o", place.path])
          #expect(done.code == 0, "\(done.output)\(done.errors)")
          let lines = try lines(place)
          let run = try #require(lines.last?["run"])
          #expect(run["dialect"] as? String == "standard" && run["exclusive"] as? Bool == true && run["requeue"] as? String == "on_restart")
          let readings = lines.compactMap { $0["reading"] }
          #expect((readings.first?["figures"] as? [String: String])?["total"] == "0")
          #expect((readings.last?["figures"] as? [String: String])?["completed"] == "40")
          let orders = lines.compactMap { $0["order"] }
          #expect(orders.count == 40 && lines.count == 1 + readings.count + orders.count)
          for order in orders {
            let sent = try #require(order["create_sent"] as? Int), ended = try #require(order["ended_received"] as? Int)
            #expect(order["outcome"] as? String == "completed" && ended - sent >= 20_000_000)
          }
          #expect(lines.prefix(40).allSatisfy { $0["order"] != nil })
          // A run in the same place that does not ask for it leaves none.
          let other = try await Programs.run(Programs.loadgen, ["run", url, "-n", "4", "-o", place.path])
          #expect(other.code == 0 && !FileManager.default.fileExists(atPath: place.appendingPathComponent("orders.jsonl").path))
        }
      }
    }

    @Test("It cannot be asked for where no report is written")
    func contradiction() async throws {
      let done = try await Programs.run(Programs.loadgen, ["run", "http://127.0.0.1:1", "--order-log", "--no-report"])
      #expect(done.code == 104 && done.errors.contains("--no-report and --order-log contradict one another"), "\(done.errors)")
    }
  }
}
