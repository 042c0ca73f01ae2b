import Foundation
import Subprocess
import SystemPackage
import Testing

/// A program that runs beside a test, ended by its own process id.
final class RunningProgram: Sendable {
  let pid: pid_t
  private let output: URL
  private let exit: Task<Int32, any Error>

  struct EndedEarly: Error, CustomStringConvertible { let description: String }

  private init(pid: pid_t, output: URL, exit: Task<Int32, any Error>) {
    self.pid = pid
    self.output = output
    self.exit = exit
  }

  /// - Parameter environment: what is set beside what the tests themselves were given.
  static func start(_ path: String, _ arguments: [String], environment: [String: String] = [:]) async throws -> RunningProgram {
    let output = FileManager.default.temporaryDirectory.appendingPathComponent("order-load-\(UUID().uuidString).out")
    let descriptor = try FileDescriptor.open(
      FilePath(output.path), .writeOnly, options: .create, permissions: .ownerReadWrite)
    let errors = try FileDescriptor.open(
      FilePath(output.path + ".errors"), .writeOnly, options: .create, permissions: .ownerReadWrite)
    let values = Dictionary(
      uniqueKeysWithValues: Programs.patient(arguments, environment).map { (Environment.Key(stringLiteral: $0.key), Optional($0.value)) })
    let (started, start) = AsyncStream.makeStream(of: pid_t.self)
    let exit = Task { () throws -> Int32 in
      defer { start.finish() }
      let result = try await Subprocess.run(
        .path(FilePath(path)), arguments: Arguments(arguments), environment: .inherit.updating(values), input: .none,
        output: .fileDescriptor(descriptor, closeAfterSpawningProcess: true),
        error: .fileDescriptor(errors, closeAfterSpawningProcess: true)
      ) { start.yield($0.processIdentifier.value) }
      switch result.terminationStatus {
      case .exited(let code): return code
      case .signaled(let signal): return -signal
      }
    }
    for await pid in started { return RunningProgram(pid: pid, output: output, exit: exit) }
    throw EndedEarly(description: "\(path) could not be started: \(await exit.result)")
  }

  deinit { for path in [output.path, output.path + ".errors"] { try? FileManager.default.removeItem(atPath: path) } }

  /// The URL of the line `{"event":"listening","url":"…"}`.
  func url() async throws -> String {
    let output = output
    let pid = pid
    try await until {
      guard kill(pid, 0) == 0 else { return true }
      return try Data(contentsOf: output).contains(UInt8(ascii: "\n"))
    }
    let text = String(decoding: try Data(contentsOf: output), as: UTF8.self)
    guard let line = text.split(separator: "\n").first else { throw EndedEarly(description: "it ended without a line: \(errors)") }
    let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    guard let url = object?["url"] as? String else { throw EndedEarly(description: "not ready, but: \(line)") }
    return url
  }

  /// What it has written to its standard error so far.
  private var errors: String { (try? String(contentsOfFile: output.path + ".errors", encoding: .utf8)) ?? "" }

  func signal(_ signal: Int32) { kill(pid, signal) }

  /// Its exit code; minus the signal that ended it.
  func ended() async -> Int32 { (try? await exit.value) ?? .min }

  @discardableResult
  func stop() async -> Int32 {
    signal(SIGTERM)
    return await ended()
  }

  /// Runs a program until the body is over.
  static func with<Result>(
    _ path: String, _ arguments: [String], environment: [String: String] = [:],
    _ body: (RunningProgram, _ url: String) async throws -> Result
  ) async throws -> Result {
    let program = try await start(path, arguments, environment: environment)
    do {
      let result = try await body(program, try await program.url())
      await program.stop()
      return result
    } catch {
      program.signal(SIGKILL)
      _ = await program.ended()
      throw error
    }
  }

  static func fake<Result>(_ arguments: [String], _ body: (_ url: String) async throws -> Result) async throws -> Result {
    try await with("/usr/bin/env", ["python3", Programs.fakeServer, "--port", "0"] + arguments) { try await body($1) }
  }

  static func hostile<Result>(_ arguments: [String], _ body: (_ url: String) async throws -> Result) async throws -> Result {
    let script = Programs.fixtures.appendingPathComponent("hostile_server.py").path
    return try await with("/usr/bin/env", ["python3", script] + arguments) { try await body($1) }
  }

  static func server<Result>(
    _ arguments: [String], environment: [String: String] = [:], _ body: (_ url: String) async throws -> Result
  ) async throws -> Result {
    try await with(Programs.orderServer, ["--port", "0"] + arguments, environment: environment) { try await body($1) }
  }
}
