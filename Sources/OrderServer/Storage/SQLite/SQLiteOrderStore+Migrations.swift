import GRDB
import Shared

extension SQLiteOrderStore {
  /// Makes the tables, or brings those of an older version up to date.
  ///
  /// `refresh_tokens` also keeps the used tokens until they expire, so that one that comes again is recognised. `line` is the same for all
  /// tokens that follow from one login.
  static func migrator() -> DatabaseMigrator {
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
    migrator.registerMigration("accounts") { database in
      try database.execute(
        sql: """
          CREATE TABLE users (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            email TEXT NOT NULL COLLATE NOCASE,
            password TEXT NOT NULL,
            created_at INTEGER NOT NULL
          );
          CREATE UNIQUE INDEX users_email ON users(email);
          CREATE TABLE refresh_tokens (
            hash BLOB PRIMARY KEY,
            line BLOB NOT NULL,
            user_id INTEGER NOT NULL REFERENCES users(id),
            expires_at INTEGER NOT NULL,
            is_used INTEGER NOT NULL DEFAULT 0
          ) WITHOUT ROWID;
          CREATE INDEX refresh_tokens_line ON refresh_tokens(line);
          CREATE INDEX refresh_tokens_expiry ON refresh_tokens(expires_at);
          """)
    }
    migrator.registerMigration("commits") { database in
      try database.execute(
        sql: """
          ALTER TABLE tallies ADD COLUMN lineage INTEGER NOT NULL DEFAULT 0;
          ALTER TABLE tallies ADD COLUMN commits INTEGER NOT NULL DEFAULT 0;
          UPDATE tallies SET lineage = random();
          CREATE TABLE room (bytes BLOB NOT NULL);
          """)
    }
    migrator.registerMigration("durations") { database in
      try database.execute(
        sql: """
          CREATE TABLE durations (place INTEGER PRIMARY KEY, \(DurationColumns.declarations("INTEGER")));
          \(DurationColumns.fill);
          """)
    }
    migrator.registerMigration("beginning") { database in
      // When a file of an older version was made is not known; all that it has counted came with its first order, or later.
      try database.execute(
        sql: """
          ALTER TABLE tallies ADD COLUMN began_at INTEGER NOT NULL DEFAULT 0;
          UPDATE tallies SET began_at = coalesce((SELECT min(created_at) FROM orders), \(Timestamp.ofMachine().microseconds));
          """)
    }
    return migrator
  }
}
