import Synchronization

extension SQLiteOrderStore {
  /// What has been found out about the file since it was opened.
  final class Shape: Sendable {
    private let warn: @Sendable (String) -> Void
    private let hasFailed = Atomic(false)
    private let damagedRows = Mutex<Set<Int64>>([])

    /// - Parameter warn: told in one line what the operator should know.
    init(warn: @escaping @Sendable (String) -> Void) { self.warn = warn }

    /// Whether the last order that came could not be stored.
    var isFailing: Bool { hasFailed.load(ordering: .relaxed) }

    func failed() { hasFailed.store(true, ordering: .relaxed) }

    func worked() { if isFailing { hasFailed.store(false, ordering: .relaxed) } }

    /// An order that waits and cannot be taken: said once, though every turn of the workers comes across it.
    func isDamaged(_ number: Int64, _ what: String) {
      let isNews = damagedRows.withLock { $0.count < 10_000 && $0.insert(number).inserted }
      if isNews { warn("\(what); the order is left pending until that is mended") }
    }
  }
}
