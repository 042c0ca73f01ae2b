import Synchronization

/// How many keys of schemas are looked at for one description: as schemas refer to one another, a small document can describe a huge one.
final class SchemaBudget: Sendable {
  static let keys = 500_000

  private let left = Atomic(SchemaBudget.keys)

  /// - Returns: whether so many keys may be looked at.
  func takes(_ keys: Int) -> Bool {
    let (_, left) = left.subtract(keys, ordering: .relaxed)
    return left >= 0
  }
}
