/// Which orders a core has reported on, as sums alone: these show whether each order was reported exactly once, without a list of them.
struct Stories: Sendable {
  /// A set of orders: their number, and a sum over their indices that hardly any other set has.
  struct Sum: Sendable, Equatable {
    private(set) var count = 0
    private var sum: UInt64 = 0

    /// SplitMix64's finaliser (Steele, Lea & Flood 2014) turns neighbouring indices into numbers whose sums are practically unique.
    mutating func add(_ index: UInt64) {
      var bits = index &+ 0x9E37_79B9_7F4A_7C15
      bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
      bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
      sum &+= bits ^ (bits >> 31)
      count += 1
    }

    /// Adds an order together with the time at which it was due.
    mutating func add(_ index: UInt64, due: Instant) { add(index &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(bitPattern: due.nanoseconds)) }

    mutating func merge(_ other: Sum) {
      count += other.count
      sum &+= other.sum
    }
  }

  private(set) var scheduled = Sum()
  private(set) var created = Sum()
  private(set) var settled = Sum()
  /// Without the orders of the warm-up: how many there were, how many were sent, and how many have durations to record.
  private(set) var measured = 0
  private(set) var sent = 0
  private(set) var timed = 0
  /// Orders that were given up all at once, and have no stories.
  private(set) var passedOver = 0
  /// When each order was due, as a sum over indices and times.
  private(set) var due = Sum()
  /// Polls that came sooner than their policy allows, and polls that came later.
  private(set) var earlyPolls = 0
  private(set) var latePolls = 0

  mutating func scheduled(_ order: OrderHistory) {
    scheduled.add(order.index)
    due.add(order.index, due: order.due)
  }

  mutating func polled(after gap: Int64, asked: Int64) {
    if gap < asked { earlyPolls += 1 }
    if gap > asked { latePolls += 1 }
  }

  mutating func gaveUp(_ count: Int, isMeasured: Bool) {
    passedOver += count
    if isMeasured { measured += count }
  }

  mutating func created(_ order: OrderHistory) { created.add(order.index) }

  mutating func settled(_ order: OrderHistory, _ outcome: OrderOutcome, isMeasured: Bool) {
    settled.add(order.index)
    guard isMeasured else { return }
    measured += 1
    if order.createSent != .never { sent += 1 }
    if outcome == .completed || (outcome.wasAccepted && !outcome.hasEnded) { timed += 1 }
  }

  mutating func merge(_ other: Stories) {
    scheduled.merge(other.scheduled)
    created.merge(other.created)
    settled.merge(other.settled)
    measured += other.measured
    sent += other.sent
    timed += other.timed
    passedOver += other.passedOver
    due.merge(other.due)
    earlyPolls += other.earlyPolls
    latePolls += other.latePolls
  }
}
