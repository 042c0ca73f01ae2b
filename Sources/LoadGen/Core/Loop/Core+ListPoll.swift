import Shared

extension Core {
  /// Plans the next search of the list, unless one is planned or under way.
  /// - Parameter patience: how long the target asked to be left alone, in nanoseconds.
  mutating func arrangeListPoll(_ now: Instant, patience: Int64? = nil) {
    guard !listPoll.isArranged, !listPoll.isUnderWay, !isStopped else { return }
    listPoll.isArranged = true
    listPoll.gapAsked = nextListPollGap(now)
    if let patience, patience > listPoll.gapAsked { record.postponed(.retryAfter) }
    timers.set(.listPoll, at: now + max(listPoll.gapAsked, patience ?? 0))
  }

  /// Begins the next search of the list, or asks for the page that the cap on polls held back.
  mutating func listPollTimer<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    guard !isStopped else { return }
    if listPoll.isHeld {
      listPoll.isHeld = false
      return askForPage(now, into: &out)
    }
    guard listPoll.isArranged else { return }
    listPoll.isArranged = false
    guard listPoll.isSearching else { return listPoll.end() }
    listPoll.start()
    askForPage(now, into: &out)
  }

  /// A page of the list is a poll, so it must wait for the cap as well.
  private mutating func askForPage<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    guard limiter.allows(at: now) else {
      record.postponed(.cap)
      listPoll.isHeld = true
      return timers.set(.listPoll, at: limiter.next)
    }
    request(.listPoll, onReserved: ListPoll.connection, now, into: &out)
  }

  /// A request for a page of a list that is searched was answered.
  mutating func listPollAnswered<A: Actions & ~Copyable>(
    _ page: Result<ListPage, Failure>, _ after: Instant, _ lag: Int64, into out: inout A
  ) {
    let (sent, opened) = (reserved[ListPoll.connection].sent, pool[ListPoll.connection].opened)
    var patience: Int64?
    switch page {
    case .success(let page):
      record.pollEnded(nil)
      for entry in page.orders { found(entry, sent: sent, opened: opened, after, lag, into: &out) }
      do throws(Failure) {
        if try listPoll.advance(past: page) { return askForPage(after, into: &out) }
        settleWhatIsAbsent(opened: opened, after, lag, into: &out)
      } catch { record.failed(.listPoll, error) }
    case .failure(let failure):
      record.pollEnded(failure)
      record.failed(.listPoll, failure)
      patience = failure.retryAfter
    }
    listPollEnded(after, patience: patience)
  }

  /// The token was refused: it is renewed, and the list is searched again after the usual gap.
  mutating func listPollUnauthorised<A: Actions & ~Copyable>(_ failure: Failure, _ after: Instant, into out: inout A) {
    record.failed(.listPoll, failure)
    renew(listPoll.paginator.account, after, into: &out)
    listPollEnded(after)
  }

  private mutating func found<A: Actions & ~Copyable>(
    _ entry: ListPage.Entry, sent: Instant, opened: Instant, _ after: Instant, _ lag: Int64, into out: inout A
  ) {
    guard let order = listPoll.order(entry.id), orders.isCurrent(order), !orders[order].isSideRequest else { return }
    orders[order].foundInListPoll = listPoll.number
    // While its duplicate or its cancel is under way, its story must not end.
    guard orders[order].stage == .following else { return }
    orders[order].polls += 1
    if let status = entry.status {
      if observed(order, status, sent: sent, opened: opened, after, lag, into: &out) { return }
    } else {
      saidUnknownWord(order, Failure(.badResponse, "the list has a status for '\(entry.id)' that is no word of the dialect"))
    }
    _ = timesOut(order, sent: sent, after, lag: lag, into: &out)
  }

  /// An order that was acknowledged before the walk began and is on none of its pages is lost, or has ended where the list has no other orders.
  private mutating func settleWhatIsAbsent<A: Actions & ~Copyable>(
    opened: Instant, _ now: Instant, _ lag: Int64, into out: inout A
  ) {
    guard settings.readsItsWrites else { return }
    let absent = listPoll.orders.filter {
      orders[$0].foundInListPoll != listPoll.number && orders[$0].stage == .following && orders[$0].history.createReceived <= listPoll.began
    }
    for order in absent.sorted(by: { orders[$0].history.index < orders[$1].history.index }) {
      if let gone = settings.gone {
        orders[order].polls += 1
        _ = observed(order, gone, sent: listPoll.began, opened: opened, now, lag, into: &out)
        continue
      }
      record.failed(.listPoll, Failure(.badResponse, "the list has no order '\(orders[order].id?.text ?? "")', which was acknowledged"))
      finish(order, .lost, now, lag: lag, into: &out)
    }
  }

  /// The walk through the list is over, or was given up.
  mutating func listPollEnded(_ now: Instant, patience: Int64? = nil) {
    listPoll.end()
    guard listPoll.isSearching else { return }
    arrangeListPoll(now, patience: patience)
    if listPoll.began != .never, now - listPoll.began > listPoll.gapAsked { record.postponed(.answer) }
  }
}
