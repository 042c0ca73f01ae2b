import Foundation
import Testing

extension EndToEnd.LoadGen {
  /// What the generator itself does to a verdict, and what it does not.
  @Suite("The generator's own honesty")
  struct GeneratorHonestyTests {
    @Test("A target that stalls fails its threshold, and never makes the run invalid")
    func stalledTarget() async throws {
      try await withTemporaryFolder { folder in
        try await RunningProgram.with(Programs.orderServer, ["--port", "0", "--store", "memory"]) { server, url in
          let loadgen = try await RunningProgram.start(
            Programs.loadgen,
            [
              "run", url, "--rate", "50/s", "-d", "6s", "-c", "20", "--no-follow", "--threshold", "accept.max<500ms", "-o",
              "\(folder.path)/run",
            ])
          try await until { try await metric("total_orders", at: url) >= 50 }
          server.signal(SIGSTOP)
          try await Task.sleep(for: .seconds(3))
          server.signal(SIGCONT)
          #expect(await loadgen.ended() == 99)
          let run = try RunFolder(folder.appendingPathComponent("run"))
          #expect(run.generator["valid"] as? Bool == true, "\(run.generator)")
          #expect(run.orders("accepted") == 300)
          run.expectConservation()
        }
      }
    }
  }
}
