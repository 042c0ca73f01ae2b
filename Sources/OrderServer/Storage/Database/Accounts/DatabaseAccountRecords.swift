/// The tables of accounts of a database server, over one connection.
struct DatabaseAccountRecords: AccountRecords {
  let connection: any SQLConnection
  let statements: Statements

  func register(_ registration: Registration) throws -> Account? {
    let made = try connection.execute(
      statements.insertUser,
      [
        .text(registration.name), .text(registration.email), .text(Self.key(registration.email)), .text(registration.password.text),
        .integer(registration.createdAt.microseconds),
      ])
    guard made.changed == 1 else { return nil }
    return Account(id: try made.rows.first?.integer(0) ?? made.insertedID, name: registration.name, email: registration.email)
  }

  func login(email: String) throws -> (account: Account, password: PasswordHash)? {
    let found = try connection.execute("SELECT id, name, email, password FROM users WHERE email_key = ?", [.text(Self.key(email))])
    guard let row = found.rows.first else { return nil }
    let account = try Account(columns: row)
    guard let password = PasswordHash(text: try row.text(3)) else {
      throw StoreError.damaged("row \(account.id) of users is damaged: password is no password's hash")
    }
    return (account, password)
  }

  func account(_ id: Account.ID) throws -> Account? {
    try connection.execute("SELECT id, name, email FROM users WHERE id = ?", [.integer(id)]).rows.first.map(Account.init(columns:))
  }

  /// Adds the first token of a line; its hash is the line's name.
  func add(_ token: RefreshToken, for account: Account.ID, at now: Timestamp) throws {
    _ = try connection.execute("DELETE FROM refresh_tokens WHERE expires_at <= ?", [.integer(now.microseconds)])
    try add(token, line: Self.text(token.hash), account: account)
  }

  func rotate(_ hash: [UInt8], to next: RefreshToken, at now: Timestamp) throws -> Rotation {
    let shown = SQLValue.text(Self.text(hash))
    let found = try connection.execute(
      "SELECT line, user_id, expires_at, is_used FROM refresh_tokens WHERE hash = ? FOR UPDATE", [shown])
    guard let row = found.rows.first, try row.integer(2) > now.microseconds, let account = try account(try row.integer(1)) else {
      return .unknown
    }
    guard try row.integer(3) == 0 else {
      _ = try connection.execute("DELETE FROM refresh_tokens WHERE line = ?", [.text(try row.text(0))])
      return .replayed
    }
    _ = try connection.execute("UPDATE refresh_tokens SET is_used = 1 WHERE hash = ?", [shown])
    try add(next, line: try row.text(0), account: account.id)
    return .rotated(account)
  }

  private func add(_ token: RefreshToken, line: String, account: Account.ID) throws {
    _ = try connection.execute(
      "INSERT INTO refresh_tokens (hash, line, user_id, expires_at) VALUES (?, ?, ?, ?)",
      [.text(Self.text(token.hash)), .text(line), .integer(account), .integer(token.expiresAt.microseconds)])
  }

  /// Equal for emails that differ in case alone; they are ASCII.
  private static func key(_ email: String) -> String { email.lowercased() }

  private static func text(_ hash: [UInt8]) -> String { Base64.text(hash, for: .url) }
}

extension GroupCommittingAccountStore<DatabaseAccountRecords> {
  /// - Parameter pool: connects to a database whose tables are up to date. It must be closed after this store.
  convenience init(pool: ConnectionPool, _ statements: Statements) {
    self.init(
      write: { body in try pool.transaction { try body(DatabaseAccountRecords(connection: $0, statements: statements)) } },
      read: { body in try pool.withConnection { try body(DatabaseAccountRecords(connection: $0, statements: statements)) } },
      failure: StoreError.init(failure:))
  }
}
