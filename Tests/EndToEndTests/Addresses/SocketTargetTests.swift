import Foundation
import Testing

extension EndToEnd.Targets {
  @Suite("A target at a socket of this machine")
  struct SocketTargetTests {
    @Test(
      "It is driven and audited as any other, in either spelling, with more connections than may wait for it, and by several loops",
      arguments: [false, true])
    func run(isEscaped: Bool) async throws {
      try await withTemporaryFolder { folder in
        let socket = folder.appendingPathComponent("o.sock").path
        try await PeerOrders.with(["--unix", socket, "--backlog", "1"]) { url in
          let target = isEscaped ? "http+unix://" + socket.replacing("/", with: "%2F") : url
          let done = try await Programs.loadgen(
            "run", target, "-n", "300", "-c", "40", "--poll", "20ms", "--event-loops", "2", "-o", "\(folder.path)/run", "--exclusive")
          #expect(done.code == 0, "\(done.output)\(done.errors)")
          let run = try RunFolder(folder.appendingPathComponent("run"))
          #expect(run.orders("completed") == 300)
          #expect((run.summary["errors"] as? [Any])?.isEmpty == true, "\(run.summary["errors"] ?? "")")
          #expect(run.auditVerdict == "consistent", "\(run.findings)")
          let named = ((run.summary["run"] as? [String: Any])?["target"] as? [String: Any])?["url"] as? String
          #expect(named == "unix:\(socket)")
        }
      }
    }

    @Test("A served program may listen there, and the dialect's check finds it there")
    func served() async throws {
      try await withTemporaryFolder { folder in
        let socket = folder.appendingPathComponent("o.sock").path
        let script = Programs.fixtures.appendingPathComponent("peer_orders.py").path
        let done = try await Programs.loadgen(
          "run", "unix:\(socket)", "--serve", "exec python3 '\(script)' --unix '\(socket)'", "-n", "20", "--no-report")
        #expect(done.code == 0, "\(done.output)\(done.errors)")
        try await PeerOrders.with(["--unix", socket]) { url in
          let check = try await Programs.loadgen("dialects", "check", "standard", "--target", url)
          #expect(check.output.contains("> Host: localhost\n") && check.output.contains("acknowledges the order"), "\(check.output)")
        }
      }
    }

    @Test("A socket that is not there is said before the first order")
    func missing() async throws {
      let done = try await Programs.loadgen("run", "unix:/nowhere/o.sock", "-n", "1", "--no-report")
      #expect(done.code == 104)
      #expect(done.errors.contains("unix:/nowhere/o.sock cannot be reached: No such file or directory"), "\(done.errors)")
    }
  }
}
