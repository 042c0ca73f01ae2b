/// Accounts in the database of the orders, over the same connections. Logins that come together share a commit, as orders do.
final class DatabaseAccountStore: AccountStore {
  private let writes: Gatherer<StoreRequest<DatabaseAccountTables>>
  private let reads: Gatherer<StoreRequest<DatabaseAccountTables>>

  /// - Parameter pool: to a database whose tables are up to date. It must be closed after this store.
  init(pool: ConnectionPool, _ statements: Statements) {
    writes = Gatherer(label: "accounts.write") { requests in
      Self.perform(requests, statements) { body in try pool.transaction(body) }
    }
    reads = Gatherer(label: "accounts.read") { requests in
      Self.perform(requests, statements) { body in try pool.withConnection(body) }
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

  private typealias Answers = [StoreRequest<DatabaseAccountTables>.Answer]

  private static func perform(
    _ requests: [StoreRequest<DatabaseAccountTables>], _ statements: Statements,
    _ lend: ((any SQLConnection) throws -> Answers) throws -> Answers
  ) {
    do {
      let answers = try lend { connection in
        let tables = DatabaseAccountTables(connection: connection, statements: statements)
        return try requests.map { try $0.perform(tables) }
      }
      for answer in answers { answer(nil) }
    } catch {
      for request in requests { request.refuse(StoreError(failure: error)) }
    }
  }
}
