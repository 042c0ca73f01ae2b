import HeapModule
import Shared

/// The orders that are being processed, and when each will be done. A pure value: it has no clock and no store, and never waits.
///
/// The k-th order that is ever put on it gets the k-th draw of the service time and of failing. It is done one service time after its
/// start, however late it was put here.
struct Workbench: Sendable {
  /// What is to be asked of the store next.
  typealias Turn = WorkerTurn

  /// One change of the store ends at most this many orders, and takes at most this many, so that new orders never wait long behind it.
  static let batchLimit = 1_000

  private let workers: Workers
  private var draws: ProcessingDraws
  private var inWork = Heap<Deadline>()
  /// Done, but not yet known to be stored as such.
  private var leaving: [Deadline] = []
  /// Whether the store may hold an order that can be taken, as far as is known here.
  private var mayBeWaiting = false
  /// `nil` where orders are taken as they come.
  private var batches: BatchTimetable?

  /// - Parameter start: the time that the ticks of batches are counted from.
  init(_ plan: ProcessingPlan, seed: UInt64, start: Timestamp = Timestamp(microseconds: 0)) {
    workers = plan.workers
    draws = ProcessingDraws(plan.serviceTime, failureRate: plan.failureRate, random: SeededRandom(seed: seed))
    batches = plan.batchEvery.map { BatchTimetable(every: $0, from: start) }
  }

  /// When to look again: when the next order will be done, or the next batch begins; `nil` where neither is known.
  var nextDeadline: Timestamp? {
    switch (inWork.min?.time, batches?.nextTick) {
    case (let done?, let tick?): min(done, tick)
    case (let done, let tick): done ?? tick
    }
  }

  /// Notes that there may be pending orders in the store.
  mutating func ordersArrived() {
    // Those that come between two ticks wait for the next.
    if batches == nil { mayBeWaiting = true }
  }

  /// Whether it is time for a batch; if so, `beginBatch` must come before the next turn. Also ends a batch whose last order is done.
  mutating func isBatchDue(at now: Timestamp) -> Bool {
    if !mayBeWaiting, inWork.count == 0, leaving.isEmpty { batches?.end(at: now) }
    return batches?.isDue(at: now) ?? false
  }

  /// Begins a batch of all orders that are pending now.
  /// - Parameter last: the highest order number there is; `nil` where there is no order.
  mutating func beginBatch(upTo last: Int64?, at now: Timestamp) {
    batches?.begin(upTo: last, at: now)
    mayBeWaiting = last != nil
  }

  /// What to ask of the store now. It stays the same until `finish` is called, apart from orders that are done meanwhile.
  /// - Returns: `nil` where there is nothing to do before the next deadline or the next arrival.
  mutating func turn(at now: Timestamp) -> Turn? {
    while leaving.count < Self.batchLimit, let next = inWork.min, next.time <= now {
      inWork.removeMin()
      leaving.append(next)
    }
    let taking = mayBeWaiting ? room : 0
    guard !leaving.isEmpty || taking > 0 else { return nil }
    return Turn(
      completing: leaving.filter { !$0.fails }.map(\.order), failing: leaving.filter(\.fails).map(\.order), taking: taking,
      upTo: batches?.last ?? .max)
  }

  /// Notes that the store has done what the turn asked for.
  /// - Parameter taken: the orders that it took.
  mutating func finish(_ turn: Turn, taken: [ClaimedOrder]) {
    leaving = []
    // Fewer orders than there was room for: there are no more. Without room, nothing was learned.
    if turn.taking > 0 { mayBeWaiting = taken.count == turn.taking }
    for order in taken {
      let (time, fails) = draws.next()
      inWork.insert(Deadline(time: order.startedAt.advanced(by: .nanoseconds(time)), order: order, fails: fails))
    }
  }

  /// How many orders may be taken. A worker whose order is leaving is free: one change ends that order and takes the next.
  private var room: Int {
    switch workers {
    case .unlimited: Self.batchLimit
    case .limited(let count): min(Self.batchLimit, count - inWork.count)
    }
  }

  private struct Deadline: Comparable {
    var time: Timestamp
    var order: ClaimedOrder
    var fails: Bool

    static func < (left: Deadline, right: Deadline) -> Bool {
      (left.time, left.order.number) < (right.time, right.order.number)
    }
  }
}

extension Workbench {
  /// A workbench that takes orders as they come, none of which fails.
  init(workers: Workers, serviceTime: ServiceTime, seed: UInt64) {
    self.init(ProcessingPlan(workers: workers, serviceTime: serviceTime), seed: seed)
  }
}
