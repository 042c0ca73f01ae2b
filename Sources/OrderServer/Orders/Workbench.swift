import Shared

/// The orders that are being processed, and when each will be done: no clock, no store, no waiting.
///
/// The k-th order that is ever put on it gets the k-th draw of the service time, and is done that long after it was started,
/// however late it was put here.
struct Workbench: Sendable {
  /// No change of the store completes or takes more orders than this, so that new orders never wait long behind it.
  static let batchLimit = 1_000

  /// What is to be asked of the store next.
  struct Turn: Sendable, Equatable {
    var completing: [TakenOrder]
    /// How many orders may be taken at most.
    var taking: Int
  }

  private let workers: Workers
  private let serviceTime: ServiceTime
  private let random: SeededRandom
  private var drawn = UInt64(0)
  private var inWork = MinHeap<Deadline>()
  /// Done, but not yet known to be stored as completed.
  private var leaving: [TakenOrder] = []
  /// Whether a pending order may be in the store, as far as is known here.
  private var mayBeWaiting = false

  init(workers: Workers, serviceTime: ServiceTime, seed: UInt64) {
    self.workers = workers
    self.serviceTime = serviceTime
    random = SeededRandom(seed: seed)
  }

  /// When the next order will be done; `nil` where none is in work.
  var nextDeadline: Timestamp? { inWork.min?.time }

  /// There may be pending orders in the store.
  mutating func ordersArrived() { mayBeWaiting = true }

  /// - Returns: `nil` where there is nothing to do before the next deadline or the next arrival.
  mutating func turn(at now: Timestamp) -> Turn? {
    while leaving.count < Self.batchLimit, let next = inWork.min, next.time <= now {
      inWork.removeMin()
      leaving.append(next.order)
    }
    let taking = mayBeWaiting ? room : 0
    return leaving.isEmpty && taking == 0 ? nil : Turn(completing: leaving, taking: taking)
  }

  /// The store has done what was asked.
  mutating func finish(_ turn: Turn, taken: [TakenOrder]) {
    leaving = []
    // Fewer than there was room for: there are no more. If there was no room, nothing was learned.
    if turn.taking > 0 { mayBeWaiting = taken.count == turn.taking }
    for order in taken {
      let time = serviceTime.sample(random, index: drawn)
      drawn += 1
      inWork.insert(Deadline(time: order.startedAt.advanced(by: time), order: order))
    }
  }

  /// A worker whose order is leaving is free: the same change completes the one and takes the next.
  private var room: Int {
    switch workers {
    case .unlimited: Self.batchLimit
    case .limited(let count): min(Self.batchLimit, count - inWork.count)
    }
  }

  private struct Deadline: Comparable {
    var time: Timestamp
    var order: TakenOrder

    static func < (left: Deadline, right: Deadline) -> Bool {
      (left.time, left.order.number) < (right.time, right.order.number)
    }
  }
}

extension ServiceTime {
  /// Whether the seed makes no difference.
  var isFixed: Bool {
    if case .fixed = self { true } else { false }
  }
}
