import Foundation
import Testing

extension EndToEnd.Attacks {
  @Suite("A server that crashes")
  struct CrashTests {
    @Test("Killed at any moment and started again, it has every acknowledged order, and completes it once", arguments: 1...10)
    func killed(moment: Int) async throws {
      try await withTemporaryFolder { folder in
        let flags = ["--store", "sqlite:\(folder.path)/orders.db", "--workers", "16", "--service-time", "uniform:0ms..40ms"]
        let first = try await RunningProgram.start(Programs.orderServer, ["--port", "0"] + flags)
        let url = try await first.url()
        let port = url.split(separator: ":").last.map(String.init) ?? ""
        let loadgen = try await RunningProgram.start(
          Programs.loadgen,
          [
            "run", url, "-c", "20", "-n", "800", "--poll", "20ms", "--no-threshold", "errors", "--no-threshold", "polls", "--exclusive",
            "--order-timeout", "120s",
            "-o", "\(folder.path)/run",
          ])
        try await until { try await metric("total_orders", at: url) >= moment * 25 }
        first.signal(SIGKILL)
        #expect(await first.ended() == -SIGKILL)
        try await RunningProgram.with(Programs.orderServer, ["--port", port] + flags) { _, url in
          let code = await loadgen.ended()
          let run = try RunFolder(folder.appendingPathComponent("run"))
          #expect(code == 0, "\(run.findings)")
          #expect(run.orders("lost") == 0)
          #expect(run.orders("completed") == run.orders("accepted"))
          #expect(run.auditVerdict == "consistent", "\(run.findings)")
          run.expectConservation()
          // An order whose answer was lost in the crash may exist, too; whatever exists is completed, once.
          try await until { try await count("completed", at: url) == metric("total_orders", at: url) }
          let total = try await metric("total_orders", at: url)
          #expect((run.orders("accepted")...run.orders("accepted") + run.orders("ambiguous")).contains(total))
        }
      }
    }
  }
}
