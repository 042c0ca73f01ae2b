import Foundation
import LoadReports
import LoadRun
import NIOCore
import Shared

/// One run over the network, from its scenario to its reports and exit code.
struct Run {
  let scenario: Scenario
  let quiet: Bool
  let colour: Bool

  /// - Throws: `ConfigurationError` before the first order; `CancellationError` where it is interrupted before that; `ExitCode` after the
  ///   reports, where the run did not pass.
  func execute() async throws {
    let started = Date()
    for warning in try Preflight.pass(scenario) { Console.note("warning: \(warning)") }
    let report = try RunReport(scenario, started: started, colour: colour)
    defer { report.discard() }
    let interrupts = Interrupts.trapped()
    defer { interrupts.release() }
    try report.publish(await facts(interrupts: interrupts, orders: report.orderWriter))
  }

  /// Makes the run.
  /// - Parameter orders: takes each order; `nil` where none is written.
  /// - Throws: as `execute` does before the reports.
  func facts(interrupts: Interrupts, orders: OrderWriter?) async throws -> RunFacts {
    guard let command = scenario.serve else {
      let target = try TargetURL(text: scenario.targetText)
      let (result, clock) = try await drive(target, over: try client(of: target), interrupts: interrupts, orders: orders)
      return summarise(result, clock, target, served: nil)
    }
    let port = String(try await FreePort.find())
    let target = try TargetURL(text: scenario.targetText.replacing("{port}", with: port))
    let ready = try scenario.readyURLText.map { text throws(ConfigurationError) in
      try TargetURL(text: text.replacing("{port}", with: port))
    }
    if command.contains("{port}"), !scenario.targetText.contains("{port}") {
      Console.note("warning: --serve starts its program at the port {port}, and the orders go to \(target): write {port} there, too")
    }
    // Before anything is started, as a file may be wrong.
    let tls = try client(of: target)
    let url = ready ?? target.appending(scenario.dialect.readyPath)
    let readyTLS = try scenario.tls.client(of: url)
    let program = try await ServedProgram.start(command.replacing("{port}", with: port))
    do {
      try await program.waitUntilReady(
        url, with: RequestHeaders(host: url.authority, closes: true, dialect: scenario.dialect.headers, given: scenario.headers),
        over: readyTLS, within: scenario.readyTimeout, isInterrupted: { interrupts.isInterrupted })
      let before = program.cpuSeconds
      let (result, clock) = try await drive(target, over: tls, interrupts: interrupts, orders: orders)
      let isAlive = program.isAlive
      let cpu = before.flatMap { before in program.cpuSeconds.map { max(0, $0 - before) } }
      let exit = await program.stop()
      let served = Summary.Served(command: ShownCommand.text(command), exit: exit, cpuSeconds: isAlive ? cpu : nil)
      return summarise(result, clock, target, served: (served, isAlive))
    } catch {
      _ = await program.stop()
      throw error
    }
  }

  // MARK: The load

  /// How the target's connections are encrypted; `nil` where they are not. Notes on standard error that nobody verifies the target, where
  /// that is so.
  private func client(of target: TargetURL) throws(ConfigurationError) -> TLSClient? {
    if target.isEncrypted, !scenario.tls.verifies {
      Console.note("note: the target's certificate is not verified (--insecure): whoever answers is taken for it")
    }
    return try scenario.tls.client(of: target)
  }

  private func drive(
    _ target: TargetURL, over tls: TLSClient?, interrupts: Interrupts, orders: OrderWriter?
  ) async throws -> (RunResult, EngineClock) {
    ProxyNote.say(target)
    let places: TargetPlaces
    do throws(Failure) {
      places = try await TargetAddress.reach(target, over: tls, timeout: .nanoseconds(scenario.requestTimeout.nanoseconds))
    } catch let failure {
      if failure.kind == .tls { throw ConfigurationError("no TLS with \(target): \(failure.example)") }
      throw ConfigurationError(
        "\(target) cannot be reached: \(failure.example). Start the API first, give another URL, or use --serve")
    }
    if let note = places.note(target.host) { Console.note("note: \(note)") }
    let clock = EngineClock(epochNow: Int64(Date().timeIntervalSince1970 * 1e9))
    interrupts.enter(.running)
    defer { interrupts.enter(.reporting) }
    let line = ProgressLine(scenario, isQuiet: quiet)
    defer { line.clear() }
    do {
      let result = try await Engine.run(
        scenario.engine(target: target, places: places, tls: tls, clock: clock, orders: orders), interrupt: interrupts.stream,
        unread: { try await refuseOthers($0, target) },
        refused: { failure, count in
          let words = RefusalWording(failure, count: count, dialect: scenario.dialect, basePath: target.basePath)
          line.clear()
          Console.note("\(words) \(scenario.keepsGoing ? "Going on (--keep-going)" : "Ending here; --keep-going sends the rest")")
          return !scenario.keepsGoing
        }, report: { line.show($0, tick: $1) })
      return (result, clock)
    } catch let error as CannotBegin {
      try await refuseOthers(error.failure, target)
      throw ConfigurationError(
        "\(target) lets no account in: the login brought \(error.failure.example). Check --user-file or LOADGEN_USER, and the dialect")
    }
  }

  /// Reports a target that speaks TLS, or only HTTP/2: it reacts to plain HTTP/1.1 by closing the connection. It is probed only once that
  /// has happened.
  private func refuseOthers(_ failure: Failure, _ target: TargetURL) async throws {
    guard failure.mayComeFromTLS else { return }
    if await TargetAddress.speaksTLS(target) {
      throw ConfigurationError("\(target) speaks TLS, and answers nothing else (\(failure.example)): give an https URL")
    }
    guard failure.status == nil else { return }
    if failure.example.hasPrefix(HTTP2.words) { throw ConfigurationError("\(target): \(failure.example)") }
    if await TargetAddress.speaksHTTP2(target) { throw ConfigurationError("\(target): \(HTTP2.words) (\(failure.example))") }
  }

  // MARK: The summary

  private func summarise(
    _ result: RunResult, _ clock: EngineClock, _ target: TargetURL,
    served: (program: Summary.Served, isAlive: Bool)?
  ) -> RunFacts {
    let startedAt = Timestamp.text(epochSeconds: Double(clock.epochAtZero) / 1e9)
    var facts = RunFacts(result, of: scenario, at: target, startedAt: startedAt)
    facts.served = served
    return facts
  }
}
