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

  /// How long loadgen waits for an answer, and for a program that it has started, where a test does not say it: a shared machine may
  /// stand still for longer than its own ten seconds. A simulation's time does not depend on the machine. The job of CI that the tests run in is
  /// not told of the runs.
  static func patient(_ arguments: [String], _ environment: [String: String]) -> [String: String] {
    let environment = ["GITHUB_ACTIONS": "", "GITHUB_STEP_SUMMARY": ""].merging(environment) { $1 }
    if arguments.contains(where: { $0.contains("simulate") }) { return environment }
    return ["LOADGEN_REQUEST_TIMEOUT": "2m", "LOADGEN_READY_TIMEOUT": "5m"].merging(environment) { $1 }
  }

  struct Finished {
    var code: Int32
    var output: String
    var errors: String
  }

  /// Runs a program to its end. What it prints goes to files: a pipe would stay open as long as any program that was started meanwhile.
  static func run(_ path: String, _ arguments: [String], environment: [String: String] = [:]) async throws -> Finished {
    let values = Dictionary(
      uniqueKeysWithValues: patient(arguments, environment).map { (Environment.Key(stringLiteral: $0.key), Optional($0.value)) })
    return try await withTemporaryFolder { folder in
      func open(_ name: String) throws -> SystemPackage.FileDescriptor {
        try FileDescriptor.open(
          FilePath(folder.appendingPathComponent(name).path), .writeOnly, options: .create, permissions: .ownerReadWrite)
      }
      let result = try await Subprocess.run(
        .path(FilePath(path)), arguments: Arguments(arguments), environment: .inherit.updating(values),
        output: .fileDescriptor(try open("output"), closeAfterSpawningProcess: true),
        error: .fileDescriptor(try open("errors"), closeAfterSpawningProcess: true))
      let code: Int32 =
        switch result.terminationStatus {
        case .exited(let code): code
        case .signaled(let signal): -signal
        }
      func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
      }
      return Finished(code: code, output: try text("output"), errors: try text("errors"))
    }
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
