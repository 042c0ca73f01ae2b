import Foundation
import Synchronization

/// A program that runs beside a test, ended by its own process id.
final class RunningProgram: Sendable {
  let pid: pid_t
  private let firstLine: Task<String, any Error>
  private let exit: Task<Int32, Never>

  struct EndedEarly: Error, CustomStringConvertible { let description: String }

  init(_ path: String, _ arguments: [String], environment: [String: String] = [:]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    let (ended, end) = AsyncStream.makeStream(of: Int32.self)
    process.terminationHandler = { process in
      end.yield(process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus)
      end.finish()
    }
    try process.run()
    pid = process.processIdentifier
    exit = Task {
      for await code in ended { return code }
      return -1
    }
    let handle = output.fileHandleForReading
    let (lines, line) = AsyncStream.makeStream(of: String.self)
    let read = Mutex(Data())
    handle.readabilityHandler = { handle in
      let data = handle.availableData
      let text = read.withLock { all -> String? in
        all.append(data)
        guard data.isEmpty || all.contains(UInt8(ascii: "\n")) else { return nil }
        return String(decoding: all, as: UTF8.self).split(separator: "\n").first.map(String.init) ?? ""
      }
      if let text {
        line.yield(text)
        line.finish()
      }
      if data.isEmpty { handle.readabilityHandler = nil }
    }
    firstLine = Task {
      for await line in lines where !line.isEmpty { return line }
      throw EndedEarly(description: "\(path) ended without printing a line")
    }
  }

  /// The URL of the line `{"event":"listening","url":"…"}`.
  func url() async throws -> String {
    let line = try await firstLine.value
    let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    guard let url = object?["url"] as? String else { throw EndedEarly(description: "not ready, but: \(line)") }
    return url
  }

  func signal(_ signal: Int32) { kill(pid, signal) }

  /// Its exit code; minus the signal that ended it.
  func ended() async -> Int32 { await exit.value }

  @discardableResult
  func stop() async -> Int32 {
    signal(SIGTERM)
    return await ended()
  }

  /// Runs a program until the body is over.
  static func with<Result>(
    _ path: String, _ arguments: [String], _ body: (RunningProgram, _ url: String) async throws -> Result
  ) async throws -> Result {
    let program = try RunningProgram(path, arguments)
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

  static func server<Result>(_ arguments: [String], _ body: (_ url: String) async throws -> Result) async throws -> Result {
    try await with(Programs.orderServer, ["--port", "0"] + arguments) { try await body($1) }
  }
}
