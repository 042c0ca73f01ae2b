import Shared

extension Core {
  /// The account needs a new token.
  mutating func renew<A: Actions & ~Copyable>(_ account: Int, _ now: Instant, into out: inout A) {
    sessions.renew(account)
    sessionTurn(now, into: &out)
  }

  /// A request whose token was refused had no effect, so it may be sent again: at once if there is a newer token by now, otherwise once
  /// there is one.
  /// - Returns: false if it was tried often enough, or if the account's last login failed and the next is not yet due.
  mutating func mayTryAgain<A: Actions & ~Copyable>(_ order: Handle, _ now: Instant, into out: inout A) -> Bool {
    orders[order].attempts += 1
    guard orders[order].attempts < CoreSettings.mostAttempts else { return false }
    let account = Int(orders[order].account)
    if sessions.issue(account) != orders[order].tokenIssue {
      request(order, orders[order].what, now, into: &out)
    } else {
      // After a failed login the next one is tried only after a pause, so there will be no newer token until then.
      guard !sessions.isResting(account, at: now) else { return false }
      orders[order].stage = .parked
      sessions.park(order, account)
      renew(account, now, into: &out)
    }
    return true
  }

  /// Lets the next account that needs a token obtain one, unless another is doing so.
  mutating func sessionTurn<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    guard let what = sessions.next() else { return }
    request(what, onReserved: Sessions.connection, now, into: &out)
  }

  /// Renews the tokens that are due.
  mutating func sessionTimer<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    for account in sessions.due(by: now) { renew(account, now, into: &out) }
  }

  /// A registration, login or renewal was answered.
  mutating func sessionAnswered<A: Actions & ~Copyable>(_ reply: SessionReply, _ after: Instant, into out: inout A) {
    let what = sessions.current?.what ?? .login
    switch reply {
    case .registered:
      record.judged(what, .asExpected)
      sessions.registered()
      request(.login, onReserved: Sessions.connection, after, into: &out)
    case .tokens(let tokens):
      record.judged(what, .asExpected)
      let (parked, renewAt) = sessions.opened(tokens, sent: reserved[Sessions.connection].sent)
      if renewAt != .never { timers.set(.sessions, at: max(renewAt, after)) }
      for order in parked where orders.isCurrent(order) && orders[order].stage == .parked {
        request(order, orders[order].what, after, into: &out)
      }
      sessionTurn(after, into: &out)
      scrapeWithNewToken(after, into: &out)
      beginIfOpen(after, into: &out)
    case .refused(let failure):
      record.failed(what, failure)
      record.judged(what, .unclear)
      sessionFailed(failure, isRefusal: true, after, into: &out)
    case .useless(let failure):
      record.failed(what, failure)
      record.judged(what, .unclear)
      sessionFailed(failure, isRefusal: false, after, into: &out)
    }
  }

  /// An account got no new token. Before the load, the run cannot begin, unless the target asked to be tried later. During the load, what
  /// waits for the token goes on without it, and the login is tried again a little later.
  mutating func sessionFailed<A: Actions & ~Copyable>(
    _ failure: Failure, isRefusal: Bool, _ now: Instant, into out: inout A
  ) {
    guard sessions.current != nil else { return }
    guard let (account, parked) = sessions.failed() else {
      return request(.login, onReserved: Sessions.connection, now, into: &out)
    }
    // After the load only the last scrape needs a token.
    guard !isStopped else { return scrapeWithNewToken(now, into: &out) }
    if isBeginning, isRefusal || failure.kind != .httpStatus || failure.retryAfter == nil {
      isBeginning = false
      return out.perform(.news(.cannotBegin(failure)))
    }
    let again = now + max(failure.retryAfter ?? 0, Sessions.pauseAfterFailure)
    sessions.tryAgain(account, at: again)
    timers.set(.sessions, at: again)
    for order in parked where orders.isCurrent(order) && orders[order].stage == .parked {
      goOnWithoutToken(order, failure, now, into: &out)
    }
    sessionTurn(now, into: &out)
    scrapeWithNewToken(now, into: &out)
  }

  /// A request's token was refused, and trying again will not help.
  mutating func unauthorised<A: Actions & ~Copyable>(
    _ order: Handle, _ what: RequestKind, _ failure: Failure, _ after: Instant, _ lag: Int64, into out: inout A
  ) {
    switch what {
    case .create: createAnswered(order, .refused(failure), after, lag, into: &out)
    case .confirm: confirmAnswered(order, .uncertain(failure), after, lag, into: &out)
    case .poll: pollAnswered(order, .useless(failure), after, lag, into: &out)
    case .cancel: cancelAnswered(order, .useless(failure), after, into: &out)
    case .duplicate: duplicateAnswered(order, .uncertain(failure), after, into: &out)
    default:
      record.failed(what, failure)
      record.judged(what, .unclear)
      drop(order, isSilent: false)
    }
  }

  private mutating func goOnWithoutToken<A: Actions & ~Copyable>(
    _ order: Handle, _ failure: Failure, _ now: Instant, into out: inout A
  ) {
    let what = orders[order].what
    // The order's own answer was that the token is refused. How the login failed is reported for the login.
    let failure = Failure(.httpStatus, status: 401, "401, and the login brought no new token: \(failure.example)")
    record.failed(what, failure)
    if what == .create {
      conclude(order, .rejected, received: now, lag: 0, now, into: &out)
    } else if orders[order].isSideRequest {
      record.judged(what, .unclear)
      drop(order, isSilent: false)
    } else {
      if what == .poll { record.pollEnded(failure) } else { record.judged(what, .unclear) }
      proceed(order, from: now, now, into: &out)
    }
  }

  /// Reads the metrics for the first time once every account has logged in.
  mutating func beginIfOpen<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    guard isBeginning, sessions.areOpen else { return }
    isBeginning = false
    scraperTurn(scraper.begin(), now, into: &out)
  }
}
