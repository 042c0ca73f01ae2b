import Shared
import Synchronization
import Testing

@testable import OrderServer

/// The stores that must all behave alike.
enum StoreKind: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case memory, sqlite

  var testDescription: String { rawValue }

  /// Runs a test against a new, empty store.
  func withStore(clock: OrderClock = .ticking(), _ body: (any OrderStore) async throws -> Void) async throws {
    let folder = try TemporaryFolder()
    let store: any OrderStore =
      switch self {
      case .memory: MemoryOrderStore(clock: clock)
      case .sqlite: try SQLiteOrderStore(SQLiteLocation(path: folder.file("orders.db")), clock: clock)
      }
    do {
      try await body(store)
    } catch {
      try? await store.close()
      throw error
    }
    try await store.close()
  }
}

extension OrderClock {
  /// A clock that moves on by one microsecond whenever it is read: no two stamps are alike, and their order is the order of reading.
  static func ticking(from start: Int64 = 1_000_000) -> OrderClock {
    let ticks = Ticks()
    return OrderClock(startingAt: Timestamp(microseconds: start)) { ticks.next() }
  }

  private final class Ticks: Sendable {
    private let count = Atomic<Int64>(0)

    func next() -> Int64 { count.add(1, ordering: .relaxed).newValue }
  }
}

extension Order {
  static func sample(_ id: String, createdAt: Timestamp = Timestamp(microseconds: 1)) -> Order {
    Order(id: OrderID(id), userID: "u-1", itemIDs: ["item-001", "\"ö\\\n"], totalAmount: 250.75, createdAt: createdAt)
  }
}
