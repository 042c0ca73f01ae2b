import Foundation
import Shared
import Subprocess
import Synchronization
import SystemPackage

/// A program that is started for a run and stopped after it. It has a process group of its own, so that nothing of it is left behind.
package final class ServedProgram: Sendable {
  let command: String
  private let group: pid_t
  private let log: ProgramLog
  private let lifeline: Lifeline
  private let running: Task<TerminationStatus, any Error>
  /// How the program ended; `nil` while it runs.
  private let ended = Mutex<TerminationStatus?>(nil)

  /// How long it may take to end after SIGTERM.
  static let patience = Duration.seconds(10)
  /// The process groups that are running, in case loadgen must end at once.
  private static let groups = Mutex<Set<pid_t>>([])

  /// Precedes the command in the shell. At SIGTERM the shell waits for the program that it is running, exits with that one's status, and
  /// begins nothing further of the command.
  ///
  /// Whatever happens to loadgen, the program ends with it: a process beside it waits for the end of a pipe whose other end only loadgen
  /// holds open (the pipe comes as standard input, which is `/dev/null` for the command itself). This process is not a child of the
  /// command's shell, because the command may wait for all its children.
  private static let prelude = """
    exec 3<&0 </dev/null
    (
      { read -r _ <&3; trap '' TERM; kill -TERM 0; sleep \(patience.components.seconds); kill -KILL 0; } >/dev/null 2>&1 &
    )
    exec 3<&-
    trap exit TERM

    """

  private init(command: String, group: pid_t, log: ProgramLog, lifeline: Lifeline, running: Task<TerminationStatus, any Error>) {
    self.command = command
    self.group = group
    self.log = log
    self.lifeline = lifeline
    self.running = running
  }

  /// Starts a command by `/bin/sh -c`. Its output goes to a temporary file, the end of which is shown where it fails.
  /// - Throws: `ConfigurationError` where it cannot be started.
  package static func start(_ command: String) async throws -> ServedProgram {
    let log = try ProgramLog()
    let lifeline = try Lifeline()
    var options = PlatformOptions()
    options.processGroupID = 0
    let (started, start) = AsyncStream.makeStream(of: pid_t.self)
    let running = Task { [options] () throws -> TerminationStatus in
      defer { start.finish() }
      return try await run(
        .path("/bin/sh"), arguments: ["-c", "\(Self.prelude)\(command)"], platformOptions: options,
        input: .fileDescriptor(lifeline.readEnd, closeAfterSpawningProcess: true),
        output: .fileDescriptor(log.descriptor, closeAfterSpawningProcess: false),
        error: .fileDescriptor(log.descriptor, closeAfterSpawningProcess: false)
      ) { execution in
        start.yield(execution.processIdentifier.value)
        start.finish()
      }.terminationStatus
    }
    for await group in started {
      let program = ServedProgram(command: command, group: group, log: log, lifeline: lifeline, running: running)
      groups.withLock { _ = $0.insert(group) }
      Task {
        let status = try? await running.value
        program.ended.withLock { $0 = status ?? .exited(-1) }
      }
      return program
    }
    let reason = await running.result
    log.remove()
    lifeline.cut()
    throw ConfigurationError("--serve: '\(ShownCommand.text(command))' cannot be started: \(reason)")
  }

  /// What the processes of its group, and those that they have waited for, took of the processor so far, in seconds.
  package var cpuSeconds: Double? { ProcessGroup(group).cpuSeconds }

  package var isAlive: Bool { ended.withLock { $0 == nil } }

  /// Waits until `url` answers with 2xx.
  /// - Parameters:
  ///   - headers: the headers of every request.
  ///   - tls: `nil` where the bytes are not encrypted.
  ///   - patience: how long to wait at most.
  /// - Throws: `ConfigurationError` where the URL does not answer in time, or the program ends before, with the end of its output;
  ///   `CancellationError` where the user interrupts.
  package func waitUntilReady(
    _ url: TargetURL, with headers: RequestHeaders, over tls: TLSClient? = nil, within patience: Duration, isInterrupted: () -> Bool
  ) async throws {
    let began = ContinuousClock.now
    var answer = "nothing answered"
    while began.duration(to: .now) < patience {
      guard isAlive else {
        throw ConfigurationError("--serve: '\(shown)' \(exit) before it was ready\(tail)")
      }
      if isInterrupted() { throw CancellationError() }
      do throws(TLSFault) {
        let status = try await ReadyProbe.status(url, with: headers, over: tls)
        if let status, (200..<300).contains(status) { return }
        answer = status.map { "it answered \($0) last" } ?? "nothing answered"
      } catch {
        answer = error.failure.example
        if error.isLasting { throw ConfigurationError("--serve: no TLS with \(url): \(answer)") }
      }
      try await Task.sleep(for: .milliseconds(50))
    }
    if await TargetAddress.speaksTLS(url) { answer = "it speaks TLS, give an https URL" }
    throw ConfigurationError("--serve: \(url) was not ready within \(patience.text): \(answer)\(tail)")
  }

  /// Ends the program and all that it has started: by SIGTERM, and, where that does not help in time, by SIGKILL.
  /// - Returns: how it ended, in words.
  package func stop(within patience: Duration = ServedProgram.patience) async -> String {
    defer {
      log.remove()
      lifeline.cut()
    }
    let wasAlive = isAlive
    kill(-group, SIGTERM)
    let began = ContinuousClock.now
    // Signal 0 only asks whether any process of the group is left: the program may end before those that it started.
    while isAlive || kill(-group, 0) == 0, began.duration(to: .now) < patience {
      try? await Task.sleep(for: .milliseconds(5))
    }
    let patienceEnded = began.duration(to: .now) >= patience
    // Ends whatever the program started and left behind.
    kill(-group, SIGKILL)
    _ = try? await running.value
    while isAlive { await Task.yield() }
    Self.groups.withLock { _ = $0.remove(group) }
    if !wasAlive { return "\(exit) during the run" }
    // The status decides, and not the time that passed: that the program ended may be noticed late.
    let wasKilled = ended.withLock { $0 == .signaled(SIGKILL) }
    return patienceEnded && wasKilled ? "killed by SIGKILL, \(patience.text) after SIGTERM" : exit
  }

  /// Kills all programs that were started, without waiting for their end.
  package static func endAllAtOnce() {
    groups.withLock { for group in $0 { kill(-group, SIGKILL) } }
  }

  /// The command without its secrets.
  private var shown: String { ShownCommand.text(command) }

  private var exit: String {
    switch ended.withLock({ $0 }) {
    case .exited(let code): "exited with \(code)"
    case .signaled(let signal): "was ended by signal \(signal)"
    case nil: "is running"
    }
  }

  private var tail: String {
    let lines = log.lastLines
    return lines.isEmpty ? "; it printed nothing" : ". It printed last:\n" + lines.map { "    \($0)" }.joined(separator: "\n")
  }
}

/// A pipe whose writing end only this process holds: however the process ends, a reader of the pipe notices.
private struct Lifeline: Sendable {
  let readEnd: SystemPackage.FileDescriptor
  private let writeEnd: SystemPackage.FileDescriptor

  init() throws {
    let ends = try FileDescriptor.pipe()
    (readEnd, writeEnd) = (ends.readEnd, ends.writeEnd)
    // No other program that is started may inherit them and hold the pipe open.
    for end in [ends.readEnd, ends.writeEnd] { _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC) }
  }

  /// Closes the writing end; readers notice the pipe's end.
  func cut() { try? writeEnd.close() }
}

/// What a program prints, kept in a temporary file.
private struct ProgramLog: Sendable {
  let descriptor: SystemPackage.FileDescriptor
  private let path: String

  /// How much of its end is shown: at most this many lines, from the last so many bytes.
  static let lines = 20
  static let bytes: UInt64 = 16_384

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("loadgen-serve-\(UUID().uuidString).log").path
    descriptor = try FileDescriptor.open(
      FilePath(path), .readWrite, options: [.create, .append], permissions: [.ownerReadWrite])
  }

  var lastLines: [String] {
    guard let file = FileHandle(forReadingAtPath: path) else { return [] }
    defer { try? file.close() }
    let length = (try? file.seekToEnd()) ?? 0
    try? file.seek(toOffset: length > Self.bytes ? length - Self.bytes : 0)
    let text = String(decoding: (try? file.readToEnd()) ?? Data(), as: UTF8.self)
    return text.textLines.filter { !$0.isEmpty }.suffix(Self.lines).map { Legible.line($0) }
  }

  func remove() {
    try? descriptor.close()
    try? FileManager.default.removeItem(atPath: path)
  }
}
