import Shared

extension Core {
  /// A create was answered: begins to follow its order, or ends its story.
  mutating func createAnswered<A: Actions & ~Copyable>(
    _ order: Handle, _ reply: CreateReply, _ after: Instant, _ lag: Int64, into out: inout A
  ) {
    switch reply {
    case .accepted(let id):
      refusedStart.somethingElse()
      orders[order].history.createReceived = after
      orders[order].id = id
      guard let id else {
        return conclude(order, settings.namesOrders ? .untracked : .runEnd, received: after, isAnswer: true, lag: lag, after, into: &out)
      }
      guard settings.follows else { return conclude(order, .runEnd, received: after, isAnswer: true, lag: lag, after, into: &out) }
      let history = orders[order].history
      record.created(history, nil, received: after, lag: CreateLag(of: history, lag: lag, standstills))
      followed.began()
      if settings.searchesList { listPoll.follow(id, order) }
      let user = orders[order].user
      proceed(order, from: after, after, into: &out)
      if !settings.usersWaitForCompletion { free(user: user, after, into: &out) }
    case .refused(let failure):
      record.failed(.create, failure)
      if refusedStart.refused(failure) { out.perform(.news(.onlyRefused(failure))) }
      keep(failure, of: order)
      conclude(order, .rejected, received: after, isAnswer: true, lag: lag, after, patience: failure.retryAfter, into: &out)
    case .uncertain(let failure):
      record.failed(.create, failure)
      refusedStart.somethingElse()
      keep(failure, of: order)
      conclude(order, .ambiguous, received: after, isAnswer: true, lag: lag, after, patience: failure.retryAfter, into: &out)
    }
  }

  /// A create was answered or given up, and there is nothing to follow.
  /// - Parameters:
  ///   - isAnswer: whether an answer was received then.
  ///   - patience: how long the target asked to be left alone, in nanoseconds.
  mutating func conclude<A: Actions & ~Copyable>(
    _ order: Handle, _ outcome: OrderOutcome, received: Instant, isAnswer: Bool = false, lag: Int64, _ now: Instant, patience: Int64? = nil,
    into out: inout A
  ) {
    let user = orders[order].user
    let history = orders[order].history
    record.created(history, outcome, received: received, lag: CreateLag(of: history, lag: lag, standstills))
    record.settled(history, id: orders[order].id, outcome, at: now, lag: IntervalLag(of: history, lag: lag, standstills))
    if settings.tellsOrders { tell(order, outcome, now, answered: isAnswer ? received : .never) }
    orders.remove(order)
    if outcome == .errored || outcome == .notSent {
      pause(user: user, now)
    } else if let patience, patience > 0, plan.hasUsers {
      pause(user: user, now, for: patience)
    } else {
      free(user: user, now, into: &out)
    }
  }

  // MARK: Beyond the order itself

  /// Goes on to the next step of an order that was acknowledged: its confirmation, its duplicate, its cancelling, or its next poll.
  mutating func proceed<A: Actions & ~Copyable>(_ order: Handle, from: Instant, _ now: Instant, into out: inout A) {
    if orders[order].steps.contains(.confirm) {
      orders[order].steps.remove(.confirm)
      request(order, .confirm, now, into: &out)
    } else if orders[order].steps.contains(.duplicate) {
      orders[order].steps.remove(.duplicate)
      request(order, .duplicate, now, into: &out)
    } else if orders[order].steps.contains(.cancel) {
      orders[order].steps.remove(.cancel)
      request(order, .cancel, now, into: &out)
    } else {
      scheduleNextPoll(order, from: from, now, into: &out)
    }
  }

  /// The confirmation of an order was answered. An order that it was refused for ends in no way, so it is given up.
  mutating func confirmAnswered<A: Actions & ~Copyable>(
    _ order: Handle, _ reply: ConfirmReply, _ after: Instant, _ lag: Int64, into out: inout A
  ) {
    switch reply {
    case .confirmed: proceed(order, from: after, after, into: &out)
    case .refused(let failure):
      record.failed(.confirm, failure)
      finish(order, orders[order].giveUpOutcome, after, lag: lag, into: &out)
    case .uncertain(let failure):
      record.failed(.confirm, failure)
      proceed(order, from: after, after, into: &out)
    }
  }

  /// The confirmation was not sent: it is tried again after a pause. One that may have arrived is not sent twice: that might pay twice.
  mutating func confirmLater(_ order: Handle, _ now: Instant) {
    orders[order].steps.insert(.confirm)
    orders[order].stage = .following
    timers.set(.order(order), at: now + CoreSettings.pauseAfterFailure)
  }

  /// A create that was sent again was answered.
  mutating func duplicateAnswered<A: Actions & ~Copyable>(
    _ order: Handle, _ reply: CreateReply, _ after: Instant, into out: inout A
  ) {
    switch reply {
    case .refused:
      record.judged(.duplicate, settings.refusesDuplicates ? .asExpected : .unclear)
      extra(order, .rejected, received: after)
    case .accepted(let id):
      let isSame = !settings.refusesDuplicates && id == orders[order].id
      record.judged(.duplicate, isSame ? .asExpected : .contrary)
      // With an id of its own it is one more order; with the same id it may have replaced the first.
      if !isSame { extra(order, id == orders[order].id ? .ambiguous : .untracked, received: after) }
    case .uncertain(let failure):
      record.failed(.duplicate, failure)
      record.judged(.duplicate, .unclear)
      mayHaveMade(order, .duplicate)
    }
    proceed(order, from: after, after, into: &out)
  }

  /// A cancel was answered.
  /// - Parameter opened: since when its connection had been open.
  mutating func cancelAnswered<A: Actions & ~Copyable>(
    _ order: Handle, _ reply: CancelReply, opened: Instant = .never, _ after: Instant, into out: inout A
  ) {
    let sent = orders[order].sent
    switch reply {
    case .cancelled:
      // It is polled once more, to see whether it stays cancelled.
      orders[order].saidCancelled = true
      orders[order].history.observe(.ended, sent: sent, received: after, opened: opened)
    case .notCancelled:
      record.judged(.cancel, .vacuous)
      orders[order].history.observe(.begun, sent: sent, received: after, opened: opened)
    case .useless(let failure):
      record.failed(.cancel, failure)
      record.judged(.cancel, .unclear)
    }
    proceed(order, from: after, after, into: &out)
  }

  // MARK: Side requests

  /// A create that had to be refused was answered.
  mutating func invalidAnswered(_ order: Handle, _ reply: CreateReply, _ after: Instant) {
    switch reply {
    case .refused:
      record.judged(.invalid, .asExpected)
      extra(order, .rejected, received: after)
    case .accepted:
      record.judged(.invalid, .contrary)
      extra(order, .untracked, received: after)
    case .uncertain(let failure):
      record.failed(.invalid, failure)
      record.judged(.invalid, .unclear)
      mayHaveMade(order, .invalid)
    }
    orders.remove(order)
  }

  /// The list's first page, requested as a user would, was answered.
  mutating func listAnswered(_ order: Handle, _ page: Result<ListPage, Failure>) {
    let what = orders[order].what
    switch page {
    case .success: record.judged(what, .asExpected)
    case .failure(let failure):
      record.failed(what, failure)
      record.judged(what, .unclear)
    }
    orders.remove(order)
  }

  /// A request that is not an order of the plan was sent, and its effect is unknown.
  mutating func mayHaveMade(_ order: Handle, _ what: RequestKind) {
    if what.isCreate { extra(order, .ambiguous, received: .never) }
  }

  private mutating func extra(_ order: Handle, _ outcome: OrderOutcome, received: Instant) {
    let history = orders[order].history
    var extra = OrderHistory(index: history.index, due: history.due, dispatched: history.dispatched)
    extra.createWasSent(at: orders[order].sent)
    extra.createReceived = received
    record.beside(extra, outcome)
  }
}
