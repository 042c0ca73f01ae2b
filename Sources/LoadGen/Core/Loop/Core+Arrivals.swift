import Shared

extension Core {
  mutating func dispatchDue<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    while let arrival = nextArrival, let due = nextArrivalDue, due <= now {
      dispatch(arrival, due: due, now, into: &out)
      nextArrival = plan.next()
    }
  }

  private mutating func dispatch<A: Actions & ~Copyable>(
    _ arrival: Arrival, due: Instant, _ now: Instant, into out: inout A
  ) {
    let history = OrderHistory(index: arrival.index, due: due, dispatched: now)
    guard orders.count < settings.maxOutstanding else {
      giveUp(history, now)
      return pause(user: arrival.user, now)
    }
    record.scheduled(history)
    let account = settings.accounts.account(of: arrival.index, loops: settings.loops)
    var entry = OrderTable.Entry(history: history, user: arrival.user, account: account, what: .create)
    if !settings.mix.isEmpty {
      if settings.mix.includes(.duplicate, arrival.index) {
        entry.steps.formUnion(settings.refusesDuplicates ? .duplicate : [.duplicate, .isKeyed])
      }
      if settings.mix.includes(.cancel, arrival.index) { entry.steps.insert(.cancel) }
      if settings.mix.includes(.orderMetrics, arrival.index) { entry.steps.insert(.orderMetrics) }
    }
    request(orders.insert(entry), .create, now, into: &out)
    for kind in [Mix.Kind.invalid, .list] where settings.mix.includes(kind, arrival.index) {
      var errand = OrderTable.Entry(history: history, user: arrival.user, account: account, what: kind.exchange)
      errand.isErrand = true
      request(orders.insert(errand), kind.exchange, now, into: &out)
    }
  }

  /// An order is due, and will not be sent.
  mutating func giveUp(_ history: OrderHistory, _ now: Instant) {
    record.scheduled(history)
    record.created(history, .notSent, received: now, lag: 0)
    record.settled(history, id: nil, .notSent, at: now, lag: 0)
  }

  /// A user of a closed load is free, or has thought: its next order, if there is one.
  mutating func free<A: Actions & ~Copyable>(user: UInt32, _ now: Instant, into out: inout A) {
    guard let zero, !isStopped, let arrival = plan.freed(user: user, at: now - zero) else { return }
    let due = zero + arrival.due
    guard due > now else { return dispatch(arrival, due: due, now, into: &out) }
    pausedUsers += 1
    timers.set(.user(user), at: due)
  }

  /// A user may not, or could not, send: it tries again a little later.
  mutating func pause(user: UInt32, _ now: Instant, for nanoseconds: Int64 = CoreSettings.pauseAfterFailure) {
    guard !isStopped else { return }
    pausedUsers += 1
    timers.set(.user(user), at: now + nanoseconds)
  }
}
