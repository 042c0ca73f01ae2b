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

/// One run, from the first reading to the last.
private struct EngineRun: Sendable {
  let clock: EngineClock
  let loops: [LoopThread]
  let ready: [EventLoopPromise<Void>]
  let drained: [EventLoopPromise<Void>]
  let concluded: EventLoopPromise<Void>
  /// That the target's name is to be looked up.
  let lookUps: AsyncStream<Void>
  let lookUpsEnd: AsyncStream<Void>.Continuation
  let resolve: (@Sendable () async throws -> [SocketAddress])?
  let readings: AsyncStream<Reading>
  let readingsEnd: AsyncStream<Reading>.Continuation
  let refusals: AsyncStream<Failure>
  let refusalsEnd: AsyncStream<Failure>.Continuation

  init(_ settings: Engine.Settings) async throws(Failure) {
    clock = settings.loops[0].clock
    let promises = MultiThreadedEventLoopGroup.singleton.any()
    let ready = settings.loops.map { _ in promises.makePromise(of: Void.self) }
    let drained = settings.loops.map { _ in promises.makePromise(of: Void.self) }
    let concluded = promises.makePromise(of: Void.self)
    let (readings, readingsEnd) = AsyncStream.makeStream(of: Reading.self)
    let (refusals, refusalsEnd) = AsyncStream.makeStream(of: Failure.self)
    let (lookUps, lookUpsEnd) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    var loops: [LoopThread] = []
    for (index, loop) in settings.loops.enumerated() {
      let callbacks = EngineLoop.Callbacks(
        observed: { readingsEnd.yield($0) },
        ready: { ready[index].succeed() },
        cannotBegin: { ready[index].fail(CannotBegin(failure: $0)) },
        onlyRefused: { refusalsEnd.yield($0) },
        unreachable: { lookUpsEnd.yield() },
        drained: { drained[index].succeed() },
        concluded: { concluded.succeed() })
      let plan = settings.plans[index]
      loops.append(
        try await LoopThread("loop \(index)") { mailbox throws(Failure) in
          try EngineLoop(loop, plan: plan, mailbox: mailbox, callbacks: callbacks)
        })
    }
    self.loops = loops
    self.ready = ready
    self.drained = drained
    self.concluded = concluded
    self.readings = readings
    self.readingsEnd = readingsEnd
    self.refusals = refusals
    self.refusalsEnd = refusalsEnd
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
    let resolving = [Task { await keepAddresses() }, Task { try await remindOfAddresses() }]
    defer { for task in resolving { task.cancel() } }
    let result: Result<RunResult, any Error>
    do { result = .success(try await run(interrupt: interrupt, unread: unread, refused: refused)) } catch { result = .failure(error) }
    // It may still wait for the loops' answers: they must not end before.
    reporting.cancel()
    _ = await reporting.result
    return try result.get()
  }

  private func run(
    interrupt: AsyncStream<Void>, unread: @Sendable (Failure) async throws -> Void,
    refused: @escaping @Sendable (Failure, Int) -> Bool
  ) async throws -> RunResult {
    // Every reading is told to all loops, and only then is the next step of the run taken: none of them misses one.
    async let kept = keepReadings()
    let watching = Task { () -> Bool in
      for await _ in interrupt {
        tellAll { .stop($0) }
        for promise in ready { promise.succeed() }
        try? await Task.sleep(for: .seconds(RunResult.patienceAfterInterrupt))
        concluded.succeed()
        return true
      }
      return false
    }
    let listening = Task { () -> Bool in
      for await failure in refusals {
        let soFar = await progress()
        // Another loop may have fared better, with another account.
        guard soFar.accepted == 0, refused(failure, soFar.errors) else { continue }
        tellAll { .stop($0) }
        // The last reading has as long as after an interruption.
        Task {
          try? await Task.sleep(for: .seconds(RunResult.patienceAfterInterrupt))
          concluded.succeed()
        }
        return true
      }
      return false
    }
    defer {
      watching.cancel()
      listening.cancel()
    }
    tellAll { .begin($0) }
    do {
      for promise in ready { try await promise.futureResult.get() }
      // The first loop is the one that reads the metrics.
      if let failure = await loops[0].run({ $0.unread }) { try await unread(failure) }
    } catch {
      tellAll { .stop($0) }
      // Nobody will keep these promises any more.
      for promise in ready + drained + [concluded] { promise.succeed() }
      readingsEnd.finish()
      _ = await kept
      throw error
    }
    let start = clock.now()
    for loop in loops { loop.execute { $0.start(start) } }
    for promise in drained { try await promise.futureResult.get() }
    // What was told before the last order's end is heard before the run's.
    refusalsEnd.finish()
    let wasRefused = await listening.value
    tell(0) { .conclude($0) }
    try await concluded.futureResult.get()
    tellAll { .stop($0) }
    readingsEnd.finish()
    let all = await kept
    let (ledger, busyShare) = await collect()
    watching.cancel()
    let hasBaseline = all.first.map { $0.window.received <= start } ?? false
    return RunResult(
      ledger: ledger, readings: all, hasBaseline: hasBaseline, wasInterrupted: await watching.value, wasRefused: wasRefused,
      busyShare: busyShare, ended: clock.now())
  }

  /// Tells every loop of each reading, and keeps those that brought figures.
  private func keepReadings() async -> [Reading] {
    var kept: [Reading] = []
    for await reading in readings {
      tellAll { _ in .reading(reading.window) }
      if reading.window.hasFigures { kept.append(reading) }
    }
    return kept
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
