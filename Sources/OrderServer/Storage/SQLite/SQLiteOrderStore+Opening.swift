import GRDB
import Shared

extension SQLiteOrderStore {
  static func open(_ location: SQLiteLocation, patience: Duration) throws -> DatabasePool {
    var configuration = Configuration()
    configuration.label = "orders"
    configuration.busyMode = .timeout(patience.seconds)
    // Reads are gathered on one thread; a second connection is for tests that look beside it.
    configuration.maximumReaderCount = 2
    let pool = try DatabasePool(path: location.path, configuration: configuration)
    // Only now: opening a pool sets NORMAL, under which a commit can be lost with the power.
    try pool.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA synchronous = \(location.synchronous.rawValue)")
    }
    return pool
  }

  /// Makes the tables, or brings those of an older version up to date.
  ///
  /// `orders` holds times in microseconds since 1970, items as a JSON list. `tallies` is a single row that is changed in the
  /// same transaction as the orders that it counts, so that the two never differ for any reader.
  static func prepareTables(_ pool: DatabasePool) throws {
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
          CREATE INDEX open_orders ON orders(status) WHERE \(OrderSQL.isOpen);
          CREATE TABLE tallies (
            \(OrderStatus.allCases.map { "\($0.rawValue) INTEGER NOT NULL DEFAULT 0" }.joined(separator: ", ")),
            processing_time INTEGER NOT NULL DEFAULT 0,
            completion_time INTEGER NOT NULL DEFAULT 0,
            latest_stamp INTEGER NOT NULL DEFAULT 0
          );
          INSERT INTO tallies DEFAULT VALUES;
          """)
    }
    if try pool.read(migrator.hasBeenSuperseded) {
      throw DatabaseError(message: "it was made by a newer version of this program")
    }
    try migrator.migrate(pool)
  }
}

/// What several statements have to say alike.
enum OrderSQL {
  /// The condition of the index of open orders. A statement that is to use it must say exactly this.
  static let isOpen = "status IN ('pending', 'processing')"
}
