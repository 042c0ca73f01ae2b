/// What became of the orders. Upper counts move before a write, lower counts on the answer; the sums of `docs/measurement.md`, "Conservation", hold at the end.
struct OrderCounts: Sendable, Equatable {
  var scheduled = 0
  var submitted = 0
  /// Creates that were sent again because their token was refused: attempts, and no further orders.
  var resubmitted = 0
  private var byOutcome = [Int](repeating: 0, count: OrderOutcome.allCases.count)
  /// Acknowledged so far, ended or not.
  var accepted = 0

  subscript(outcome: OrderOutcome) -> Int {
    get { byOutcome[outcome.position] }
    set { byOutcome[outcome.position] = newValue }
  }

  var unfinished: Int {
    self[.timedOut] + self[.runEnd] + self[.lost] + self[.unknownStatus] + self[.untracked]
  }

  /// Counts one more order of this outcome, or several, in all that they are a part of.
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
