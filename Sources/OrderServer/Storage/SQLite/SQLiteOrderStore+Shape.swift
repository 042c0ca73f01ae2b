import Synchronization

extension SQLiteOrderStore {
  /// What has been found out about the file since it was opened.
  final class Shape: Sendable {
    private let warn: @Sendable (String) -> Void
    private let hasFailed = Atomic(false)
    private let damagedRows = Mutex<Set<Int64>>([])

    /// - Parameter warn: told in one line what the operator should know.
    init(warn: @escaping @Sendable (String) -> Void) { self.warn = warn }

    /// Whether a transaction has failed since something new was last stored.
    var isFailing: Bool { hasFailed.load(ordering: .relaxed) }

    /// Called when a transaction has failed.
    func failed() { hasFailed.store(true, ordering: .relaxed) }

    /// Called when something new was stored.
    func worked() { if isFailing { hasFailed.store(false, ordering: .relaxed) } }

    /// Warns about a pending order that cannot be taken because its row is damaged. Each is reported once, although every turn of the
    /// workers finds it, and no more than 10,000 are.
    func isDamaged(_ number: Int64, _ what: String) {
      let isNews = damagedRows.withLock { $0.count < 10_000 && $0.insert(number).inserted }
      if isNews { warn("\(what); the order is left pending until that is mended") }
    }
  }
}
