import Shared

extension Core {
  /// Takes up every order that is due by now; when too many are in hand, gives up those that cannot be taken up.
  mutating func dispatchDue<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    var givenUp = 0
    while let arrival = nextArrival, let due = nextArrivalDue, due <= now {
      if orders.plannedCount >= settings.maxOutstanding, !plan.hasUsers {
        guard givenUp < Overload.mostSingly else { return giveUpMany(now, most: Overload.mostPassed) }
        givenUp += 1
      }
      dispatch(arrival, due: due, now, into: &out)
      nextArrival = plan.next()
    }
  }

  private mutating func dispatch<A: Actions & ~Copyable>(
    _ arrival: Arrival, due: Instant, _ now: Instant, into out: inout A
  ) {
    let history = OrderHistory(index: arrival.index, due: due, dispatched: now)
    guard orders.plannedCount < settings.maxOutstanding else {
      giveUp(history, now)
      return pause(user: arrival.user, now)
    }
    record.scheduled(history)
    lateArrivals.takenUp(late: now - due, hasMuchRoom: orders.plannedCount * 2 < settings.maxOutstanding)
    let account = settings.accounts.account(of: arrival.index, loops: settings.loops)
    var entry = OrderTable.Entry(history: history, user: arrival.user, account: account, what: .create)
    if !settings.mix.isEmpty {
      if settings.mix.includes(.duplicate, arrival.index) {
        entry.steps.formUnion(settings.refusesDuplicates ? .duplicate : [.duplicate, .isKeyed])
      }
      if settings.mix.includes(.cancel, arrival.index) { entry.steps.insert(.cancel) }
      if settings.mix.includes(.orderMetrics, arrival.index) { entry.steps.insert(.orderMetrics) }
    }
    if settings.confirms { entry.steps.insert(.confirm) }
    if settings.readsOrder(arrival.index) { entry.steps.insert(.orderRead) }
    request(orders.insert(entry), .create, now, into: &out)
    guard !settings.mix.isEmpty else { return }
    for kind in RequestKind.sideRequests where kind.standsAlone && settings.mix.includes(kind, arrival.index) {
      guard hasRoomForSideRequest(kind) else { continue }
      var beside = OrderTable.Entry(history: history, user: arrival.user, account: account, what: kind)
      beside.isSideRequest = true
      request(orders.insert(beside), kind, now, into: &out)
    }
  }

  /// Side requests may be as many as orders may be in hand. One beyond that is not sent, but counted as an error.
  mutating func hasRoomForSideRequest(_ what: RequestKind) -> Bool {
    if orders.sideRequestCount < settings.maxOutstanding { return true }
    record.failed(what, Failure(.notSent, "as many requests beside the orders are in hand as there may be (--max-outstanding)"))
    return false
  }

  /// An order is due, but will not be sent.
  mutating func giveUp(_ history: OrderHistory, _ now: Instant) {
    record.scheduled(history)
    if lateArrivals.spoilt(1, late: history.dispatched - history.due) > 0 { record.mayBeOurs(history, .notSent) }
    record.created(history, .notSent, received: now, lag: CreateLag())
    record.settled(history, id: nil, .notSent, at: now, lag: IntervalLag())
    if settings.tellsOrders { record.told(ToldOrder(history: history, at: now, outcome: .notSent)) }
  }

  /// Gives up everything that is due.
  /// - Parameter most: as in `giveUpMany`.
  mutating func giveUpDue(_ now: Instant, most: Int) {
    var givenUp = 0
    while let arrival = nextArrival, let due = nextArrivalDue, due <= now {
      guard givenUp < Overload.mostSingly else { return giveUpMany(now, most: most) }
      givenUp += 1
      giveUp(OrderHistory(index: arrival.index, due: due, dispatched: now), now)
      nextArrival = plan.next()
    }
  }

  /// Far more orders are due than can be told one by one. They are counted as not sent in short stretches of time, and all orders of a
  /// stretch are taken to have been due at its beginning. So neither time nor memory grows with the rate.
  /// - Parameter most: how many arrivals are skipped at most, if each has to be drawn; the rest remain due.
  private mutating func giveUpMany(_ now: Instant, most: Int) {
    guard let zero, let first = nextArrivalDue else { return }
    let length = (now - first) / Overload.stretches + 1
    // The order that was already taken from the plan is due at the beginning of the first stretch.
    var taken = 1
    var left = most
    var begin = first
    while begin <= now, left > 0 {
      let end = min(begin + (length - 1), now)
      let passed = plan.pass(by: end - zero, most: left)
      left -= passed.drawn
      let count = taken + passed.count
      if count > 0 { record.gaveUp(count, ours: lateArrivals.spoilt(count, late: now - begin), due: begin, at: now) }
      taken = 0
      begin = end + 1
    }
    nextArrival = plan.next()
  }

  /// A user of a closed load is free, or has finished thinking: sends or plans its next order, if there is one.
  mutating func free<A: Actions & ~Copyable>(user: UInt32, _ now: Instant, into out: inout A) {
    guard let zero, !isStopped, let arrival = plan.freed(user: user, at: now - zero) else { return }
    let due = zero + arrival.due
    guard due > now else { return dispatch(arrival, due: due, now, into: &out) }
    pausedUsers += 1
    timers.set(.user(user), at: due)
  }

  /// A user may not send, or failed to: it tries again after a pause.
  mutating func pause(user: UInt32, _ now: Instant, for nanoseconds: Int64 = CoreSettings.pauseAfterFailure) {
    guard !isStopped, plan.hasUsers else { return }
    pausedUsers += 1
    timers.set(.user(user), at: now + nanoseconds)
  }
}

/// How a loop that cannot keep up with its plan behaves.
private enum Overload {
  /// How many orders in a row are given up one by one.
  static let mostSingly = 64
  /// How many stretches of time are distinguished among orders that are given up together.
  static let stretches: Int64 = 64
  /// How many arrivals are drawn and skipped before the loop attends to its connections again.
  static let mostPassed = 4_096
}
