import Foundation
import Shared
import Testing

@testable import LoadRun

@Suite("A served program", .timeLimit(.minutes(60)))
struct ServedProgramTests {
  private static func pause() async throws { try await Task.sleep(for: .milliseconds(5)) }

  private func isAlive(_ pid: pid_t) -> Bool {
    guard kill(pid, 0) == 0 else { return false }
    // What nobody has waited for yet is not alive.
    let status = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)) ?? ""
    return !status.contains(") Z ")
  }

  @Test("What it started itself ends with it")
  func grandchildren() async throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("served-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    let program = try await ServedProgram.start("sleep 1000 & echo $! > '\(file.path)'; exit 3")
    var pid: pid_t?
    while pid == nil {
      pid = (try? String(contentsOf: file, encoding: .utf8)).flatMap { pid_t($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
      try await Self.pause()
    }
    while program.isAlive { try await Self.pause() }
    let exit = await program.stop()
    #expect(exit == "exited with 3 during the run")
    let child = try #require(pid)
    while isAlive(child) { try await Self.pause() }
  }

  @Test("One that ends before it is ready is told with its exit and its last words")
  func endsEarly() async throws {
    let program = try await ServedProgram.start("echo out of luck; exit 7")
    let url = try TargetURL(text: "http://127.0.0.1:1/ping")
    let error = await #expect(throws: ConfigurationError.self) {
      try await program.waitUntilReady(
        url, with: RequestHeaders(host: "h", closes: true, dialect: [], given: []), within: .seconds(600), isInterrupted: { false })
    }
    _ = await program.stop()
    #expect(error?.description.contains("exited with 7 before it was ready") == true)
    #expect(error?.description.contains("out of luck") == true)
  }

  @Test("One that ends at SIGTERM is told by its own exit, not by its shell's")
  func endsAsAsked() async throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("served-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    // The outer shell takes SIGTERM itself until the program stands in its place: only what comes after that says so.
    let program = try await ServedProgram.start("exec sh -c 'echo up > \(file.path); sleep 1000'")
    while !FileManager.default.fileExists(atPath: file.path) { try await Self.pause() }
    #expect(await program.stop() == "was ended by signal 15")
  }

  @Test("A command of several steps ends with the one that SIGTERM met, and begins no other")
  func beginsNoOther() async throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("served-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    // The first step says itself that it runs: before it does, SIGTERM would meet the shell between two steps.
    let program = try await ServedProgram.start(
      "sh -c 'echo up > \(file.path); exec sleep 1000'; echo more >> \(file.path); sleep 1000")
    while (try? String(contentsOf: file, encoding: .utf8)) != "up\n" { try await Self.pause() }
    // As a shell says that a signal ended its program. A shell that has no time to say it within 10 s is not what this is about.
    #expect(await program.stop(within: .seconds(60)) == "exited with 143")
    #expect(try String(contentsOf: file, encoding: .utf8) == "up\n")
  }
}
