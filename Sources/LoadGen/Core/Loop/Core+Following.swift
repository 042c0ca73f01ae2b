import Shared

extension Core {
  /// - Parameters:
  ///   - from: the instant from which the gap counts.
  ///   - patience: how long the target asked to be left alone, in nanoseconds.
  mutating func scheduleNextPoll<A: Actions & ~Copyable>(
    _ order: Handle, from: Instant, _ now: Instant, patience: Int64? = nil, into out: inout A
  ) {
    orders[order].stage = .following
    if settings.searchesList {
      timers.set(.order(order), at: orders[order].givenUpAt(timeout: settings.orderTimeout))
      return arrangeListPoll(now)
    }
    if !sample.isBetween(order) {
      if orders[order].polls > 0, !orders[order].isRepeated {
        orders[order].isRepeated = true
        followed.isRepeated()
      }
      adaptGap(due: followed.count, repeats: followed.repeated, now)
      orders[order].gapSteps = budget.steps
    }
    if sample.isActive { sample.proceeds(order, orders[order].history, polls: orders[order].polls, from: from) }
    let gap = gapAsked(of: order)
    let sampled = sample.next(order, gap: gap, now)
    let earliest = now + (patience ?? 0)
    let timesOut = orders[order].timesOutAt(settings.orderTimeout)
    let wanted = min(sampled ?? from + gap, timesOut)
    if sampled == nil, orders[order].polls > 0 {
      let (sent, asked) = (orders[order].sent, min(orders[order].sent + gap, timesOut))
      // After a poll without an answer the gap counts from its failure, not from its sending, which delays the next poll as well.
      if now > asked || (from > sent && wanted > asked) { record.postponed(.answer) }
      if earliest > max(now, wanted) { record.postponed(.retryAfter) }
    }
    timers.set(.order(order), at: min(max(earliest, wanted), orders[order].givenUpAt(timeout: settings.orderTimeout)))
  }

  /// The timer of an order has fired: polls the order, or gives it up.
  mutating func orderTimer<A: Actions & ~Copyable>(
    _ order: Handle, due: Instant, _ now: Instant, into out: inout A
  ) {
    guard orders.isCurrent(order) else { return }
    let isHeld = orders.isWaiting(order, for: .poll)
    guard orders[order].stage == .following || isHeld else { return }
    if orders[order].givenUpAt(timeout: settings.orderTimeout) <= now {
      finish(order, orders[order].giveUpOutcome, now, into: &out)
    } else if orders[order].steps.contains(.confirm), !isHeld {
      proceed(order, from: now, now, into: &out)
    } else if !settings.searchesList, !isHeld {
      if (now - due) * 2 > gapAsked(of: order), !sample.isBetween(order) { record.postponed(.generator) }
      request(order, .poll, now, into: &out)
    }
  }

  /// A poll of an order was answered: ends the order's story, or plans the next poll.
  /// - Parameter opened: since when its connection had been open.
  mutating func pollAnswered<A: Actions & ~Copyable>(
    _ order: Handle, _ reply: PollReply, opened: Instant = .never, _ after: Instant, _ lag: Int64, into out: inout A
  ) {
    let sent = orders[order].sent
    orders[order].polls += 1
    var patience: Int64?
    switch reply {
    case .status(let status, let retryAfter):
      record.pollEnded(nil)
      patience = retryAfter
      if observed(order, status, sent: sent, opened: opened, after, lag, into: &out) { return }
    case .unknownWord(let failure):
      record.pollEnded(nil)
      saidUnknownWord(order, failure)
      patience = failure.retryAfter
    case .unknownOrder(let failure):
      record.pollEnded(nil)
      record.failed(.poll, failure)
      patience = failure.retryAfter
      if settings.readsItsWrites { return finish(order, .lost, after, lag: lag, into: &out) }
    case .anotherOrder(let failure):
      record.pollEnded(nil)
      record.failed(.poll, failure)
      record.tookForAnother()
      patience = failure.retryAfter
    case .useless(let failure):
      record.pollEnded(failure)
      record.failed(.poll, failure)
      patience = failure.retryAfter
    }
    if timesOut(order, sent: sent, after, lag: lag, into: &out) { return }
    scheduleNextPoll(order, from: sent, after, patience: patience, into: &out)
  }

  /// The order had not ended when it was polled. If that poll was sent at or after its timeout, the order is given up.
  /// - Parameter sent: when the poll was sent.
  /// - Returns: whether the order's story is over.
  mutating func timesOut<A: Actions & ~Copyable>(
    _ order: Handle, sent: Instant, _ now: Instant, lag: Int64, into out: inout A
  ) -> Bool {
    guard sent != .never, sent >= orders[order].timesOutAt(settings.orderTimeout) else { return false }
    finish(order, orders[order].giveUpOutcome, now, lag: lag, into: &out)
    return true
  }

  /// The order was seen in a status.
  /// - Parameters:
  ///   - sent: when the request was sent whose answer showed it.
  ///   - opened: since when its connection had been open.
  /// - Returns: whether the order's story is over.
  mutating func observed<A: Actions & ~Copyable>(
    _ order: Handle, _ status: OrderStatus, sent: Instant, opened: Instant, _ after: Instant, _ lag: Int64, into out: inout A
  ) -> Bool {
    orders[order].saidUnknownWord = false
    let sighting: OrderHistory.Sighting =
      switch status {
      case .pending: settings.pendingMayBeProcessing ? .unfinished : .pending
      case .processing: .processing
      case .completed, .cancelled, .failed: .ended
      }
    orders[order].history.observe(sighting, sent: sent, received: after, opened: opened)
    sample.observed(order, sighting, sent: sent, received: after, opened: opened)
    guard let outcome = OrderOutcome(ended: status) else { return false }
    finish(order, outcome, after, lag: lag, into: &out)
    return true
  }

  /// Reported once per order until it is seen in a known status: the word may be an intermediate step that the dialect does not name.
  mutating func saidUnknownWord(_ order: Handle, _ failure: Failure) {
    if !orders[order].saidUnknownWord { record.failed(.poll, failure) }
    orders[order].saidUnknownWord = true
  }

  /// The story of a followed order is over.
  mutating func finish<A: Actions & ~Copyable>(
    _ order: Handle, _ outcome: OrderOutcome, _ now: Instant, lag: Int64 = 0, into out: inout A
  ) {
    let user = orders[order].user
    orders[order].ended = outcome.hasEnded ? outcome : nil
    followed.ended(wasRepeated: orders[order].isRepeated)
    var outcome = outcome
    if orders[order].saidCancelled {
      record.judged(.cancel, outcome == .cancelled ? .asExpected : outcome.hasEnded ? .contrary : .unclear)
      // The target said so once, and nothing that came later contradicts it.
      if !outcome.hasEnded { outcome = .cancelled }
    }
    let history = orders[order].history
    record.settled(history, id: orders[order].id, outcome, at: now, lag: IntervalLag(of: history, lag: lag, standstills))
    if settings.tellsOrders { tell(order, outcome, now, answered: history.createReceived) }
    if let plain = sample.remove(order), outcome == .completed { record.sampled(history, plain: plain) }
    if settings.searchesList, let id = orders[order].id { listPoll.forget(id, order) }
    askMore(order, now, into: &out)
    if settings.usersWaitForCompletion { free(user: user, now, into: &out) }
  }
}
