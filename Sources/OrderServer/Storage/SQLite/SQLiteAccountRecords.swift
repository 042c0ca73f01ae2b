import Foundation
import GRDB

/// The tables of accounts in an SQLite file.
struct SQLiteAccountRecords: AccountRecords {
  private let database: Database

  init(_ database: Database) {
    self.database = database
  }

  func register(_ registration: Registration) throws -> Account? {
    try execute(
      "INSERT INTO users (name, email, password, created_at) VALUES (?, ?, ?, ?) ON CONFLICT (email) DO NOTHING",
      [registration.name, registration.email, registration.password.text, registration.createdAt.microseconds])
    guard database.changesCount == 1 else { return nil }
    return Account(id: database.lastInsertedRowID, name: registration.name, email: registration.email)
  }

  func login(email: String) throws -> (account: Account, password: PasswordHash)? {
    let statement = try database.cachedStatement(sql: "SELECT id, name, email, password FROM users WHERE email = ?")
    guard let row = try Row.fetchOne(statement, arguments: [email]) else { return nil }
    let stored = try SQLiteRow(row, of: "users", number: 0)
    guard let password = PasswordHash(text: try stored.text(3)) else { throw stored.damaged(3, "a password's hash") }
    return (try Account(columns: stored), password)
  }

  func account(_ id: Account.ID) throws -> Account? {
    let statement = try database.cachedStatement(sql: "SELECT id, name, email FROM users WHERE id = ?")
    return try Row.fetchOne(statement, arguments: [id]).map { try Account(columns: SQLiteRow($0, of: "users", number: 0)) }
  }

  /// Adds the first token of a line; its hash is the line's name.
  func add(_ token: RefreshToken, for account: Account.ID, at now: Timestamp) throws {
    try execute("DELETE FROM refresh_tokens WHERE expires_at <= ?", [now.microseconds])
    try add(token, line: token.hash, account: account)
  }

  func rotate(_ hash: [UInt8], to next: RefreshToken, at now: Timestamp) throws -> Rotation {
    let statement = try database.cachedStatement(sql: "SELECT line, user_id, expires_at, is_used FROM refresh_tokens WHERE hash = ?")
    guard let row = try Row.fetchOne(statement, arguments: [Data(hash)]) else { return .unknown }
    let stored = SQLiteRow(row, "a row of refresh_tokens")
    let (line, owner, expiry) = (try stored.bytes(0), try stored.integer(1), try stored.integer(2))
    let isUsed = try stored.integer(3) != 0
    guard expiry > now.microseconds, let account = try account(owner) else { return .unknown }
    guard !isUsed else {
      try execute("DELETE FROM refresh_tokens WHERE line = ?", [Data(line)])
      return .replayed
    }
    try execute("UPDATE refresh_tokens SET is_used = 1 WHERE hash = ?", [Data(hash)])
    try add(next, line: line, account: owner)
    return .rotated(account)
  }

  private func add(_ token: RefreshToken, line: [UInt8], account: Account.ID) throws {
    try execute(
      "INSERT INTO refresh_tokens (hash, line, user_id, expires_at) VALUES (?, ?, ?, ?)",
      [Data(token.hash), Data(line), account, token.expiresAt.microseconds])
  }

  private func execute(_ sql: String, _ arguments: StatementArguments) throws {
    try database.cachedStatement(sql: sql).execute(arguments: arguments)
  }
}

extension GroupCommittingAccountStore<SQLiteAccountRecords> {
  /// - Parameter file: must be closed after this store.
  convenience init(file: SQLiteFile) {
    self.init(
      write: { body in try file.write { try body(SQLiteAccountRecords($0)) } },
      read: { body in try file.read { try body(SQLiteAccountRecords($0)) } }, failure: StoreError.init(database:))
  }
}
