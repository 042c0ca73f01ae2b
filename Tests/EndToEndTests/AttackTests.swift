import Foundation
import Testing

#if os(Linux)
  extension EndToEnd.Attacks {
    /// The small fixed parts of `scripts/fuzz-server` and `scripts/kill`, which by hand go on for as long as is wanted.
    @Suite("Attacks")
    struct AttackTests {
      private static let folder = Programs.fixtures.deletingLastPathComponent().appendingPathComponent("Attacks")

      private func attack(_ script: String, _ arguments: String...) async throws -> Programs.Finished {
        try await Programs.run(
          "/usr/bin/env",
          ["python3", "-B", Self.folder.appendingPathComponent("\(script).py").path, "--programs", Programs.folder.path] + arguments)
      }

      @Test(
        "Odd framing, odd JSON and odd texts cost no more than plain ones, are answered once each, and leave the books true",
        arguments: Shape.all)
      func corpus(shape: Shape) async throws {
        try await withTemporaryFolder { findings in
          let done = try await attack("fuzz_server", "--corpus", "--profile", shape.name, "--findings", findings.path)
          #expect(done.code == 0, "\(done.output)\(done.errors)")
        }
      }

      @Test("Killed again and again under load, it has every acknowledged order, completes it, and counts it once")
      func kills() async throws {
        let done = try await attack("kill", "--sqlite", "20", "--postgresql", "5")
        #expect(done.code == 0, "\(done.output)\(done.errors)")
      }
    }
  }
#endif
