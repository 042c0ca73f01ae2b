import GRDB
import Shared
import Testing

@testable import OrderServer

@Suite("Files of earlier versions")
struct MigrationTests {
  @Test("A file of the first version keeps its orders, and can do all that a new one can")
  func bringsUpToDate() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("orders.db")
    let old = try DatabaseQueue(path: path)
    try await old.write { database in
      try database.execute(
        sql: """
          CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
          INSERT INTO grdb_migrations VALUES ('orders');
          CREATE TABLE orders (
            number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, user_id TEXT NOT NULL, item_ids TEXT NOT NULL, total_amount REAL NOT NULL,
            status TEXT NOT NULL, created_at INTEGER NOT NULL, started_at INTEGER, completed_at INTEGER
          );
          CREATE INDEX open_orders ON orders(status) WHERE status IN ('pending', 'processing');
          INSERT INTO orders VALUES (1, 'a', 'u', '["x"]', 2.5, 'completed', 10, 20, 30), (2, 'b', 'u', '["y"]', 1, 'processing', 11, 21, NULL),
            (3, 'c', 'v', '["z"]', 1, 'pending', 12, NULL, NULL);
          CREATE TABLE tallies (
            pending INTEGER NOT NULL DEFAULT 0, processing INTEGER NOT NULL DEFAULT 0, completed INTEGER NOT NULL DEFAULT 0,
            cancelled INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0, processing_time INTEGER NOT NULL DEFAULT 0,
            completion_time INTEGER NOT NULL DEFAULT 0, latest_stamp INTEGER NOT NULL DEFAULT 0
          );
          INSERT INTO tallies VALUES (1, 1, 1, 0, 0, 10, 20, 30);
          """)
    }
    try old.close()

    let store = try SQLiteOrderStore(SQLiteLocation(path: path), clock: .ticking())
    #expect(try await store.recover() == Recovery(requeued: 1, pending: 2))
    let completed = try #require(try await store.order(OrderID("a")))
    #expect(completed.completedAt == Timestamp(microseconds: 30) && completed.itemIDs == ["x"] && completed.totalAmount == 2.5)
    #expect(try await store.cancel(OrderID("c"))?.status == .cancelled)
    #expect(try await store.orders(OrderQuery(userID: "u", limit: 10)).orders.map(\.id.text) == ["b", "a"])
    #expect(try await store.advance(completing: [], taking: 10).map(\.id.text) == ["b"])
    let key = IdempotencyKey(owner: "", text: "k", fingerprint: [1])
    #expect(try await store.insert(.sample("d"), under: key) == OrderID("d"))
    #expect(store.beganAt == Timestamp(microseconds: 10), "when the first order came")
    let tallies = try await store.tallies()
    #expect(tallies.total == 4)
    #expect(tallies.processing.counts.allSatisfy { $0 == 1 } && tallies.completion.counts.allSatisfy { $0 == 1 }, "of one order of 20 us")
    let indexes = try await store.pool.read {
      try String.fetchAll($0, sql: "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    }
    #expect(Set(indexes).isSuperset(of: ["orders_by_status", "orders_by_user"]) && !indexes.contains("open_orders"))
    try await store.close()

    // And once more: keys and cancelled orders survive.
    let again = try SQLiteOrderStore(SQLiteLocation(path: path), clock: .ticking())
    #expect(again.beganAt == Timestamp(microseconds: 10))
    #expect(try await again.recover() == Recovery(requeued: 1, pending: 2))
    #expect(try await again.status(of: OrderID("c")) == .cancelled)
    #expect(try await again.insert(.sample("e"), under: key) == OrderID("d"))
    try await again.close()
  }
}
