import Foundation
import Testing

extension EndToEnd.Targets {
  /// prometheus_client's own WSGI application answers by gzip where that is accepted.
  @Suite("Figures that come encoded")
  struct EncodedFiguresTests {
    private static let place = Programs.fixtures.appendingPathComponent("exporters")

    /// Starts the service, and gives its URL and a dialect file.
    /// - Parameter headers: those of a reading of figures, as a dialect file says them.
    private func with<Result>(headers: String, _ use: (_ url: String, _ file: String, _ folder: URL) async throws -> Result) async throws
      -> Result
    {
      let python = try PythonTools(environment: "python-exporters").path("python3")
      return try await withTemporaryFolder { folder in
        let file = folder.appendingPathComponent("shop.yaml")
        let orders = String(decoding: try Data(contentsOf: Self.place.appendingPathComponent("orders.yaml")), as: UTF8.self)
        try Data(orders.replacing("  path: /metrics\n", with: "  path: /metrics\n  headers: \(headers)\n").utf8).write(to: file)
        let script = Self.place.appendingPathComponent("flask_client.py").path
        return try await RunningProgram.with(python, [script, "--port", "0"]) { _, url in try await use(url, file.path, folder) }
      }
    }

    @Test("A dialect that asks for gzip has it decoded: the figures are consistent")
    func audited() async throws {
      try await with(headers: "{Accept-Encoding: gzip}") { url, file, folder in
        let done = try await Programs.run(
          Programs.loadgen,
          [
            "run", url, "--dialect", file, "--exclusive", "-o", "\(folder.path)/run", "-n", "60", "-c", "4", "--poll", "30ms",
            "--metrics-every", "250ms",
          ])
        let run = try RunFolder(folder.appendingPathComponent("run"))
        #expect(done.code == 0 && run.auditVerdict == "consistent", "\(done.output)\(done.errors)\(run.findings)")
        #expect(run.check("orders_accepted_total")?["verdict"] as? String == "consistent", "\(done.output)")
      }
    }

    @Test(
      "A check of a dialect shows what was encoded as it was before, and says so",
      arguments: [("{Accept-Encoding: 'gzip, identity;q=0.5'}", true), ("{X-Trace: a}", false)])
    func checked(headers: String, isEncoded: Bool) async throws {
      try await with(headers: headers) { url, file, _ in
        let done = try await Programs.run(Programs.loadgen, ["dialects", "check", file, "--target", url])
        #expect(done.code == 0 && done.output.contains("All was understood"), "\(done.output)\(done.errors)")
        #expect(done.output.contains("< Content-Encoding: gzip") == isEncoded, "\(done.output)")
        #expect(done.output.contains("< # HELP "), "\(done.output)")
      }
    }
  }
}
