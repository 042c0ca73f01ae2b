import Shared

/// What else is asked for beside plain orders: for each order of the plan, with which chance.
///
/// Which order it is that meets with it follows from the seed and the order's number alone.
struct Mix: Sendable {
  /// From 0 to 1, of `RequestKind.sideRequests`; kinds that are not there never happen.
  var shares: [RequestKind: Double] = [:]
  var random = SeededRandom(seed: 0)

  var isEmpty: Bool { shares.isEmpty }

  /// - Parameter index: the order's number in the run.
  func includes(_ kind: RequestKind, _ index: UInt64) -> Bool {
    guard let share = shares[kind], share > 0, let place = RequestKind.sideRequests.firstIndex(of: kind) else { return false }
    return random.uniform(.traffic, index, part: UInt64(place)) < share
  }
}
