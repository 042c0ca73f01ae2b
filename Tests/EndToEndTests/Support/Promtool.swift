import Foundation
import Testing

/// Prometheus's own check of the text that it is given to read.
enum Promtool {
  /// `nil` where it is not installed.
  static let program = ["/usr/bin/promtool", "/opt/homebrew/bin/promtool", "/usr/local/bin/promtool"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  /// In CI a missing one fails.
  static let isWanted = program != nil || ProcessInfo.processInfo.environment["CI"] != nil

  /// - Returns: what it finds wrong with the text, a line for each; empty where there is nothing.
  static func findings(in text: String) async throws -> String {
    let program = try #require(program, "promtool is missing; scripts/setup test --yes installs it")
    return try await withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("metrics")
      try Data(text.utf8).write(to: file)
      let done = try await Programs.run("/bin/sh", ["-c", #"exec "$0" check metrics <"$1""#, program, file.path])
      let findings = done.output + done.errors
      return done.code != 0 && findings.isEmpty ? "it ended with \(done.code)" : findings
    }
  }
}
