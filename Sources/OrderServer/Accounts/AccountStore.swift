/// Where accounts and refresh tokens are kept. What was answered is as durable as the store can make it.
///
/// Everything throws `StoreError.unavailable` where it cannot be done now, and `StoreError.closed` after `close()`.
protocol AccountStore: Sendable {
  /// - Returns: the new account; `nil` where another has its email, in whatever case.
  func register(_ registration: Registration) async throws -> Account?

  /// The account of an email, in whatever case, with its password's hash.
  func login(email: String) async throws -> (account: Account, password: PasswordHash)?

  /// - Returns: `nil` where there is no such account.
  func account(_ id: Account.ID) async throws -> Account?

  /// Begins a line of refresh tokens, and forgets those that have expired.
  func add(_ token: RefreshToken, for account: Account.ID, at now: Timestamp) async throws

  /// Puts `next` in the place of a token that is good at `now`, and forgets the whole line of one that was used before: both
  /// at once or not at all, so that of two who come with the same token one is refused.
  /// - Parameter hash: of the token that the client showed.
  func rotate(_ hash: [UInt8], to next: RefreshToken, at now: Timestamp) async throws -> Rotation

  /// Finishes what has been asked for. The orders' store, whose file it is, is closed after it.
  func close() async
}

/// An account to be, after its rules have been checked.
struct Registration: Sendable {
  var name: String
  var email: String
  var password: PasswordHash
  var createdAt: Timestamp
}
