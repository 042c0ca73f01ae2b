import Foundation
import Testing

extension EndToEnd.Attacks {
  /// Swift's texts are the same where Unicode says so: to find that out of a long one with many marks takes hours.
  @Suite("A target's text at great length")
  struct HostileTextTests {
    static let places = [
      "id", "word", "key", "error", "location", "retry", "type", "cookie", "figure", "order-time", "list-id", "list-word", "cursor",
      "token",
    ]

    /// Processor time of a run against a target that says `text` at a place, in seconds.
    private func cost(_ place: String, _ text: String) async throws -> Double {
      try await withTemporaryFolder { folder in
        let script = Programs.fixtures.appendingPathComponent("long_text.py").path
        return try await RunningProgram.with("/usr/bin/env", ["python3", script, place, text]) { _, url in
          let dialect = folder.appendingPathComponent("d.yaml")
          let login = #"{"u":"{username}","p":"{password}"}"#
          try Data("like: standard\nauthentication:\n  login: {path: /login, body: '\(login)', token: access_token}\n".utf8).write(
            to: dialect)
          let done = try await Programs.run(
            Programs.loadgen,
            ["run", url, "-n", "24", "-c", "4", "--mix", "list=30%", "--poll", "20ms", "--order-timeout", "1s", "-o", "\(folder.path)/run"]
              + (place == "token" ? ["--dialect", dialect.path] : []), environment: place == "token" ? ["LOADGEN_USER": "a:b"] : [:])
          // A figure that is a text in place of a number has vanished. A generator that stood still may say so; it costs no processor time.
          #expect(([0, 99, 121] + (place == "figure" ? [120] : [])).contains(done.code), "\(place): \(done.errors)")
          let run = try RunFolder(folder.appendingPathComponent("run"))
          #expect(run.orders("scheduled") == 24)
          let size = try FileManager.default.contentsOfDirectory(atPath: run.url.path).reduce(0) { $0 + (try run.text($1).utf8.count) }
          #expect(size < 2_000_000, "\(place): the reports have \(size) bytes")
          return try #require(run.generator["cpu_seconds"] as? Double)
        }
      }
    }

    @Test(
      "It costs no more where it is of marks than where it is of letters, wherever it stands", .timeLimit(.minutes(10)), arguments: places)
    func marks(place: String) async throws {
      let plain = try await cost(place, "plain")
      for text in ["marks", "flags"] {
        let cost = try await cost(place, text)
        #expect(cost < plain * 3 + 1, "\(text): \(cost) s, and plain text \(plain) s")
      }
    }
  }
}
