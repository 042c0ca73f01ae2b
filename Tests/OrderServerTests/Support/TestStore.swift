import Shared
import Synchronization
import Testing

@testable import OrderServer

/// The stores that must all behave alike.
enum StoreKind: String, Sendable, CustomTestStringConvertible {
  case memory, sqlite, postgreSQL, mySQL

  /// Those that this build has. `scripts/test` builds all of them.
  static let all: [StoreKind] = [.memory, .sqlite] + databases
  static let databases: [StoreKind] = DatabaseKind.allCases.filter(DatabaseKind.builtIn.contains).map {
    $0 == .mySQL ? .mySQL : .postgreSQL
  }

  var testDescription: String { rawValue }

  var database: DatabaseKind? {
    switch self {
    case .memory, .sqlite: nil
    case .postgreSQL: .postgreSQL
    case .mySQL: .mySQL
    }
  }

  /// As many seeds as were asked for, but fewer where each costs a database of its own.
  func seeds(_ count: UInt64) -> Range<UInt64> { 0..<(database == nil ? count : min(count, 2)) }

  /// Longer than any machine lets a thread stand still, which the others, and the database, would take for a server that is gone.
  static let longLease = Duration.seconds(600)

  /// Runs a test against a new, empty store.
  func withStore(clock: OrderClock = .ticking(), _ body: @Sendable (any OrderStore) async throws -> Void) async throws {
    if let database {
      try await DatabaseServer.of(database).withDatabase { location in
        try await Self.closing(DatabaseOrderStore(location, clock: clock, leaseLength: Self.longLease), body)
      }
    } else if self == .sqlite {
      let folder = try TemporaryFolder()
      try await Self.closing(SQLiteOrderStore(SQLiteLocation(path: folder.file("orders.db")), clock: clock), body)
    } else {
      try await Self.closing(MemoryOrderStore(clock: clock), body)
    }
  }

  /// Runs a test against two servers' stores on one new, empty database.
  /// - Parameter lease: how long each waits for a sign of life of the other.
  func withTwoStores(
    clock: OrderClock = .ticking(), lease: Duration = StoreKind.longLease,
    _ body: @Sendable (DatabaseOrderStore, DatabaseOrderStore) async throws -> Void
  ) async throws {
    guard let database else { return }
    try await DatabaseServer.of(database).withDatabase { location in
      try await Self.closing(DatabaseOrderStore(location, clock: clock, leaseLength: lease)) { first in
        try await Self.closing(DatabaseOrderStore(location, clock: clock, leaseLength: lease)) { second in
          try await body(first, second)
        }
      }
    }
  }

  private static func closing<Store: OrderStore>(_ store: Store, _ body: @Sendable (Store) async throws -> Void) async throws {
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
