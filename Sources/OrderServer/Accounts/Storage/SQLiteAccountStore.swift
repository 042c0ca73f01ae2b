import GRDB

/// Accounts in the file of the orders, over the same connections. Logins that come together share a commit, as orders do.
final class SQLiteAccountStore: AccountStore {
  private let writes: Gatherer<StoreRequest<AccountTables>>
  private let reads: Gatherer<StoreRequest<AccountTables>>

  /// - Parameter pool: of a file that has gone through `registerAccountMigrations(in:)`. It must be closed after this store.
  init(pool: DatabasePool) {
    writes = Gatherer(label: "accounts.write") { requests in
      Self.perform(requests) { body in try pool.write { try body($0) } }
    }
    reads = Gatherer(label: "accounts.read") { requests in
      Self.perform(requests) { body in try pool.read { try body($0) } }
    }
  }

  func register(_ registration: Registration) async throws -> Account? {
    try await writes.submit { try $0.register(registration) }
  }

  func login(email: String) async throws -> (account: Account, password: PasswordHash)? {
    try await reads.submit { try $0.login(email: email) }
  }

  func account(_ id: Account.ID) async throws -> Account? {
    try await reads.submit { try $0.account(id) }
  }

  func add(_ token: RefreshToken, for account: Account.ID, at now: Timestamp) async throws {
    try await writes.submit { try $0.add(token, for: account, at: now) }
  }

  func rotate(_ hash: [UInt8], to next: RefreshToken, at now: Timestamp) async throws -> Rotation {
    try await writes.submit { try $0.rotate(hash, to: next, at: now) }
  }

  func close() async {
    await writes.close()
    await reads.close()
  }

  /// One transaction for all of them: ended before the first is answered.
  private static func perform(
    _ requests: [StoreRequest<AccountTables>],
    in transaction: ((Database) throws -> [StoreRequest<AccountTables>.Answer]) throws -> [StoreRequest<AccountTables>.Answer]
  ) {
    do {
      let answers = try transaction { database in
        let tables = AccountTables(database)
        return try requests.map { try $0.perform(tables) }
      }
      for answer in answers { answer(nil) }
    } catch {
      for request in requests { request.refuse(StoreError(database: error)) }
    }
  }
}
