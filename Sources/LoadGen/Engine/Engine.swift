import NIOCore
import NIOPosix
import Shared

/// A whole run over the network: one core per event loop, one plan, one target.
struct Engine {
  struct Settings: Sendable {
    var loops: [EngineLoop.Settings]
    /// The part of the plan that each loop has.
    var plans: [LoadSchedule]
  }

  /// What a run saw.
  struct Result: Sendable {
    var ledger: Ledger
    /// All readings that brought figures, in order.
    var readings: [Reading]
    /// Whether the first of them was made before the first order was sent.
    var hasBaseline: Bool
    var wasInterrupted: Bool
    /// Peak memory and processor time are read by whoever reports them.
    var ended: Instant
  }

  /// An account cannot log in: not one order was sent.
  struct CannotBegin: Error { var failure: Failure }

  /// How long the last reading may take once a run was interrupted, in seconds.
  static let patienceAfterInterrupt: Int64 = 2

  /// Runs until every order has ended, or `interrupt` says so.
  /// - Parameters:
  ///   - interrupt: yields when the run is to end at once, with what was seen so far.
  ///   - report: called about four times a second, with where the run stands and the number of the call.
  static func run(
    _ settings: Settings, interrupt: AsyncStream<Void>, report: @escaping @Sendable (Progress, _ tick: Int) -> Void
  ) async throws -> Result {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: settings.loops.count)
    do {
      let result = try await EngineRun(settings, on: group).run(interrupt: interrupt, report: report)
      try await group.shutdownGracefully()
      return result
    } catch {
      try? await group.shutdownGracefully()
      throw error
    }
  }
}

/// One run, from the first reading to the last.
private struct EngineRun: Sendable {
  /// A loop, reached only on its own event loop.
  typealias Loop = NIOLoopBound<EngineLoop>

  let clock: EngineClock
  let eventLoops: [any EventLoop]
  let loops: [Loop]
  let ready: [EventLoopPromise<Void>]
  let drained: [EventLoopPromise<Void>]
  let concluded: EventLoopPromise<Void>
  let readings: AsyncStream<Reading>
  let readingsEnd: AsyncStream<Reading>.Continuation

  init(_ settings: Engine.Settings, on group: MultiThreadedEventLoopGroup) async throws {
    clock = settings.loops[0].clock
    let eventLoops = settings.loops.map { _ in group.next() }
    let ready = eventLoops.map { $0.makePromise(of: Void.self) }
    let concluded = eventLoops[0].makePromise(of: Void.self)
    let drained = eventLoops.map { $0.makePromise(of: Void.self) }
    let (readings, readingsEnd) = AsyncStream.makeStream(of: Reading.self)
    var loops: [Loop] = []
    for (index, eventLoop) in eventLoops.enumerated() {
      let callbacks = EngineLoop.Callbacks(
        observed: { readingsEnd.yield($0) },
        ready: { ready[index].succeed() },
        cannotBegin: { ready[index].fail(Engine.CannotBegin(failure: $0)) },
        drained: { drained[index].succeed() },
        concluded: { concluded.succeed() })
      loops.append(
        try await eventLoop.submit {
          NIOLoopBound(
            EngineLoop(on: eventLoop, settings.loops[index], plan: settings.plans[index], callbacks: callbacks),
            eventLoop: eventLoop)
        }.get())
    }
    self.eventLoops = eventLoops
    self.loops = loops
    self.ready = ready
    self.drained = drained
    self.concluded = concluded
    self.readings = readings
    self.readingsEnd = readingsEnd
  }

  func run(interrupt: AsyncStream<Void>, report: @escaping @Sendable (Progress, _ tick: Int) -> Void) async throws -> Engine.Result {
    // Every reading is told to all loops, and only then is the next step of the run taken: none of them misses one.
    async let kept = keepReadings()
    let watching = Task { () -> Bool in
      for await _ in interrupt {
        tellAll { .stop($0) }
        for promise in ready { promise.succeed() }
        try? await Task.sleep(for: .seconds(Engine.patienceAfterInterrupt))
        concluded.succeed()
        return true
      }
      return false
    }
    let reporting = Task {
      for tick in 1... {
        try await Task.sleep(for: .milliseconds(250))
        report(try await progress(), tick)
      }
    }
    defer {
      watching.cancel()
      reporting.cancel()
    }
    tellAll { .begin($0) }
    do {
      for promise in ready { try await promise.futureResult.get() }
    } catch {
      tellAll { .stop($0) }
      // Nobody will keep these promises any more.
      for promise in ready + drained + [concluded] { promise.succeed() }
      readingsEnd.finish()
      _ = await kept
      throw error
    }
    let start = clock.now()
    tellAll { _ in .start(start) }
    for promise in drained { try await promise.futureResult.get() }
    tell(0) { .conclude($0) }
    try await concluded.futureResult.get()
    tellAll { .stop($0) }
    readingsEnd.finish()
    let all = await kept
    let ledger = try await collect()
    watching.cancel()
    let hasBaseline = all.first.map { $0.window.received <= start } ?? false
    return Engine.Result(
      ledger: ledger, readings: all, hasBaseline: hasBaseline, wasInterrupted: await watching.value, ended: clock.now())
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

  private func tell(_ index: Int, _ event: @escaping @Sendable (Instant) -> Event) {
    let loop = loops[index]
    eventLoops[index].execute { [clock] in loop.value.tell(event(clock.now())) }
  }

  private func tellAll(_ event: @escaping @Sendable (Instant) -> Event) {
    for index in loops.indices { tell(index, event) }
  }

  private func progress() async throws -> Progress {
    var sum = Progress()
    for (loop, eventLoop) in zip(loops, eventLoops) {
      sum = sum + (try await eventLoop.submit { loop.value.progress }.get())
    }
    return sum
  }

  private func collect() async throws -> Ledger {
    var ledgers: [Ledger] = []
    for (loop, eventLoop) in zip(loops, eventLoops) {
      ledgers.append(try await eventLoop.submit { loop.value.finish() }.get())
    }
    var merged = ledgers.removeFirst()
    for ledger in ledgers { merged.merge(ledger) }
    return merged
  }
}
