import Foundation
import Testing

extension EndToEnd.LoadGen {
  @Suite("Progress on a terminal")
  struct ProgressTests {
    /// What a run of a few seconds writes to a terminal of so many columns.
    private func shown(columns: Int, terminal: String) async throws -> String {
      let fixture = Programs.fixtures.appendingPathComponent("pty_columns.py").path
      return try await RunningProgram.server(["--store", "memory", "--workers", "4", "--service-time", "100ms"]) { url in
        let done = try await Programs.run(
          "/usr/bin/env",
          ["python3", fixture, "\(columns)", Programs.loadgen, "run", url, "--rate", "60/s", "-d", "3s", "--poll", "50ms", "--no-report"],
          environment: ["TERM": terminal])
        #expect(done.code == 0, "\(done.output)\(done.errors)")
        return done.output
      }
    }

    @Test("At 20, 60 and 200 columns no line is ever wrapped, and each look overwrites the one before", arguments: [20, 60, 200])
    func fits(columns: Int) async throws {
      // One that stands still shows little meanwhile.
      let (output, lines) = try await again(while: { (made: (output: String, lines: [String])) in made.lines.count < 6 }) {
        let output = try await shown(columns: columns, terminal: "xterm-256color")
        let lines = output.split(whereSeparator: \.isNewline).joined().split(separator: "\r", omittingEmptySubsequences: true)
          .flatMap { $0.split(separator: "\u{1B}[2K", omittingEmptySubsequences: true) }.map(String.init)
        return (output: output, lines: lines)
      }
      #expect(!output.contains("\n"), "\(output)")
      #expect(lines.allSatisfy { $0.count < columns && !$0.contains("\u{1B}") }, "\(lines)")
      let wanted =
        columns == 20
        ? ["/60/s"]
        : columns == 60
          ? ["/60/s", "backlog", "p95", "left"] : ["of 60/s", "backlog", "given up", "errors", "accept p95", "left", "of 180"]
      for part in wanted { #expect(lines.contains { $0.contains(part) }, "\(part): \(lines)") }
    }

    @Test("A terminal that is said to be dumb is sent no escape sequence")
    func dumb() async throws {
      let output = try await shown(columns: 60, terminal: "dumb")
      #expect(!output.contains("\u{1B}") && !output.replacing("\r\n", with: "\n").contains("\r"), "\(output)")
    }
  }
}
