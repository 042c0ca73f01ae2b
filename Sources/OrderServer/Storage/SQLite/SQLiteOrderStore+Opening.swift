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
    registerAccountMigrations(in: &migrator)
    return migrator
  }
}

/// What several statements have to say alike.
enum OrderSQL {
  /// The condition of the index of open orders. A statement that is to use it must say exactly this.
  static let isOpen = "status IN ('pending', 'processing')"
}
