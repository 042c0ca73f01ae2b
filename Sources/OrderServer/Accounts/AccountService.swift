import Shared

/// Registration, login and tokens: the rules, whatever the API's format.
struct AccountService: Sendable {
  private let store: any AccountStore
  private let clock: OrderClock
  private let hasher: PasswordHasher
  private let accessTokens: AccessTokens
  private let refreshTokenLifetime: Duration
  /// Keyed by the email in lower case; `nil`: there is no limit.
  private let guesses: GuessLimits<String>?
  private let registrations: RateLimiter<CallerKey>?

  /// - Parameter secret: what access tokens are signed with (`TokenSecret.load`).
  init(
    store: any AccountStore, settings: AccountSettings, secret: Secret, clock: OrderClock, hasher: PasswordHasher = PasswordHasher()
  ) async {
    self.store = store
    self.clock = clock
    self.hasher = hasher
    accessTokens = await AccessTokens(secret: secret, lifetime: settings.accessTokenLifetime) { clock.now() }
    refreshTokenLifetime = settings.refreshTokenLifetime
    guesses = settings.loginRateLimit.map { GuessLimits(rate: $0, burst: 10) { clock.now() } }
    registrations = settings.registrationRateLimit.map { RateLimiter(rate: $0, burst: 60) }
  }

  /// Makes an account. Waits for a turn to hash the password.
  /// - Throws: `AccountError.invalid`, `.emailTaken`, `.tooManyRegistrations`, `.busy`; `StoreError`.
  func register(name: String, email: String, password: String, caller: CallerKey) async throws -> Account {
    let violations = AccountRules.check(name: name, email: email, password: password)
    guard violations.isEmpty else { throw AccountError.invalid(violations) }
    if let wait = registrations?.take(caller, at: clock.now()) { throw AccountError.tooManyRegistrations(retryAfter: wait) }
    // Looked up first, so that asking for a taken email does not cost a hash; the store has the last word.
    guard try await store.login(email: email) == nil else { throw AccountError.emailTaken }
    let hash = try await hasher.hash(password, in: .registration(caller))
    let registration = Registration(name: name, email: email, password: hash, createdAt: clock.now())
    guard let account = try await store.register(registration) else { throw AccountError.emailTaken }
    return account
  }

  /// Checks a password and returns new tokens. Waits for a turn to hash the password, and takes equally long where there is no such
  /// account.
  /// - Throws: `AccountError.wrongCredentials`, `.tooManyLogins`, `.busy`; `StoreError`.
  func login(email: String, password: String, caller: CallerKey) async throws -> TokenPair {
    // An email that no account can have is neither looked up nor kept as a key, because what a client sends may be of any length.
    let key = AccountRules.check(email: email) == nil ? email.lowercased() : nil
    let guess = guesses?.newTry(for: key, from: caller)
    if let guess, let wait = guesses?.wait(guess) { throw AccountError.tooManyLogins(retryAfter: wait) }
    let found = key == nil ? nil : try await store.login(email: email)
    let isRight = try await hasher.fits(password, found?.password, in: .login(caller)) { [guesses] in
      if let guess, let wait = guesses?.take(guess) { throw AccountError.tooManyLogins(retryAfter: wait) }
    }
    guard isRight, let account = found?.account, key != nil else { throw AccountError.wrongCredentials }
    if let guess { guesses?.wasRight(guess) }
    let (token, text) = newRefreshToken()
    try await store.add(token, for: account.id, at: clock.now())
    return TokenPair(accessToken: try await accessTokens.make(for: account.id), refreshToken: text)
  }

  /// Exchanges a refresh token for a new pair, which uses it up. A token that was used before ends all refresh tokens of its login.
  /// - Throws: `AccountError.invalidToken`; `StoreError`.
  func refresh(_ refreshToken: String) async throws -> TokenPair {
    let (next, text) = newRefreshToken()
    switch try await store.rotate(RefreshToken.hash(of: refreshToken), to: next, at: clock.now()) {
    case .rotated(let account):
      return TokenPair(accessToken: try await accessTokens.make(for: account.id), refreshToken: text)
    case .replayed, .unknown:
      throw AccountError.invalidToken
    }
  }

  /// The account of the caller.
  /// - Parameter bearer: the token alone (`BearerToken.text(in:)`); `nil` where there is none.
  /// - Throws: `AccountError.invalidToken`; `StoreError`.
  func account(bearer: String?) async throws -> Account {
    guard let bearer else { throw AccountError.invalidToken }
    let id = try await accessTokens.account(of: bearer)
    // The store may have been replaced since the token was made, while the secret was kept.
    guard let account = try await store.account(id) else { throw AccountError.invalidToken }
    return account
  }

  private func newRefreshToken() -> (token: RefreshToken, text: String) {
    let text = Secret.random().text
    return (RefreshToken(text: text, expiresAt: clock.now().advanced(by: refreshTokenLifetime)), text)
  }
}
