import DequeModule

/// The tokens of the accounts that a loop sends requests for, and whose turn it is to obtain a new one. One account at a time.
struct Sessions {
  /// The number of its own connection, so that a renewal never waits for the orders' requests.
  static let connection = 1

  private struct Session {
    var tokens: Tokens?
    /// Increases with each token.
    var issue: UInt32 = 0
    /// When the next token is to be requested; `never` if the token's lifetime is unknown.
    var renewAt = Instant.never
    var isQueued = false
    var hasRegistered: Bool
    /// After a failed login: no other is tried before this instant.
    var restsUntil = Instant(0)
    /// Whether the refresh token was refused, so that the account must log in again.
    var mustLogIn = false
    /// The orders whose requests wait for the next token.
    var parked: [Handle] = []
  }

  /// What is under way, and for which account.
  private(set) var current: (account: Int, what: RequestKind)?
  /// By account, so that every request finds its token at once; `nil` for accounts that this loop does not use.
  private var sessions: [Session?]
  /// The accounts that this loop uses, sorted.
  private let accounts: [Int]
  private var queue: Deque<Int> = []
  private let isActive: Bool

  /// The share of its lifetime after which a token is renewed.
  static let renewalShare = 0.8
  /// The pause after a failed renewal, in nanoseconds.
  static let pauseAfterFailure: Int64 = 500_000_000

  init(_ share: AccountShare) {
    isActive = share.logIn
    accounts = share.all
    sessions = Array(repeating: nil, count: (accounts.last ?? -1) + 1)
    for account in accounts { sessions[account] = Session(hasRegistered: !share.register) }
  }

  /// Whether every account has obtained a token, or none is needed.
  var areOpen: Bool { !isActive || accounts.allSatisfy { sessions[$0]?.tokens != nil } }

  /// The account's current tokens; `nil` before its first login, and if accounts do not log in.
  func tokens(_ account: Int) -> Tokens? { isActive ? sessions[account]?.tokens : nil }

  /// Which of the account's successive tokens is current; 0 before the first.
  func issue(_ account: Int) -> UInt32 { isActive ? sessions[account]?.issue ?? 0 : 0 }

  // MARK: Whose turn it is

  /// Queues every account for its first token.
  mutating func openAll() {
    guard isActive else { return }
    for account in accounts { renew(account) }
  }

  /// The account needs a new token: it is queued, unless it already is or its token is being obtained.
  mutating func renew(_ account: Int) {
    guard isActive, sessions[account] != nil, !isObtaining(account) else { return }
    sessions[account]?.isQueued = true
    queue.append(account)
  }

  /// Whether the account is queued for a token, or its token is being obtained.
  func isObtaining(_ account: Int) -> Bool { isActive && (current?.account == account || sessions[account]?.isQueued == true) }

  /// The order waits for the account's next token.
  mutating func park(_ order: Handle, _ account: Int) { sessions[account]?.parked.append(order) }

  /// Takes up the next account in the queue.
  /// - Returns: what to request; `nil` if the queue is empty or a request is under way.
  mutating func next() -> RequestKind? {
    guard current == nil, let account = queue.popFirst(), let session = sessions[account] else { return nil }
    sessions[account]?.isQueued = false
    let what: RequestKind =
      !session.hasRegistered ? .register : session.tokens?.refresh != nil && !session.mustLogIn ? .refresh : .login
    current = (account, what)
    return what
  }

  /// The accounts whose tokens are due for renewal. Each is returned only once.
  mutating func due(by now: Instant) -> [Int] {
    accounts.filter { account in
      guard let session = sessions[account], session.renewAt <= now else { return false }
      sessions[account]?.renewAt = .never
      return true
    }
  }

  // MARK: What came of it

  /// The account exists: it is now to log in.
  mutating func registered() {
    guard let account = current?.account else { return }
    sessions[account]?.hasRegistered = true
    current = (account, .login)
  }

  /// New tokens have come for the current account.
  /// - Parameter sent: when they were requested; they were issued no earlier.
  /// - Returns: the orders that waited for them, and when they are to be renewed (`never` if their lifetime is unknown).
  mutating func opened(_ tokens: Tokens, sent: Instant) -> (parked: [Handle], renewAt: Instant) {
    guard let account = current?.account, var session = sessions[account] else { return ([], .never) }
    current = nil
    session.tokens = tokens
    session.issue &+= 1
    session.mustLogIn = false
    session.restsUntil = Instant(0)
    session.renewAt = tokens.lifetime.map { sent + Int64(Double($0) * Self.renewalShare) } ?? .never
    let parked = session.parked
    session.parked = []
    sessions[account] = session
    return (parked, session.renewAt)
  }

  /// The request brought no token.
  /// - Returns: the account, and the orders that waited for it; `nil` if a refresh failed and a login is to be tried at once.
  mutating func failed() -> (account: Int, parked: [Handle])? {
    guard let (account, what) = current else { return nil }
    if what == .refresh {
      sessions[account]?.mustLogIn = true
      current = (account, .login)
      return nil
    }
    current = nil
    let parked = sessions[account]?.parked ?? []
    sessions[account]?.parked = []
    return (account, parked)
  }

  /// Sets when the account's login is tried again.
  mutating func tryAgain(_ account: Int, at instant: Instant) {
    sessions[account]?.renewAt = instant
    sessions[account]?.restsUntil = instant
  }

  /// Whether the last login failed and the next is not yet due.
  func isResting(_ account: Int, at now: Instant) -> Bool { sessions[account].map { $0.restsUntil > now } ?? false }

  /// Forgets everything that is queued, under way or waiting; tokens are kept.
  mutating func abandon() {
    current = nil
    queue = []
    for account in accounts {
      sessions[account]?.isQueued = false
      sessions[account]?.parked = []
      sessions[account]?.renewAt = .never
    }
  }
}
