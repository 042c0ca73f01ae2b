/// Where accounts and refresh tokens are kept. A change that has been answered is as durable as the store can make it.
///
/// Everything throws `StoreError.unavailable` where it cannot be done now, and `StoreError.closed` after `close()`.
protocol AccountStore: Sendable {
  /// - Returns: the new account; `nil` where another has its email, in whatever case.
  func register(_ registration: Registration) async throws -> Account?

  /// The account with this email, in whatever case, and its password's hash; `nil` where there is none.
  func login(email: String) async throws -> (account: Account, password: PasswordHash)?

  /// - Returns: `nil` where there is no such account.
  func account(_ id: Account.ID) async throws -> Account?

  /// Stores the first refresh token of a login, and forgets the tokens that have expired. The tokens that follow from one login form a
  /// line.
  func add(_ token: RefreshToken, for account: Account.ID, at now: Timestamp) async throws

  /// Replaces a token that is valid at `now` by `next`. Where the token was used before, its whole line is forgotten instead. Either is
  /// done at once or not at all, so that of two callers with the same token one is refused.
  /// - Parameter hash: of the token that the client showed.
  func rotate(_ hash: [UInt8], to next: RefreshToken, at now: Timestamp) async throws -> Rotation

  /// Finishes what has been asked for. Called before the orders' store is closed, whose file or connections it uses.
  func close() async
}

/// An account that is to be made, after its rules have been checked.
struct Registration: Sendable {
  var name: String
  var email: String
  var password: PasswordHash
  var createdAt: Timestamp
}
