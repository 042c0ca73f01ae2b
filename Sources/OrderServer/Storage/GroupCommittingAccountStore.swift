/// Accounts in the database that holds the orders. Logins that come at the same time share a transaction, as orders do.
final class GroupCommittingAccountStore<Records: AccountRecords>: AccountStore {
  typealias Answers = [StoreRequest<Records>.Answer]
  /// Calls its argument inside one transaction; for reads, over one snapshot where the database can give one.
  typealias Access = @Sendable ((Records) throws -> Answers) throws -> Answers

  private let writes: GroupCommitter<StoreRequest<Records>>
  private let reads: GroupCommitter<StoreRequest<Records>>

  /// - Parameters:
  ///   - write: runs changes in one transaction.
  ///   - read: runs reads.
  ///   - failure: turns an error of the database into what callers are told.
  init(write: @escaping Access, read: @escaping Access, failure: @escaping @Sendable (any Error) -> StoreError) {
    writes = GroupCommitter(label: "accounts.write") { Self.perform($0, write, failure) }
    reads = GroupCommitter(label: "accounts.read") { Self.perform($0, read, failure) }
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

  /// Does all requests in one transaction, which has ended before the first is answered.
  private static func perform(_ requests: [StoreRequest<Records>], _ access: Access, _ failure: (any Error) -> StoreError) {
    do {
      let answers = try access { records in try requests.map { try $0.perform(records) } }
      for answer in answers { answer(nil) }
    } catch {
      for request in requests { request.refuse(failure(error)) }
    }
  }
}

/// What can be read from the tables of accounts, and changed in them, inside one transaction. Each function does what the one of the
/// same name in `AccountStore` does.
protocol AccountRecords: SendableMetatype {
  func register(_ registration: Registration) throws -> Account?
  func login(email: String) throws -> (account: Account, password: PasswordHash)?
  func account(_ id: Account.ID) throws -> Account?
  func add(_ token: RefreshToken, for account: Account.ID, at now: Timestamp) throws
  func rotate(_ hash: [UInt8], to next: RefreshToken, at now: Timestamp) throws -> Rotation
}
