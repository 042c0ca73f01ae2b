import GRDB

/// Adds the tables of accounts to those that a database file is brought up to date with.
///
/// `refresh_tokens` keeps the used ones too, until they expire: one that comes again is known by it. `line` is the same for all
/// tokens that follow from one login.
func registerAccountMigrations(in migrator: inout DatabaseMigrator) {
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
}
