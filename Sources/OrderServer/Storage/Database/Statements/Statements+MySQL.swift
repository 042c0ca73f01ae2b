extension Statements {
  /// For MariaDB 10.6 or newer, and MySQL 8.0 or newer. Texts are kept as bytes, so that each is equal only to itself.
  static let mySQL = Statements(
    now: now,
    // The server commits each of these by itself, so a step that was broken off must be able to run again.
    migrations: [
      [
        """
        CREATE TABLE IF NOT EXISTS orders (
          number BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
          id VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE,
          user_id VARBINARY(1024) NOT NULL,
          item_ids MEDIUMBLOB NOT NULL,
          total_amount DOUBLE NOT NULL,
          status VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
          created_at BIGINT NOT NULL,
          started_at BIGINT,
          ended_at BIGINT,
          server BIGINT,
          claim BIGINT,
          INDEX orders_by_status (status, number),
          INDEX orders_by_user (user_id, number)
        ) ENGINE = InnoDB
        """,
        """
        CREATE TABLE IF NOT EXISTS idempotency_keys (
          owner VARBINARY(255) NOT NULL, key_text VARBINARY(255) NOT NULL, fingerprint VARBINARY(128) NOT NULL,
          order_id VARBINARY(128) NOT NULL, PRIMARY KEY (owner, key_text)
        ) ENGINE = InnoDB
        """,
        "CREATE TABLE IF NOT EXISTS tallies (place INTEGER PRIMARY KEY, \(tallyColumns("BIGINT"))) ENGINE = InnoDB",
        insertTallies + " ON DUPLICATE KEY UPDATE place = place",
        "CREATE TABLE IF NOT EXISTS servers (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, lease_until BIGINT NOT NULL) ENGINE = InnoDB",
        "CREATE TABLE IF NOT EXISTS gate (id INTEGER PRIMARY KEY) ENGINE = InnoDB",
        "INSERT INTO gate (id) VALUES (1) ON DUPLICATE KEY UPDATE id = 1",
      ],
      [
        """
        CREATE TABLE IF NOT EXISTS users (
          id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
          name VARBINARY(400) NOT NULL,
          email VARBINARY(254) NOT NULL,
          email_key VARBINARY(254) NOT NULL UNIQUE,
          password VARBINARY(512) NOT NULL,
          created_at BIGINT NOT NULL
        ) ENGINE = InnoDB
        """,
        """
        CREATE TABLE IF NOT EXISTS refresh_tokens (
          hash VARBINARY(128) PRIMARY KEY,
          line VARBINARY(128) NOT NULL,
          user_id BIGINT NOT NULL REFERENCES users(id),
          expires_at BIGINT NOT NULL,
          is_used INTEGER NOT NULL DEFAULT 0,
          INDEX refresh_tokens_line (line),
          INDEX refresh_tokens_expiry (expires_at)
        ) ENGINE = InnoDB
        """,
      ],
      [
        "CREATE TABLE IF NOT EXISTS durations (place INTEGER PRIMARY KEY, \(DurationColumns.declarations("BIGINT"))) ENGINE = InnoDB",
        DurationColumns.fill + " ON DUPLICATE KEY UPDATE place = VALUES(place)",
        insertDurations + " ON DUPLICATE KEY UPDATE place = place",
      ],
      [
        "CREATE TABLE IF NOT EXISTS beginning (place INTEGER PRIMARY KEY, began_at BIGINT NOT NULL) ENGINE = InnoDB",
        insertBeginning(now: now) + " ON DUPLICATE KEY UPDATE place = VALUES(place)",
      ],
    ],
    hasTable: "SELECT 1 FROM information_schema.tables WHERE table_schema = database() AND table_name = ?",
    lockMigrations: "SELECT get_lock('order-server migrations', 60)",
    unlockMigrations: "SELECT release_lock('order-server migrations')",
    insertOrders: """
      INSERT INTO orders (\(Order.columnNames)) SELECT \(Order.columnNames) FROM JSON_TABLE(?, '$[*]' COLUMNS (
        place FOR ORDINALITY, id VARCHAR(128) PATH '$[0]', user_id VARCHAR(256) CHARACTER SET utf8mb4 PATH '$[1]', item_ids MEDIUMTEXT CHARACTER SET utf8mb4 PATH '$[2]',
        total_amount DOUBLE PATH '$[3]', status VARCHAR(16) PATH '$[4]', created_at BIGINT PATH '$[5]', started_at BIGINT PATH '$[6]',
        ended_at BIGINT PATH '$[7]')) AS list ORDER BY place
      ON DUPLICATE KEY UPDATE number = orders.number
      """,
    insertOrder: """
      INSERT INTO orders (\(Order.columnNames)) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE number = orders.number
      """,
    insertKey: """
      INSERT INTO idempotency_keys (owner, key_text, fingerprint, order_id) VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE key_text = key_text
      """,
    insertUser: """
      INSERT INTO users (name, email, email_key, password, created_at) VALUES (?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE email_key = email_key
      """,
    insertServer: "INSERT INTO servers (lease_until) VALUES (\(now) + ?)",
    statuses: """
      SELECT o.id, o.status FROM \(list("id VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin")) STRAIGHT_JOIN orders o ON o.id = list.id
      """,
    lockTaken: """
      SELECT o.number FROM \(listedOrders) WHERE o.status = 'processing' AND o.server = ? ORDER BY o.number FOR UPDATE
      """,
    end: "UPDATE \(listedOrders) SET o.status = ?, o.ended_at = ?",
    take: "UPDATE \(listedOrders) SET o.status = 'processing', o.started_at = ?, o.server = ?, o.claim = ?",
    requeue: "UPDATE \(listedOrders) SET o.status = 'pending', o.started_at = NULL, o.server = NULL, o.claim = NULL",
    forgetServers: "DELETE s FROM \(list(number)) STRAIGHT_JOIN servers s ON s.id = list.number",
    closeGate: "SELECT id FROM gate WHERE id = 1 LOCK IN SHARE MODE",
    passGate: "SELECT id FROM gate WHERE id = 1 FOR UPDATE")

  private static let now = "CAST(unix_timestamp(sysdate(6)) * 1000000 AS SIGNED)"
  private static let number = "number BIGINT"

  /// The listed orders, by number. The join order keeps the server from scanning all orders for those of a list.
  private static let listedOrders = "\(list(number)) STRAIGHT_JOIN orders o ON o.number = list.number"

  /// A parameter that is a JSON list, as a table of one column.
  private static func list(_ column: String) -> String { "JSON_TABLE(?, '$[*]' COLUMNS (\(column) PATH '$')) AS list" }
}
