import Synchronization

/// How many connections may be served at the same time, and how many are.
final class ConnectionPlaces: Sendable {
  let limit: Int
  private let taken = Atomic(0)

  init(_ limit: Int) { self.limit = limit }

  /// - Returns: `false` where there is none left; otherwise it must be given back.
  func take() -> Bool {
    guard taken.add(1, ordering: .relaxed).newValue > limit else { return true }
    taken.subtract(1, ordering: .relaxed)
    return false
  }

  func giveBack() { taken.subtract(1, ordering: .relaxed) }
}
