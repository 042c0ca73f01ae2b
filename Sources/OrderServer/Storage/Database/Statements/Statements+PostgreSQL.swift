extension Statements {
  static let postgreSQL = Statements(
    now: now,
    migrations: [
      [
        """
        CREATE TABLE orders (
          number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
          id TEXT COLLATE "C" NOT NULL UNIQUE,
          user_id TEXT NOT NULL,
          item_ids TEXT NOT NULL,
          total_amount DOUBLE PRECISION NOT NULL,
          status TEXT COLLATE "C" NOT NULL,
          created_at BIGINT NOT NULL,
          started_at BIGINT,
          ended_at BIGINT,
          server BIGINT,
          claim BIGINT
        )
        """,
        "CREATE INDEX orders_by_status ON orders(status, number)",
        "CREATE INDEX orders_by_user ON orders(user_id, number)",
        """
        CREATE TABLE idempotency_keys (
          owner TEXT NOT NULL, key_text TEXT NOT NULL, fingerprint TEXT NOT NULL, order_id TEXT NOT NULL, PRIMARY KEY (owner, key_text)
        )
        """,
        // Nearly a page of its own for each row, because every commit rewrites one.
        "CREATE TABLE tallies (place INTEGER PRIMARY KEY, \(tallyColumns("BIGINT"))) WITH (fillfactor = 10)",
        insertTallies,
        "CREATE TABLE servers (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, lease_until BIGINT NOT NULL)",
      ],
      [
        """
        CREATE TABLE users (
          id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
          name TEXT NOT NULL,
          email TEXT NOT NULL,
          email_key TEXT NOT NULL UNIQUE,
          password TEXT NOT NULL,
          created_at BIGINT NOT NULL
        )
        """,
        """
        CREATE TABLE refresh_tokens (
          hash TEXT PRIMARY KEY,
          line TEXT NOT NULL,
          user_id BIGINT NOT NULL REFERENCES users(id),
          expires_at BIGINT NOT NULL,
          is_used INTEGER NOT NULL DEFAULT 0
        )
        """,
        "CREATE INDEX refresh_tokens_line ON refresh_tokens(line)",
        "CREATE INDEX refresh_tokens_expiry ON refresh_tokens(expires_at)",
      ],
      [
        "CREATE TABLE durations (place INTEGER PRIMARY KEY, \(DurationColumns.declarations("BIGINT"))) WITH (fillfactor = 10)",
        DurationColumns.fill,
        insertDurations,
      ],
      [
        "CREATE TABLE beginning (place INTEGER PRIMARY KEY, began_at BIGINT NOT NULL)",
        insertBeginning(now: now),
      ],
    ],
    hasTable: "SELECT 1 FROM pg_catalog.pg_class WHERE oid = to_regclass(CAST(? AS text))",
    lockMigrations: "SELECT pg_advisory_lock(\(migrationLock))",
    unlockMigrations: "SELECT pg_advisory_unlock(\(migrationLock))",
    insertOrders: """
      INSERT INTO orders (\(Order.columnNames))
      SELECT e->>0, e->>1, e->>2, (e->>3)::float8, e->>4, (e->>5)::bigint, (e->>6)::bigint, (e->>7)::bigint
      FROM jsonb_array_elements(?::jsonb) WITH ORDINALITY AS list(e, place) ORDER BY place
      ON CONFLICT (id) DO NOTHING
      """,
    insertOrder: "INSERT INTO orders (\(Order.columnNames)) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
    insertKey: "INSERT INTO idempotency_keys (owner, key_text, fingerprint, order_id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
    insertUser: """
      INSERT INTO users (name, email, email_key, password, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (email_key) DO NOTHING RETURNING id
      """,
    insertServer: "INSERT INTO servers (lease_until) VALUES (\(now) + ?) RETURNING id",
    statuses: "SELECT id, status FROM orders WHERE id = ANY(?::text[])",
    lockTaken:
      "SELECT number FROM orders WHERE number = ANY(?::bigint[]) AND status = 'processing' AND server = ? ORDER BY number FOR UPDATE",
    end: "UPDATE orders SET status = $2, ended_at = $3 WHERE \(isListed)",
    take: "UPDATE orders SET status = 'processing', started_at = $2, server = $3, claim = $4 WHERE \(isListed)",
    requeue: "UPDATE orders SET status = 'pending', started_at = NULL, server = NULL, claim = NULL WHERE \(isListed)",
    forgetServers: "DELETE FROM servers WHERE id = ANY($1::bigint[])",
    closeGate: "SELECT pg_advisory_xact_lock_shared(\(gate))",
    passGate: "WITH passed AS MATERIALIZED (SELECT pg_advisory_lock(\(gate))) SELECT pg_advisory_unlock(\(gate)) FROM passed")

  private static let isListed = "number = ANY($1::bigint[])"
  private static let now = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"
  /// Lock numbers that nobody else is likely to use in this database: "ord", followed by "gate" or "migr".
  private static let gate = 0x6F72_6467_6174_65
  private static let migrationLock = 0x6F72_646D_6967_72
}
