import NIOCore
import NIOPosix
import Shared

/// A whole run over the network: one core per event loop, one plan, one target.
package struct Engine {
  package struct Settings: Sendable {
    var loops: [EngineLoop.Settings]
    /// The part of the plan that each loop has.
    var plans: [LoadSchedule]
    /// Finds out the target's addresses anew; `nil` where they cannot change.
    var resolve: (@Sendable () async throws -> [SocketAddress])?
  }

  /// How often the target's name is looked up, in seconds: the addresses of a long run's target may move.
  static let resolveEvery: Int64 = 30
  /// The least time between two such looks, where no address can be reached, in seconds.
  static let resolvePause: Int64 = 1

  /// Runs until every order has ended, or `interrupt` says so.
  /// - Parameters:
  ///   - interrupt: yields when the run is to end at once, with what was seen so far.
  ///   - unread: called before the first order where the metrics could not be read, with the reason. What it throws ends the run.
  ///   - refused: called once every create of a loop was refused in the same way, and no loop's was accepted; with the refusal, and how many there
  ///     were. Whether to end the run.
  ///   - report: called about four times a second, with where the run stands and the number of the call.
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

/// One run, from the first scrape to the last: what the loops tell drives its course.
private struct EngineRun: Sendable {
  let clock: EngineClock
  let loops: [LoopThread]
  /// What happens to the run, in the order in which it is told.
  let events: AsyncStream<RunCourse.Event>
  let eventsEnd: AsyncStream<RunCourse.Event>.Continuation
  /// That the target's name is to be looked up.
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

  /// The threads come to their end.
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
    // It may still wait for the loops' answers: they must not end before.
    reporting.cancel()
    _ = await reporting.result
    let course = try result.get()
    let (ledger, busyShare) = await collect()
    return RunResult(ledger: ledger, course: course, busyShare: busyShare, ended: clock.now())
  }

  /// From the first event to the end.
  ///
  /// Every reading is told to all loops before the next event is taken up, so that none of them misses one.
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
            // The first loop is the one that reads the metrics.
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
          // Another loop may have fared better, with another account.
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

  /// Looks the target's name up whenever that is asked for, and tells the loops of what was found.
  private func keepAddresses() async {
    guard let resolve else { return }
    for await _ in lookUps {
      // Where the name is not known just now, what was known before is as good as anything.
      if let addresses = try? await resolve(), !Task.isCancelled {
        for loop in loops { loop.execute { $0.use(addresses) } }
      }
      try? await Task.sleep(for: .seconds(Engine.resolvePause))
    }
  }

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
