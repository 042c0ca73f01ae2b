import Foundation
import Testing

#if os(Linux)
  extension EndToEnd.Attacks {
    @Suite("A flood of registrations or logins")
    struct LoginFloodTests {
      struct Flood: Sendable, CustomTestStringConvertible {
        var kind: String
        /// Where it comes from; who logs in beside it comes from 127.0.0.3.
        var source: String
        var flags: [String] = []

        var testDescription: String { "\(kind) from \(source)\(flags.isEmpty ? "" : ", without limits")" }
      }

      /// Without limits the queue alone must be fair.
      private static let unlimited = ["--registration-rate-limit", "off", "--login-rate-limit", "off"]

      static let floods = [
        Flood(kind: "registrations", source: "127.0.0.2"), Flood(kind: "registrations", source: "127.0.0.3"),
        Flood(kind: "logins", source: "127.0.0.2"), Flood(kind: "registrations", source: "127.0.0.2", flags: unlimited),
        Flood(kind: "registrations", source: "127.0.0.3", flags: unlimited), Flood(kind: "logins", source: "127.0.0.2", flags: unlimited),
      ]

      @Test("Who has the right password is let in each time", arguments: floods)
      func flood(_ flood: Flood) async throws {
        let script = Programs.fixtures.appendingPathComponent("login_flood.py").path
        try await RunningProgram.server(["--profile", "marketplace", "--store", "memory"] + flood.flags) { url in
          let done = try await Programs.run("/usr/bin/env", ["python3", script, url, flood.kind, flood.source, "127.0.0.3"])
          #expect(done.code == 0, "\(done.errors)")
          let result = try JSONSerialization.jsonObject(with: Data(done.output.utf8)) as? [String: [String: Int]]
          #expect(result?["statuses"] == ["200": 12], "\(done.output)")
          let others = try #require(result?["flood"])
          #expect(others.values.reduce(0, +) > 0, "\(others)")
        }
      }
    }
  }
#endif
