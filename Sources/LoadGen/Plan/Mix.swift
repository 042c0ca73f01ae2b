import Shared

/// What is requested besides plain orders, each kind with a probability per order of the plan.
///
/// Which orders are affected follows from the seed and the order's number alone.
struct Mix: Sendable {
  /// The probability, from 0 to 1, of each of `RequestKind.sideRequests`; a kind that is missing never happens.
  var shares: [RequestKind: Double] = [:]
  var random = SeededRandom(seed: 0)

  var isEmpty: Bool { shares.isEmpty }

  /// Whether this order of the plan is accompanied by a request of this kind.
  /// - Parameter index: the order's number in the run.
  func includes(_ kind: RequestKind, _ index: UInt64) -> Bool {
    guard let share = shares[kind], share > 0, let place = RequestKind.sideRequests.firstIndex(of: kind) else { return false }
    return random.uniform(.traffic, index, part: UInt64(place)) < share
  }
}
