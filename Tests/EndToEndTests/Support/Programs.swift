import Foundation
import Subprocess
import SystemPackage

/// The programs as they were built, run as a user runs them.
enum Programs {
  /// Where the tests themselves were built, and with them everything else.
  static let folder: URL = {
    #if os(Linux)
      URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    #else
      Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }.map { $0.bundleURL.deletingLastPathComponent() }
        ?? URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    #endif
  }()

  static let loadgen = folder.appendingPathComponent("loadgen").path
  static let orderServer = folder.appendingPathComponent("order-server").path
  static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fixtures")
  static let fakeServer = fixtures.appendingPathComponent("fake_order_server.py").path

  struct Finished {
    var code: Int32
    var output: String
    var errors: String
  }

  /// Runs a program to its end.
  static func run(_ path: String, _ arguments: [String], environment: [String: String] = [:]) async throws -> Finished {
    let values = Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0.key), Optional($0.value)) })
    let result = try await Subprocess.run(
      .path(.init(path)), arguments: Arguments(arguments), environment: .inherit.updating(values),
      output: .string(limit: 10 << 20), error: .string(limit: 10 << 20))
    let code: Int32 =
      switch result.terminationStatus {
      case .exited(let code): code
      case .signaled(let signal): -signal
      }
    return Finished(code: code, output: result.standardOutput, errors: result.standardError)
  }

  static func loadgen(_ arguments: String..., environment: [String: String] = [:]) async throws -> Finished {
    try await run(loadgen, arguments, environment: environment)
  }
}

/// A folder that is gone after the test.
func withTemporaryFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("order-load-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await body(folder)
}
