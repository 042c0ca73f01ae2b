import NIOCore
import NIOPosix
import Shared

/// A whole run over the network: one core per event loop, one plan, one target.
package struct Engine {
  package struct Settings: Sendable {
    var loops: [EngineLoop.Settings]
    /// Each loop's part of the plan, in the order of `loops`.
    var plans: [LoadSchedule]
    /// Looks up the target's addresses again; `nil` if they cannot change.
    var resolve: (@Sendable () async throws -> [SocketAddress])?
  }

  /// How often the target's name is looked up, in seconds: during a long run the target's addresses may change.
  static let resolveEvery: Int64 = 30
  /// The least time between two lookups when no address can be reached, in seconds.
  static let resolvePause: Int64 = 1

  /// Runs until every order has ended, or until `interrupt` yields.
  /// - Parameters:
  ///   - interrupt: yields when the run is to end at once, with what has been seen so far.
  ///   - unread: called before the first order if the metrics could not be read, with the reason. If it throws, the run ends.
  ///   - refused: called once every create of a loop was refused in the same way and no loop had one accepted, with the refusal and the
  ///     number of failed creates. Returns whether to end the run.
  ///   - report: called about four times a second, with the progress of the run and the number of the call, counted from 1.
  /// - Throws: `CannotBegin` if an account cannot log in; `Failure` if the system has no descriptor left; what `unread` throws.
  package static func run(
    _ settings: Settings, interrupt: AsyncStream<Void>, unread: @Sendable (Failure) async throws -> Void = { _ in },
    refused: @escaping @Sendable (Failure, Int) -> Bool = { _, _ in false },
    report: @escaping @Sendable (RunProgress, _ tick: Int) -> Void
  ) async throws -> RunResult {
    let run = try await EngineRun(settings)
    defer { run.end() }
    return try await run.run(interrupt: interrupt, unread: unread, refused: refused, report: report)
  }
}

/// One run, from the first scrape to the last. What the loops report drives its course.
private struct EngineRun: Sendable {
  let clock: EngineClock
  let loops: [LoopThread]
  /// What happens to the run, in the order in which it was reported.
  let events: AsyncStream<RunCourse.Event>
  let eventsEnd: AsyncStream<RunCourse.Event>.Continuation
  /// Requests to look up the target's name.
  let lookUps: AsyncStream<Void>
  let lookUpsEnd: AsyncStream<Void>.Continuation
  let resolve: (@Sendable () async throws -> [SocketAddress])?

  init(_ settings: Engine.Settings) async throws(Failure) {
    clock = settings.loops[0].clock
    let (events, eventsEnd) = AsyncStream.makeStream(of: RunCourse.Event.self)
    let (lookUps, lookUpsEnd) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    var loops: [LoopThread] = []
    for (index, loop) in settings.loops.enumerated() {
      let callbacks = EngineLoop.Callbacks(
        news: { eventsEnd.yield(.news($0, from: index)) },
        unreachable: { lookUpsEnd.yield() })
      let plan = settings.plans[index]
      loops.append(
        try await LoopThread("loop \(index)") { mailbox throws(Failure) in
          try EngineLoop(loop, plan: plan, mailbox: mailbox, callbacks: callbacks)
        })
    }
    self.loops = loops
    self.events = events
    self.eventsEnd = eventsEnd
    self.lookUps = lookUps
    self.lookUpsEnd = lookUpsEnd
    resolve = settings.resolve
  }

  /// Ends the threads of the loops.
  func end() { for loop in loops { loop.end() } }

  func run(
    interrupt: AsyncStream<Void>, unread: @Sendable (Failure) async throws -> Void,
    refused: @escaping @Sendable (Failure, Int) -> Bool, report: @escaping @Sendable (RunProgress, _ tick: Int) -> Void
  ) async throws -> RunResult {
    let reporting = Task {
      for tick in 1... {
        try await Task.sleep(for: .milliseconds(250))
        report(await progress(), tick)
      }
    }
    let beside = [
      Task { await keepAddresses() }, Task { try await remindOfAddresses() },
      Task { for await _ in interrupt { eventsEnd.yield(.interrupt) } },
    ]
    defer { for task in beside { task.cancel() } }
    let result: Result<RunCourse, any Error>
    do { result = .success(try await takeCourse(unread: unread, refused: refused)) } catch { result = .failure(error) }
    // A report may still be waiting for answers from the loops, so the loops must not end before it.
    reporting.cancel()
    _ = await reporting.result
    let course = try result.get()
    let (ledger, busyShare) = await collect()
    return RunResult(ledger: ledger, course: course, busyShare: busyShare, ended: clock.now())
  }

  /// Takes the run through its course, from the first event to the end.
  ///
  /// Every reading is reported to all loops before the next event is taken up, so that none of them misses one.
  /// - Throws: `CannotBegin`, and what `unread` throws.
  private func takeCourse(
    unread: @Sendable (Failure) async throws -> Void, refused: @escaping @Sendable (Failure, Int) -> Bool
  ) async throws -> RunCourse {
    var course = RunCourse(loops: loops.count)
    eventsEnd.yield(.begin)
    for await event in events {
      for action in course.handle(event, at: clock.now()) {
        switch action {
        case .begin: tellAll { .begin($0) }
        case .confirm:
          do {
            // Only the first loop reads the metrics.
            if let failure = await loops[0].run({ $0.unread }) { try await unread(failure) }
          } catch {
            tellAll { .stop($0) }
            throw error
          }
          eventsEnd.yield(.confirmed)
        case .start(let zero): for loop in loops { loop.execute { $0.start(zero) } }
        case .tell(let window): tellAll { _ in .scrape(window) }
        case .judge(let failure):
          let soFar = await progress()
          // Another loop, with another account, may have fared better.
          if soFar.accepted == 0, refused(failure, soFar.errors) { eventsEnd.yield(.giveUp) }
        case .stop: tellAll { .stop($0) }
        case .conclude: tell(0) { .conclude($0) }
        case .awaitPatience:
          Task {
            try? await Task.sleep(for: .seconds(RunCourse.patience))
            eventsEnd.yield(.patienceIsOver)
          }
        case .end:
          tellAll { .stop($0) }
          if let refusal = course.refusal { throw CannotBegin(failure: refusal) }
          return course
        }
      }
    }
    return course
  }

  /// Looks up the target's name whenever asked to, and tells the loops what was found.
  private func keepAddresses() async {
    guard let resolve else { return }
    for await _ in lookUps {
      // If the name cannot be resolved at the moment, what was known before remains the best knowledge.
      if let addresses = try? await resolve(), !Task.isCancelled {
        for loop in loops { loop.execute { $0.use(addresses) } }
      }
      try? await Task.sleep(for: .seconds(Engine.resolvePause))
    }
  }

  /// Asks for a lookup at regular intervals.
  private func remindOfAddresses() async throws {
    guard resolve != nil else { return }
    while true {
      try await Task.sleep(for: .seconds(Engine.resolveEvery))
      lookUpsEnd.yield()
    }
  }

  private func tell(_ index: Int, _ event: @escaping @Sendable (Instant) -> Event) {
    loops[index].execute { [clock] in $0.tell(event(clock.now())) }
  }

  private func tellAll(_ event: @escaping @Sendable (Instant) -> Event) {
    for index in loops.indices { tell(index, event) }
  }

  private func progress() async -> RunProgress {
    var sum = RunProgress()
    for loop in loops { sum = sum + (await loop.run { $0.progress() }) }
    return sum
  }

  /// Ends the books of all loops and merges them. `busyShare` is that of the busiest loop.
  private func collect() async -> (ledger: Ledger, busyShare: Double?) {
    var results: [(ledger: Ledger, busyShare: Double?)] = []
    for loop in loops { results.append(await loop.run { $0.finish() }) }
    var merged = results.removeFirst()
    for (ledger, busyShare) in results {
      merged.ledger.merge(ledger)
      merged.busyShare = [merged.busyShare, busyShare].compactMap { $0 }.max()
    }
    return merged
  }
}
