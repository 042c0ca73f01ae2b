import Foundation
import Testing

/// The repository's scripts, and what checks what they write.
enum Toolbox {
  static let root = Programs.fixtures.deletingLastPathComponent().deletingLastPathComponent()

  static func script(_ name: String) -> String { root.appendingPathComponent("scripts/\(name)").path }

  /// Where a program of the system lies; `nil` where it is not installed.
  static func find(_ name: String) -> String? {
    ["/usr/bin", "/opt/homebrew/bin", "/usr/local/bin", "/bin"].map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Whether a check by this program is to be made. In CI a missing one fails.
  static func wants(_ name: String) -> Bool { find(name) != nil || ProcessInfo.processInfo.environment["CI"] != nil }

  static func path(_ name: String) throws -> String {
    try #require(find(name), "\(name) is missing; scripts/setup test --yes installs it")
  }

  /// Writes the manual pages of both programs.
  static func writePages(to folder: URL) async throws -> [URL] {
    let done = try await Programs.run(
      script("manual"), [Programs.loadgen, Programs.orderServer, "--out", folder.path, "--version", "1.2.3", "--date", "2026-11-30"])
    #expect(done.code == 0, "\(done.output)\(done.errors)")
    return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil).sorted { $0.path < $1.path }
  }
}
