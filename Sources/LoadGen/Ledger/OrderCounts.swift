/// What became of the orders. Upper counts change before a write, lower counts when the answer comes. At the end the sums of
/// `docs/measurement.md`, "Conservation", hold.
struct OrderCounts: Sendable, Equatable {
  var scheduled = 0
  var submitted = 0
  /// Creates that were sent again because their token was refused. These are attempts, not further orders.
  var resubmitted = 0
  private var byOutcome = [Int](repeating: 0, count: OrderOutcome.allCases.count)
  /// Orders acknowledged so far, whether or not they have ended.
  var accepted = 0

  subscript(outcome: OrderOutcome) -> Int {
    get { byOutcome[outcome.position] }
    set { byOutcome[outcome.position] = newValue }
  }

  var unfinished: Int {
    self[.timedOut] + self[.runEnd] + self[.lost] + self[.unknownStatus] + self[.untracked]
  }

  /// Counts `count` more orders of this outcome, in all totals that include it.
  mutating func add(_ outcome: OrderOutcome, _ count: Int = 1) {
    scheduled += count
    if outcome != .notSent { submitted += count }
    if outcome.wasAccepted { accepted += count }
    self[outcome] += count
  }

  mutating func merge(_ other: OrderCounts) {
    scheduled += other.scheduled
    submitted += other.submitted
    resubmitted += other.resubmitted
    accepted += other.accepted
    for outcome in OrderOutcome.allCases { self[outcome] += other[outcome] }
  }
}

extension OrderOutcome {
  fileprivate var position: Int {
    switch self {
    case .notSent: 0
    case .rejected: 1
    case .errored: 2
    case .ambiguous: 3
    case .completed: 4
    case .cancelled: 5
    case .failed: 6
    case .timedOut: 7
    case .runEnd: 8
    case .lost: 9
    case .unknownStatus: 10
    case .untracked: 11
    }
  }
}
