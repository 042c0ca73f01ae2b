/// Orders that failed or were not sent, possibly because the load generator stood still: without its lag each of them might have been
/// accepted.
struct OwnDoing: Sendable, Equatable {
  private(set) var notSent = 0
  private(set) var errored = 0
  private(set) var ambiguous = 0
  /// How many of them do not belong to the warm-up.
  private(set) var measured = 0

  var all: Int { notSent + errored + ambiguous }

  /// - Parameter outcome: ignored unless it is one of these three, since no other can be our doing.
  mutating func add(_ outcome: OrderOutcome, _ count: Int = 1, isMeasured: Bool) {
    switch outcome {
    case .notSent: notSent += count
    case .errored: errored += count
    case .ambiguous: ambiguous += count
    default: return
    }
    if isMeasured { measured += count }
  }

  mutating func merge(_ other: OwnDoing) {
    notSent += other.notSent
    errored += other.errored
    ambiguous += other.ambiguous
    measured += other.measured
  }
}
