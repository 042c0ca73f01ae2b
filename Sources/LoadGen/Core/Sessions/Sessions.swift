import DequeModule

/// The tokens of the accounts that a loop sends for, and whose turn it is to get a new one. One at a time.
struct Sessions {
  /// Its own connection, so that a renewal never waits for the orders' requests.
  static let connection = 1

  private struct Session {
    var tokens: Tokens?
    /// Rises with each token.
    var issue: UInt32 = 0
    /// When the request for the next token is due; `never` where nobody says how long a token lasts.
    var renewAt = Instant.never
    var isQueued = false
    var hasRegistered: Bool
    /// After a login that failed: no other is tried before.
    var restsUntil = Instant(0)
    /// The refresh token was refused: one logs in again.
    var mustLogIn = false
    /// What waits for the next token.
    var parked: [Handle] = []
  }

  /// What is under way: for which account, and with what.
  private(set) var current: (account: Int, what: RequestKind)?
  /// By account, so that every request finds its token at once; `nil` for an account that this loop has no use for.
  private var sessions: [Session?]
  /// Those that it has, by rising number.
  private let accounts: [Int]
  private var queue: Deque<Int> = []
  private let isActive: Bool

  /// The part of its life after which a token is renewed.
  static let renewalShare = 0.8
  /// How long to wait after a renewal that failed, in nanoseconds.
  static let pauseAfterFailure: Int64 = 500_000_000

  init(_ share: AccountShare) {
    isActive = share.logIn
    accounts = share.all
    sessions = Array(repeating: nil, count: (accounts.last ?? -1) + 1)
    for account in accounts { sessions[account] = Session(hasRegistered: !share.register) }
  }

  /// Whether every account has had a token.
  var areOpen: Bool { !isActive || accounts.allSatisfy { sessions[$0]?.tokens != nil } }

  func tokens(_ account: Int) -> Tokens? { isActive ? sessions[account]?.tokens : nil }

  func issue(_ account: Int) -> UInt32 { isActive ? sessions[account]?.issue ?? 0 : 0 }

  // MARK: Whose turn it is

  mutating func openAll() {
    guard isActive else { return }
    for account in accounts { renew(account) }
  }

  /// The account needs a new token.
  mutating func renew(_ account: Int) {
    guard isActive, sessions[account]?.isQueued == false, current?.account != account else { return }
    sessions[account]?.isQueued = true
    queue.append(account)
  }

  /// The order waits for the account's next token.
  mutating func park(_ order: Handle, _ account: Int) { sessions[account]?.parked.append(order) }

  /// Takes up the next that is due.
  /// - Returns: what to ask for; `nil` where nothing is due, or something is under way already.
  mutating func next() -> RequestKind? {
    guard current == nil, let account = queue.popFirst(), let session = sessions[account] else { return nil }
    sessions[account]?.isQueued = false
    let what: RequestKind =
      !session.hasRegistered ? .register : session.tokens?.refresh != nil && !session.mustLogIn ? .refresh : .login
    current = (account, what)
    return what
  }

  /// Accounts whose token is to be renewed by now.
  mutating func due(by now: Instant) -> [Int] {
    accounts.filter { account in
      guard let session = sessions[account], session.renewAt <= now else { return false }
      sessions[account]?.renewAt = .never
      return true
    }
  }

  // MARK: What came of it

  /// The account is there: it can log in.
  mutating func registered() {
    guard let account = current?.account else { return }
    sessions[account]?.hasRegistered = true
    current = (account, .login)
  }

  /// - Parameter sent: when the token was asked for: it was issued no earlier.
  /// - Returns: what waited for it, and when it is to be renewed.
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
  /// - Returns: whose it was, and what waited for it; `nil` where it is tried in another way at once: by logging in.
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

  /// Sets when the account is tried again.
  mutating func tryAgain(_ account: Int, at instant: Instant) {
    sessions[account]?.renewAt = instant
    sessions[account]?.restsUntil = instant
  }

  /// Whether the last login failed, and the next is yet to be tried.
  func isResting(_ account: Int, at now: Instant) -> Bool { sessions[account].map { $0.restsUntil > now } ?? false }

  /// Nothing more is asked for.
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
