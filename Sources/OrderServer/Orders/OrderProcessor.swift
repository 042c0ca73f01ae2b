import Logging
import ServiceLifecycle
import Shared
import Synchronization

/// The workers: takes pending orders, first come first served, and ends each when its service time is over.
///
/// It sleeps until an order arrives, a service time ends, a batch begins, or the program stops. It looks into the store at intervals
/// (`OrderStore.lookInterval`) only where orders can arrive without its knowledge, through other servers.
/// Orders that are in work when the program stops stay as they are: the next start takes them up again.
final class OrderProcessor: Service {
  /// How long to wait before the store is tried again after it could not do its work.
  static let retryDelay = Duration.seconds(1)

  private let store: any OrderStore
  private let clock: OrderClock
  private let plan: ProcessingPlan
  private let seed: UInt64
  private let logger: Logger
  private let wakeUps: AsyncStream<Void>
  private let wake: AsyncStream<Void>.Continuation
  private let haveOrdersArrived = Atomic(true)
  private let isOver = Atomic(false)

  /// - Parameter seed: what service times and failures are drawn from.
  init(store: any OrderStore, clock: OrderClock, plan: ProcessingPlan, seed: UInt64, logger: Logger) {
    self.store = store
    self.clock = clock
    self.plan = plan
    self.seed = seed
    self.logger = logger
    // Wake-ups that nobody has seen yet count as one.
    (wakeUps, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    wake.yield()
  }

  /// Whether the workers have stopped: no order will be taken or ended any more.
  var hasStopped: Bool { isOver.load(ordering: .relaxed) }

  /// Tells the workers that a new order is in the store. Does not wait for them.
  func ordersArrived() {
    if !haveOrdersArrived.exchange(true, ordering: .acquiringAndReleasing) { wake.yield() }
  }

  /// Works until the program stops. Called once.
  func run() async {
    await withGracefulShutdownHandler {
      var bench = Workbench(plan, seed: seed, start: clock.now())
      var lookout = Lookout(every: store.lookInterval, from: clock.now())
      var isStoreFailing = false
      var timer: Task<Void, Never>?
      for await _ in wakeUps {
        timer?.cancel()
        let next = await work(on: &bench, &lookout, isStoreFailing: &isStoreFailing)
        timer = next.map { wakeUp(at: $0) }
      }
      timer?.cancel()
    } onGracefulShutdown: {
      self.isOver.store(true, ordering: .relaxed)
      self.wake.finish()
    }
    isOver.store(true, ordering: .relaxed)
  }

  /// Takes and ends orders until there is nothing more to do now.
  /// - Returns: when to look again, where nothing else happens before.
  private func work(on bench: inout Workbench, _ lookout: inout Lookout, isStoreFailing: inout Bool) async -> Timestamp? {
    while !hasStopped, !Task.isCancelled {
      let haveArrived = haveOrdersArrived.exchange(false, ordering: .acquiringAndReleasing)
      let now = clock.now()
      if lookout.isDue(at: now) || haveArrived { bench.ordersArrived() }
      do {
        if bench.isBatchDue(at: now) { bench.beginBatch(upTo: try await store.lastNumber(), at: now) }
        guard let turn = bench.turn(at: now) else { break }
        bench.finish(turn, taken: try await store.advance(turn))
        if isStoreFailing { logger.notice("the store works again, and so do the workers") }
        isStoreFailing = false
      } catch {
        // The same turn is tried again: what could not be stored as ended has not ended.
        if !isStoreFailing { logger.error("the store fails, and the workers try again every \(Self.retryDelay.text): \(error)") }
        isStoreFailing = true
        return clock.now().advanced(by: Self.retryDelay)
      }
    }
    return [bench.nextDeadline, lookout.next].compactMap(\.self).min()
  }

  private func wakeUp(at time: Timestamp) -> Task<Void, Never> {
    let delay = time.duration(since: clock.now())
    return Task { [wake] in
      try? await Task.sleep(for: delay, tolerance: .zero)
      if !Task.isCancelled { wake.yield() }
    }
  }
}

/// When the workers look for orders that nobody has told them about.
private struct Lookout: Sendable {
  /// `nil`: they are told about every order.
  let interval: Duration?
  /// When they look next; `nil` where they never do.
  private(set) var next: Timestamp?

  init(every interval: Duration?, from now: Timestamp) {
    self.interval = interval
    next = interval.map { now.advanced(by: $0) }
  }

  /// Whether it is time to look. If so, the next time is set.
  mutating func isDue(at now: Timestamp) -> Bool {
    guard let interval, let next, next <= now else { return false }
    self.next = now.advanced(by: interval)
    return true
  }
}
