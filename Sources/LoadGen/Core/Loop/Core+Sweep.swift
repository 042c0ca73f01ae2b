import Shared

extension Core {
  /// Has the list searched in a while, unless that is arranged for already.
  /// - Parameter patience: how long the target asked to be left alone, in nanoseconds.
  mutating func arrangeSweep(_ now: Instant, patience: Int64? = nil) {
    guard !sweep.isArranged, !sweep.isUnderWay, !isStopped else { return }
    sweep.isArranged = true
    sweep.gapAsked = nextSweepGap(now)
    if let patience, patience > sweep.gapAsked { record.postponed(.retryAfter) }
    timers.set(.sweep, at: now + max(sweep.gapAsked, patience ?? 0))
  }

  mutating func sweepTimer<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    guard !isStopped else { return }
    if sweep.isHeld {
      sweep.isHeld = false
      return askForPage(now, into: &out)
    }
    guard sweep.isArranged else { return }
    sweep.isArranged = false
    guard sweep.isSearching else { return sweep.end() }
    sweep.start()
    askForPage(now, into: &out)
  }

  /// A page of the list is a poll: it waits for the cap, too.
  private mutating func askForPage<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    guard pace.allows(at: now) else {
      record.postponed(.cap)
      sweep.isHeld = true
      return timers.set(.sweep, at: pace.next)
    }
    request(.sweep, onReserved: Sweep.connection, now, into: &out)
  }

  mutating func sweepAnswered<A: Actions & ~Copyable>(
    _ page: Result<ListPage, Failure>, _ after: Instant, _ lag: Int64, into out: inout A
  ) {
    let sent = reserved[Sweep.connection].sent
    var patience: Int64?
    switch page {
    case .success(let page):
      record.pollEnded(nil)
      for entry in page.orders { found(entry, sent: sent, after, lag, into: &out) }
      do throws(Failure) {
        if try sweep.advance(to: page.next) { return askForPage(after, into: &out) }
        loseWhatIsAbsent(after, lag, into: &out)
      } catch { record.failed(.sweep, error) }
    case .failure(let failure):
      record.pollEnded(failure)
      record.failed(.sweep, failure)
      patience = failure.retryAfter
    }
    sweepEnded(after, patience: patience)
  }

  /// The token is no good: the list is asked for again with a new one.
  mutating func sweepUnauthorised<A: Actions & ~Copyable>(_ failure: Failure, _ after: Instant, into out: inout A) {
    record.failed(.sweep, failure)
    renew(sweep.walk.account, after, into: &out)
    sweepEnded(after)
  }

  private mutating func found<A: Actions & ~Copyable>(
    _ entry: ListPage.Entry, sent: Instant, _ after: Instant, _ lag: Int64, into out: inout A
  ) {
    guard let order = sweep.order(entry.id), orders.isCurrent(order), !orders[order].isErrand else { return }
    orders[order].foundInSweep = sweep.number
    // While its duplicate or its cancelling is under way, its story is not told to the end.
    guard orders[order].stage == .following else { return }
    orders[order].polls += 1
    if let status = entry.status {
      if observed(order, status, sent: sent, after, lag, into: &out) { return }
    } else {
      saidUnknownWord(order, Failure(.badResponse, "the list has a status for '\(entry.id)' that is no word of the dialect"))
    }
    _ = timesOut(order, sent: sent, after, lag: lag, into: &out)
  }

  /// What was acknowledged before the whole walk, and is on none of its pages, is lost.
  private mutating func loseWhatIsAbsent<A: Actions & ~Copyable>(_ now: Instant, _ lag: Int64, into out: inout A) {
    guard settings.readsItsWrites else { return }
    let absent = sweep.orders.filter {
      orders[$0].foundInSweep != sweep.number && orders[$0].stage == .following && orders[$0].history.createReceived <= sweep.began
    }
    for order in absent.sorted(by: { orders[$0].history.index < orders[$1].history.index }) {
      record.failed(.sweep, Failure(.badResponse, "the list has no order '\(orders[order].id?.text ?? "")', which was acknowledged"))
      finish(order, .lost, now, lag: lag, into: &out)
    }
  }

  /// The walk is over, or was given up.
  mutating func sweepEnded(_ now: Instant, patience: Int64? = nil) {
    sweep.end()
    guard sweep.isSearching else { return }
    arrangeSweep(now, patience: patience)
    if sweep.began != .never, now - sweep.began > sweep.gapAsked { record.postponed(.answer) }
  }
}
