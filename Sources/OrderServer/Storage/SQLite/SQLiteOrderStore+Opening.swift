import GRDB
import Shared

extension SQLiteOrderStore {
  /// Opens the file, and makes its tables or brings those of an older version up to date.
  ///
  /// `orders` holds times in microseconds since 1970, and items as a JSON list. `tallies` is a single row that is changed in the
  /// same transaction as the orders that it counts, so that the two never differ for any reader.
  /// - Throws: `DatabaseError`; a file that is not ours is then as it was.
  static func open(_ location: SQLiteLocation, patience: Duration) throws -> DatabasePool {
    var configuration = Configuration()
    configuration.label = "orders"
    configuration.busyMode = .timeout(patience.seconds)
    // Reads are gathered on one thread; a second connection is for whoever looks on beside it.
    configuration.maximumReaderCount = 2
    let migrator = migrator()
    try inspect(location, configuration, migrator)
    let pool = try DatabasePool(path: location.path, configuration: configuration)
    // Only now: opening a pool sets NORMAL, under which a commit can be lost with the power.
    try pool.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA synchronous = \(location.synchronous.rawValue)")
    }
    try migrator.migrate(pool)
    return pool
  }

  /// Looks whether the file is one that we may write to, without changing it.
  private static func inspect(_ location: SQLiteLocation, _ configuration: Configuration, _ migrator: DatabaseMigrator) throws {
    let queue = try DatabaseQueue(path: location.path, configuration: configuration)
    try queue.read { database in
      if try database.tableExists("orders"), try !database.tableExists("tallies") {
        throw DatabaseError(message: "it has an orders table that this program did not make; name another file")
      }
      if try migrator.hasBeenSuperseded(database) {
        throw DatabaseError(message: "it was made by a newer version of this program; use that one, or name another file")
      }
    }
    try queue.close()
  }

  private static func migrator() -> DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("orders") { database in
      try database.execute(
        sql: """
          CREATE TABLE orders (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            user_id TEXT NOT NULL,
            item_ids TEXT NOT NULL,
            total_amount REAL NOT NULL,
            status TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            started_at INTEGER,
            completed_at INTEGER
          );
          CREATE INDEX open_orders ON orders(status) WHERE status IN ('pending', 'processing');
          CREATE TABLE tallies (
            \(OrderStatus.allCases.map { "\($0.rawValue) INTEGER NOT NULL DEFAULT 0" }.joined(separator: ", ")),
            processing_time INTEGER NOT NULL DEFAULT 0,
            completion_time INTEGER NOT NULL DEFAULT 0,
            latest_stamp INTEGER NOT NULL DEFAULT 0
          );
          INSERT INTO tallies DEFAULT VALUES;
          """)
    }
    migrator.registerMigration("cancelling, lists and idempotency keys") { database in
      try database.execute(
        sql: """
          ALTER TABLE orders RENAME COLUMN completed_at TO ended_at;
          DROP INDEX open_orders;
          CREATE INDEX orders_by_status ON orders(status);
          CREATE INDEX orders_by_user ON orders(user_id);
          CREATE TABLE idempotency_keys (
            owner TEXT NOT NULL,
            key TEXT NOT NULL,
            fingerprint BLOB NOT NULL,
            order_id TEXT NOT NULL,
            PRIMARY KEY (owner, key)
          ) WITHOUT ROWID;
          """)
    }
    registerAccountMigrations(in: &migrator)
    return migrator
  }
}

enum OrderSQL {
  /// Asked in every turn of the workers, so that it must find its orders by the index, however many have ended.
  static let oldestPending = "SELECT number, id, created_at FROM orders WHERE status = 'pending' AND number <= ? ORDER BY number LIMIT ?"
}
