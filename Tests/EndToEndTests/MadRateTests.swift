import Foundation
import Testing

extension EndToEnd.LoadGen {
  @Suite("A rate that nobody can send", .timeLimit(.minutes(15)))
  struct MadRateTests {
    @Test(
      "Memory is bounded by --max-outstanding whatever the rate, the rest is counted as not sent, and the rate is warned of",
      arguments: [("1e9/s", "1s", 1_000_000_000), ("0/s..1e9/s over 1s", "1s", 500_000_000)])
    func bounded(rate: String, duration: String, orders: Int) async throws {
      try await withTemporaryFolder { folder in
        try await RunningProgram.server(["--store", "memory"]) { url in
          let done = try await Programs.loadgen(
            "run", url, "--rate", rate, "-d", duration, "--max-outstanding", "1000", "--no-follow", "-o", "\(folder.path)/run")
          let run = try RunFolder(folder.appendingPathComponent("run"))
          #expect(done.errors.contains("warning: a rate of 1,000,000,000/s"), "\(done.errors)")
          #expect(done.errors.contains("63,967/s"), "\(done.errors)")
          #expect(run.orders("scheduled") == orders)
          #expect(run.orders("not_sent") > orders / 2)
          run.expectConservation()
          let memory = try #require(run.generator["peak_memory_bytes"] as? Int)
          // As many orders of 40 bytes each would be 40 GB.
          #expect(memory < 1 << 30)
        }
      }
    }
  }
}
