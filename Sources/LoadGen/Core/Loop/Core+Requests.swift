import Shared

extension Core {
  /// Sends a request for an order, or queues it until a connection, or the cap on polls, allows it.
  /// - Parameter isReleased: whether it may pass those that wait, because the cap on polls has released it or its connection was closed too
  ///   early.
  mutating func request<A: Actions & ~Copyable>(
    _ order: Handle, _ what: RequestKind, _ now: Instant, isReleased: Bool = false, into out: inout A
  ) {
    orders[order].what = what
    // Calls that have waited go first, even if a connection became free only now.
    let isNext = isReleased || !pool.hasWaiting(for: what)
    if isNext, !isReleased, pool.hasIdle(for: what), holdIfTooEarly(order, what, now) { return }
    if isNext, let call = pool.take(for: order, what) {
      write(call, now, into: &out)
    } else {
      orders[order].stage = .waiting
      if what == .poll { record.postponed(.connection) }
      if what == .create, pool.isTaken(for: what) { record.createQueued() }
      if let index = pool.wait(for: order, what) { open(index, now, into: &out) }
      if !queueTimerIsSet {
        queueTimerIsSet = true
        timers.set(.queue, at: now + settings.orderTimeout)
      }
    }
  }

  private mutating func write<A: Actions & ~Copyable>(_ call: Call, _ now: Instant, into out: inout A) {
    orders[call.order].stage = .busy
    orders[call.order].tokenIssue = sessions.issue(Int(orders[call.order].account))
    if call.what == .create { submit(call.order, now) }
    if call.what == .poll { limiter.sent(at: now) }
    out.perform(.write(call))
  }

  /// A create is about to be written, or would have been if a connection could be had. It counts as submitted.
  mutating func submit(_ order: Handle, _ now: Instant) {
    // It was counted before its connection turned out to be closed, and now takes another one.
    guard orders[order].steps.remove(.isCounted) == nil else { return }
    if orders[order].attempts == 0 {
      record.submitting(orders[order].history, at: now)
    } else {
      record.resubmitting(orders[order].history, at: now)
    }
  }

  /// Sends a request on a connection that is reserved for it, and opens that connection first if necessary.
  mutating func request<A: Actions & ~Copyable>(
    _ what: RequestKind, onReserved index: Int, _ now: Instant, into out: inout A
  ) {
    switch pool[index].state {
    case .idle:
      let call = Call(order: .none, what: what, connection: index)
      pool[index].state = .busy(call)
      reserved[index].wanted = nil
      out.perform(.write(call))
    case .closed:
      pool[index].state = .connecting
      reserved[index].wanted = what
      open(index, now, into: &out)
    case .connecting, .closing:
      // The request is sent as soon as the connection is open, or gone.
      reserved[index].wanted = what
    case .busy: break
    }
  }

  /// A request was written: its timeout begins.
  mutating func written<A: Actions & ~Copyable>(
    _ call: Call, _ before: Instant, into out: inout A
  ) {
    guard pool.call(on: call.connection) == call else { return }
    if settings.countsRequests { record.wrote(call.what) }
    pool[call.connection].wasGivenMore = false
    expect(by: before + settings.requestTimeout, on: call.connection)
    if pool.isReserved(call.connection) {
      reserved[call.connection].sent = before
      if call.what == .metrics { scraper.sent = min(scraper.sent, before) }
      if call.what == .listPoll { pageWritten(before) }
    } else if call.what == .create {
      orders[call.order].history.createWasSent(at: before)
      budget.began(.create, at: before)
    } else {
      if call.what == .poll { pollWritten(call.order, before) }
      orders[call.order].sent = before
    }
  }

  /// Gives free connections to the calls that have waited longest.
  mutating func serveWaiting<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    if limiter.holdsAny { serveHeld(now, into: &out) }
    // After every answer, and mostly for nothing.
    guard pool.hasWaiting else { return }
    serveWaiting(.creates, now, into: &out)
    serveWaiting(.following, now, into: &out)
  }

  private mutating func serveWaiting<A: Actions & ~Copyable>(
    _ purpose: ConnectionLane.Purpose, _ now: Instant, into out: inout A
  ) {
    while let (order, what) = pool.firstWaiting(purpose) {
      guard orders.isWaiting(order, for: what) else {
        _ = pool.nextWaiting(purpose)
        continue
      }
      guard pool.hasIdle(for: what) else { return }
      _ = pool.nextWaiting(purpose)
      if holdIfTooEarly(order, what, now) { continue }
      guard let call = pool.take(for: order, what) else { return }
      write(call, now, into: &out)
    }
  }

  /// Gives up calls that have waited for a connection longer than an order may.
  mutating func queueTimer<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    queueTimerIsSet = false
    let next = min(giveUpWaiting(.creates, now, into: &out), giveUpWaiting(.following, now, into: &out))
    guard next != .never else { return }
    queueTimerIsSet = true
    timers.set(.queue, at: next)
  }

  /// - Returns: when the next call is to be given up; `never` if none is waiting.
  private mutating func giveUpWaiting<A: Actions & ~Copyable>(
    _ purpose: ConnectionLane.Purpose, _ now: Instant, into out: inout A
  ) -> Instant {
    while let (order, what) = pool.firstWaiting(purpose) {
      if orders.isWaiting(order, for: what) {
        let deadline =
          orders[order].isFollowed
          ? orders[order].givenUpAt(timeout: settings.orderTimeout) : orders[order].timesOutAt(settings.orderTimeout)
        guard deadline <= now else { return deadline }
        if orders[order].isSideRequest {
          record.failed(what, Failure(.timeout, "no connection was free within \(Duration.nanoseconds(settings.orderTimeout).text)"))
          drop(order, isSilent: true)
        } else if what == .create {
          let outcome = orders[order].unsentOutcome
          if lateness >= Standstill.least { record.mayBeOurs(orders[order].history, outcome) }
          conclude(order, outcome, received: now, lag: 0, now, into: &out)
        } else {
          finish(order, orders[order].giveUpOutcome, now, into: &out)
        }
      }
      _ = pool.nextWaiting(purpose)
    }
    return .never
  }

  // MARK: Answers

  /// A request has ended that the target may count. It must not have been looked at otherwise yet.
  mutating func ended(_ call: Call, code: UInt16, _ now: Instant) {
    guard pool.call(on: call.connection) == call else { return }
    let sent = whenSent(call)
    record.ended(call.what, code: code, sent: sent, at: now)
  }

  /// A request was answered, so that its connection had stayed open until then. It must not have been looked at otherwise yet.
  mutating func noteConnection(of call: Call) {
    guard pool.call(on: call.connection) == call else { return }
    let sent = whenSent(call)
    record.answered(opened: pool[call.connection].opened, sent: sent)
  }

  /// When a request was sent that is under way.
  private mutating func whenSent(_ call: Call) -> Instant {
    pool.isReserved(call.connection) ? reserved[call.connection].sent : orders[call.order].requestSent
  }

  /// A request was answered completely. An answer that no longer belongs to its connection is only counted.
  mutating func replied<A: Actions & ~Copyable>(
    _ call: Call, _ reply: Reply, keepsAlive: Bool, _ after: Instant, _ lag: Int64, into out: inout A
  ) {
    guard pool.call(on: call.connection) == call else {
      record.lateResponse()
      return
    }
    pool[call.connection].answers &+= 1
    let isKept = keepsAlive && !(call.what == .metrics && settings.readsMetricsAfresh)
    if isKept, settings.requestsPerConnection.map({ pool[call.connection].answers < $0 }) ?? true {
      pool.becameIdle(call.connection)
    } else {
      close(call.connection, into: &out)
    }
    if !pool.isReserved(call.connection) {
      answered(call, reply, after, lag, into: &out)
    } else {
      record.answered(call.what, sent: reserved[call.connection].sent, received: after)
      budget.ended(call.what, sent: reserved[call.connection].sent, at: after)
      answered(call.what, reply, after, lag, into: &out)
    }
    serveWaiting(after, into: &out)
  }

  private mutating func answered<A: Actions & ~Copyable>(
    _ call: Call, _ reply: Reply, _ after: Instant, _ lag: Int64, into out: inout A
  ) {
    let (order, what) = (call.order, call.what)
    if what != .create { record.answered(what, sent: orders[order].sent, received: after) }
    if what != .poll || !sample.isBetween(order) { budget.ended(what, sent: orders[order].requestSent, at: after) }
    switch reply {
    case .create(let reply):
      switch what {
      case .duplicate: duplicateAnswered(order, reply, after, into: &out)
      case .invalid: invalidAnswered(order, reply, after)
      default: createAnswered(order, reply, after, lag, into: &out)
      }
    case .confirm(let reply): confirmAnswered(order, reply, after, lag, into: &out)
    case .poll(let reply): pollAnswered(order, reply, opened: pool[call.connection].opened, after, lag, into: &out)
    case .cancel(let reply): cancelAnswered(order, reply, opened: pool[call.connection].opened, after, into: &out)
    case .page(let page): listAnswered(order, page)
    case .orderMetrics(let duration): orderMetricsAnswered(order, duration, after, into: &out)
    case .orderRead(let reply, let content): orderReadAnswered(order, reply, content)
    case .unauthorised(let failure):
      if mayTryAgain(order, after, into: &out) { return }
      unauthorised(order, what, failure, after, lag, into: &out)
    // These are never requested on behalf of an order.
    case .metrics, .session: record.lateResponse()
    }
    if orders.isCurrent(order) { orders[order].attempts = 0 }
  }

  /// A request on a reserved connection was answered.
  private mutating func answered<A: Actions & ~Copyable>(
    _ what: RequestKind, _ reply: Reply, _ after: Instant, _ lag: Int64, into out: inout A
  ) {
    switch reply {
    case .metrics(let claims): metricsAnswered(claims, after, into: &out)
    case .page(let page):
      if what == .listPoll { listPollAnswered(page, after, lag, into: &out) } else { metricsAnswered(page, after, into: &out) }
    case .session(let reply): sessionAnswered(reply, after, into: &out)
    case .unauthorised(let failure):
      switch what {
      case .metrics: metricsUnauthorised(failure, after, into: &out)
      case .listPoll: listPollUnauthorised(failure, after, into: &out)
      default: sessionAnswered(.refused(failure), after, into: &out)
      }
    // These are requested only on behalf of an order.
    case .create, .confirm, .poll, .cancel, .orderMetrics, .orderRead: record.lateResponse()
    }
  }

  /// A connection broke before its request was answered completely.
  mutating func broken<A: Actions & ~Copyable>(
    _ call: Call, _ sent: Sent, _ failure: Failure, _ now: Instant, _ lag: Int64, into out: inout A
  ) {
    guard pool.call(on: call.connection) == call else { return }
    // A target may close a connection that has been idle for too long: had we been on time, the request might have come before that.
    let mayHaveBeenIdle = pool[call.connection].answers > 0 && (failure.kind == .reset || failure.kind == .closed)
    pool.becameClosed(call.connection)
    fail(call, sent, failure, now, mayHaveBeenIdle ? max(lag, slip(of: call)) : 0, into: &out)
    openForWaiting(now, into: &out)
    serveWaiting(now, into: &out)
  }

  /// How much later than due an order was taken up, in nanoseconds.
  private mutating func slip(of call: Call) -> Int64 {
    guard orders.isCurrent(call.order) else { return 0 }
    return orders[call.order].history.dispatched - orders[call.order].history.due
  }

  /// The connection was closed before any of the request was written: it moves to another connection, and nothing is sent twice.
  mutating func stale<A: Actions & ~Copyable>(_ call: Call, _ now: Instant, into out: inout A) {
    guard pool.call(on: call.connection) == call else { return }
    pool.becameClosed(call.connection)
    guard !pool.isReserved(call.connection) else { return request(call.what, onReserved: call.connection, now, into: &out) }
    if call.what == .create { orders[call.order].steps.insert(.isCounted) }
    request(call.order, call.what, now, isReleased: true, into: &out)
  }

  /// A call will get no answer.
  /// - Parameter lag: how far our own lateness may be the reason, in nanoseconds.
  mutating func fail<A: Actions & ~Copyable>(
    _ call: Call, _ sent: Sent, _ failure: Failure, _ now: Instant, _ lag: Int64, into out: inout A
  ) {
    guard !pool.isReserved(call.connection) else {
      if sent == .perhaps {
        if settings.countsRequests { record.ended(call.what, code: 0, sent: reserved[call.connection].sent, at: now) }
        record.unanswered(call.what, sent: reserved[call.connection].sent, at: now)
        budget.ended(call.what, sent: reserved[call.connection].sent, at: now)
      }
      switch call.what {
      case .metrics: return scrapeFailed(failure, now, into: &out)
      case .listPoll:
        record.failed(.listPoll, failure)
        record.pollEnded(failure)
        return listPollEnded(now)
      default:
        record.failed(call.what, failure)
        return sessionFailed(failure, isRefusal: false, now, into: &out)
      }
    }
    record.failed(call.what, failure)
    if settings.countsRequests, sent == .perhaps { record.ended(call.what, code: 0, sent: orders[call.order].requestSent, at: now) }
    let order = call.order
    if sent == .perhaps, call.what != .poll || !sample.isBetween(order) {
      budget.ended(call.what, sent: orders[order].requestSent, at: now)
    }
    if call.what == .create {
      refusedStart.somethingElse()
      let outcome: OrderOutcome = sent == .nothing ? .errored : .ambiguous
      if lag >= Standstill.least { record.mayBeOurs(orders[order].history, outcome) }
      return conclude(order, outcome, received: now, lag: 0, now, into: &out)
    }
    if sent == .perhaps {
      record.unanswered(call.what, sent: orders[order].sent, at: now)
      mayHaveMade(order, call.what)
    }
    if call.what == .confirm, sent == .nothing { return confirmLater(order, now) }
    if call.what == .poll {
      record.pollEnded(failure)
      orders[order].polls += 1
      if sent == .perhaps, timesOut(order, sent: orders[order].sent, now, lag: 0, into: &out) { return }
      scheduleNextPoll(order, from: now, now, into: &out)
    } else {
      // What was not sent cannot have been answered in any way.
      if sent == .perhaps, call.what != .confirm { record.judged(call.what, .unclear) }
      if orders[order].isSideRequest { drop(order, isSilent: true) } else { proceed(order, from: now, now, into: &out) }
    }
  }
}
