import Shared

extension Core {
  /// The account needs a new token.
  mutating func renew<A: Actions & ~Copyable>(_ account: Int, _ now: Instant, into out: inout A) {
    sessions.renew(account)
    sessionTurn(now, into: &out)
  }

  /// A request whose token was refused did nothing, so that it may be sent again: at once where there is a newer token, else when there is one.
  /// - Returns: false where it was tried often enough.
  mutating func mayTryAgain<A: Actions & ~Copyable>(_ order: Handle, _ now: Instant, into out: inout A) -> Bool {
    orders[order].attempts += 1
    guard orders[order].attempts < CoreSettings.mostAttempts else { return false }
    let account = Int(orders[order].account)
    if sessions.issue(account) != orders[order].tokenIssue {
      request(order, orders[order].what, now, into: &out)
    } else {
      // After a login that failed the next one has its time: until then there is no newer token.
      guard !sessions.isResting(account, at: now) else { return false }
      orders[order].stage = .parked
      sessions.park(order, account)
      renew(account, now, into: &out)
    }
    return true
  }

  mutating func sessionTurn<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    guard let what = sessions.next() else { return }
    request(what, onReserved: Sessions.connection, now, into: &out)
  }

  mutating func sessionTimer<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    for account in sessions.due(by: now) { renew(account, now, into: &out) }
  }

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

  /// An account has no new token. Before the load that is the end where it was refused; within it, what waits goes on without, and it is tried
  /// again a little later.
  mutating func sessionFailed<A: Actions & ~Copyable>(
    _ failure: Failure, isRefusal: Bool, _ now: Instant, into out: inout A
  ) {
    guard !isStopped else { return }
    guard let (account, parked) = sessions.failed() else {
      return request(.login, onReserved: Sessions.connection, now, into: &out)
    }
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
  }

  /// A request's token was refused, and will not be any better.
  mutating func unauthorised<A: Actions & ~Copyable>(
    _ order: Handle, _ what: RequestKind, _ failure: Failure, _ after: Instant, _ lag: Int64, into out: inout A
  ) {
    switch what {
    case .create: createAnswered(order, .refused(failure), after, lag, into: &out)
    case .poll: pollAnswered(order, .useless(failure), after, lag, into: &out)
    case .cancel: cancelAnswered(order, .useless(failure), after, into: &out)
    case .duplicate: duplicateAnswered(order, .uncertain(failure), after, into: &out)
    default:
      record.failed(what, failure)
      record.judged(what, .unclear)
      orders.remove(order)
    }
  }

  private mutating func goOnWithoutToken<A: Actions & ~Copyable>(
    _ order: Handle, _ failure: Failure, _ now: Instant, into out: inout A
  ) {
    let what = orders[order].what
    // Its own answer was that the token is no good; what the login was answered is told of the login.
    let failure = Failure(.httpStatus, status: 401, "401, and the login brought no new token: \(failure.example)")
    record.failed(what, failure)
    if what == .create {
      conclude(order, .rejected, received: now, lag: 0, now, into: &out)
    } else if orders[order].isSideRequest {
      record.judged(what, .unclear)
      orders.remove(order)
    } else {
      if what == .poll { record.pollEnded(failure) } else { record.judged(what, .unclear) }
      proceed(order, from: now, now, into: &out)
    }
  }

  /// Once every account has logged in, the metrics are read for the first time.
  mutating func beginIfOpen<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    guard isBeginning, sessions.areOpen else { return }
    isBeginning = false
    scraperTurn(scraper.begin(), now, into: &out)
  }
}
