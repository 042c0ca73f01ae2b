import Shared

/// All that decides on the client's side, for one event loop: which order is due, on which connection, when to poll next, what
/// is given up when. Events in, actions out; no sockets, no clock, no locks. The engine drives it in real time, the simulation in virtual time.
struct Core<Plan: Schedule, Record: Witness>: ~Copyable {
  let settings: CoreSettings
  private(set) var record: Record
  private var plan: Plan
  private var orders = OrderTable()
  private var pool: ConnectionPool
  private var timers = Timers()
  private var observer: Observer
  /// The load's zero; `nil` before it.
  private var zero: Instant?
  private var nextArrival: Arrival?
  private var isStopped = false
  private var saidDrained = false
  private var queueTimerIsSet = false
  private var pausedUsers = 0
  /// The wake that was asked for last; `never` once it has come.
  private var wake = Instant.never

  init(settings: CoreSettings, plan: Plan, record: Record) {
    self.settings = settings
    self.plan = plan
    self.record = record
    observer = Observer(isActive: settings.observes)
    pool = ConnectionPool(size: settings.connections, reserved: settings.observes ? 1 : 0)
  }

  /// How many orders are in hand.
  var outstanding: Int { orders.count }

  /// What a call's request is to say.
  func subject(of call: Call) -> Subject {
    guard orders.isCurrent(call.order) else { return Subject() }
    return Subject(index: orders[call.order].history.index, id: orders[call.order].id)
  }

  mutating func handle<A: Actions & ~Copyable>(_ event: Event, into out: inout A) {
    switch event {
    case .begin(let now): observerTurn(observer.begin(), now, into: &out)
    case .start(let now): start(now, into: &out)
    case .wake(let now): woken(now, into: &out)
    case .written(let call, let before): written(call, before, into: &out)
    case .replied(let call, let reply, let keepsAlive, let after, let lag):
      replied(call, reply, keepsAlive: keepsAlive, after, lag, into: &out)
    case .broken(let call, let sent, let failure, let after):
      broken(call, sent, failure, after, into: &out)
    case .connected(let index, let now): connected(index, now, into: &out)
    case .connectFailed(let index, let failure, let now):
      connectFailed(index, failure, now, into: &out)
    case .disconnected(let index, let now): disconnected(index, now, into: &out)
    case .reading(let window): record.read(window)
    case .conclude(let now): observerTurn(observer.conclude(), now, into: &out)
    case .stop(let now): stop(now, into: &out)
    }
    settle(into: &out)
  }

  /// What every event ends with: is anything left to do, and when is the next look?
  private mutating func settle<A: Actions & ~Copyable>(into out: inout A) {
    if zero != nil, !saidDrained, nextArrival == nil, orders.count == 0, pausedUsers == 0 {
      saidDrained = true
      observer.rest()
      out.perform(.drained)
    }
    let next = min(timers.next ?? .never, nextArrivalDue ?? .never)
    if next < wake {
      wake = next
      out.perform(.wakeAt(next))
    }
  }

  private var nextArrivalDue: Instant? {
    guard let nextArrival, let zero else { return nil }
    return zero + nextArrival.due
  }

  // MARK: Time

  private mutating func start<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    guard zero == nil, !isStopped else { return }
    zero = now
    record.began(at: now)
    nextArrival = plan.next()
    dispatchDue(now, into: &out)
    if observer.isActive { timers.set(.metrics, at: now + settings.metricsEvery) }
  }

  private mutating func woken<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    if wake <= now { record.woken(late: now - wake) }
    wake = .never
    while let timer = timers.popDue(by: now) {
      switch timer.subject {
      case .order(let handle): orderTimer(handle, now, into: &out)
      case .connection(let index): connectionTimer(index, now, into: &out)
      case .user(let user):
        pausedUsers -= 1
        free(user: user, now, into: &out)
      case .queue: queueTimer(now, into: &out)
      case .metrics: observerTurn(observer.timer(), now, into: &out)
      }
    }
    dispatchDue(now, into: &out)
  }

  // MARK: Arrivals

  private mutating func dispatchDue<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    while let arrival = nextArrival, let due = nextArrivalDue, due <= now {
      dispatch(arrival, due: due, now, into: &out)
      nextArrival = plan.next()
    }
  }

  private mutating func dispatch<A: Actions & ~Copyable>(
    _ arrival: Arrival, due: Instant, _ now: Instant, into out: inout A
  ) {
    let history = OrderHistory(index: arrival.index, due: due, dispatched: now)
    record.scheduled(history)
    guard orders.count < settings.maxOutstanding else {
      record.created(history, .notSent, received: now, lag: 0)
      record.settled(history, id: nil, .notSent, at: now, lag: 0)
      return pause(user: arrival.user, now)
    }
    request(orders.insert(history, user: arrival.user), .create, now, into: &out)
  }

  /// A user of a closed load is free: its next order, if there is one.
  private mutating func free<A: Actions & ~Copyable>(user: UInt32, _ now: Instant, into out: inout A) {
    guard let zero, !isStopped, let arrival = plan.freed(user: user, at: now - zero) else { return }
    dispatch(arrival, due: zero + arrival.due, now, into: &out)
  }

  /// A user could not send: it tries again a little later.
  private mutating func pause(user: UInt32, _ now: Instant) {
    guard !isStopped else { return }
    pausedUsers += 1
    timers.set(.user(user), at: now + CoreSettings.pauseAfterFailure)
  }

  // MARK: Requests

  private mutating func request<A: Actions & ~Copyable>(
    _ order: Handle, _ what: Exchange, _ now: Instant, into out: inout A
  ) {
    if let call = pool.take(for: order, what) {
      write(call, into: &out)
    } else {
      orders[order].stage = what == .create ? .waiting : .pollDue
      if let index = pool.wait(for: order, what) { open(index, now, into: &out) }
      if !queueTimerIsSet {
        queueTimerIsSet = true
        timers.set(.queue, at: now + settings.orderTimeout)
      }
    }
  }

  private mutating func write<A: Actions & ~Copyable>(_ call: Call, into out: inout A) {
    if call.what == .create {
      orders[call.order].stage = .creating
      record.submitting(orders[call.order].history)
    } else if call.what == .poll {
      orders[call.order].stage = .polling
    }
    out.perform(.write(call))
  }

  private mutating func written<A: Actions & ~Copyable>(
    _ call: Call, _ before: Instant, into out: inout A
  ) {
    guard pool.call(on: call.connection) == call else { return }
    expect(by: before + settings.requestTimeout, on: call.connection)
    switch call.what {
    case .create: orders[call.order].history.createWasSent(at: before)
    case .poll: orders[call.order].sent = before
    case .metrics: observer.sent = before
    default: break
    }
  }

  /// Gives the connection's free capacity to whoever has waited longest.
  private mutating func serveWaiting<A: Actions & ~Copyable>(into out: inout A) {
    while let (order, what) = pool.firstWaiting {
      guard isStillWanted(order, what) else {
        _ = pool.nextWaiting()
        continue
      }
      guard let call = pool.take(for: order, what) else { return }
      _ = pool.nextWaiting()
      write(call, into: &out)
    }
  }

  private func isStillWanted(_ order: Handle, _ what: Exchange) -> Bool {
    orders.isCurrent(order) && orders[order].stage == (what == .create ? .waiting : .pollDue)
  }

  /// Gives up what has waited for a connection longer than an order may.
  private mutating func queueTimer<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    queueTimerIsSet = false
    while let (order, what) = pool.firstWaiting {
      if isStillWanted(order, what) {
        let deadline = givenUpAt(order)
        guard deadline <= now else {
          queueTimerIsSet = true
          timers.set(.queue, at: deadline)
          return
        }
        if what == .create {
          conclude(order, .notSent, received: now, lag: 0, now, into: &out)
        } else {
          finish(order, giveUpOutcome(order), now, into: &out)
        }
      }
      _ = pool.nextWaiting()
    }
  }

  // MARK: Answers

  private mutating func replied<A: Actions & ~Copyable>(
    _ call: Call, _ reply: Reply, keepsAlive: Bool, _ after: Instant, _ lag: Int64, into out: inout A
  ) {
    guard pool.call(on: call.connection) == call else {
      record.stray()
      return
    }
    if keepsAlive {
      pool.becameIdle(call.connection)
    } else {
      close(call.connection, into: &out)
    }
    switch call.what {
    case .create: createAnswered(call.order, reply, after, lag, into: &out)
    case .poll: pollAnswered(call.order, reply, after, lag, into: &out)
    case .metrics:
      metricsAnswered(reply, after, into: &out)
    default: break
    }
    serveWaiting(into: &out)
  }

  private mutating func createAnswered<A: Actions & ~Copyable>(
    _ order: Handle, _ reply: Reply, _ after: Instant, _ lag: Int64, into out: inout A
  ) {
    switch reply {
    case .accepted(let id):
      orders[order].history.createReceived = after
      orders[order].id = id
      guard id != nil else { return conclude(order, .untracked, received: after, lag: lag, after, into: &out) }
      guard settings.follows else { return conclude(order, .runEnd, received: after, lag: lag, after, into: &out) }
      record.created(orders[order].history, nil, received: after, lag: lag)
      scheduleNextPoll(order, from: after, after)
      if !settings.usersWaitForCompletion { free(user: orders[order].user, after, into: &out) }
    case .refused(let failure):
      record.failed(.create, failure)
      conclude(order, .rejected, received: after, lag: lag, after, into: &out)
    case .uncertain(let failure), .useless(let failure), .unknownWord(let failure), .unknownOrder(let failure):
      record.failed(.create, failure)
      conclude(order, .ambiguous, received: after, lag: lag, after, into: &out)
    default:
      preconditionFailure("an answer to a create was read as an answer to something else")
    }
  }

  private mutating func pollAnswered<A: Actions & ~Copyable>(
    _ order: Handle, _ reply: Reply, _ after: Instant, _ lag: Int64, into out: inout A
  ) {
    let sent = orders[order].sent
    record.answered(.poll, sent: sent, received: after)
    orders[order].polls += 1
    switch reply {
    case .status(let status):
      orders[order].saidUnknownWord = false
      let progress: OrderHistory.Progress = status.hasEnded ? .ended : status == .pending ? .pending : .processing
      orders[order].history.observe(progress, sent: sent, received: after)
      if let outcome = OrderOutcome(ended: status) { return finish(order, outcome, after, lag: lag, into: &out) }
    case .unknownWord(let failure):
      // Seen once an order; it may be a step on the way that the dialect does not name.
      if !orders[order].saidUnknownWord { record.failed(.poll, failure) }
      orders[order].saidUnknownWord = true
    case .unknownOrder(let failure):
      record.failed(.poll, failure)
      if settings.readsItsWrites { return finish(order, .lost, after, lag: lag, into: &out) }
    case .useless(let failure), .refused(let failure), .uncertain(let failure):
      record.failed(.poll, failure)
    default:
      preconditionFailure("an answer to a poll was read as an answer to something else")
    }
    scheduleNextPoll(order, from: sent, after)
  }

  private mutating func broken<A: Actions & ~Copyable>(
    _ call: Call, _ sent: Sent, _ failure: Failure, _ now: Instant, into out: inout A
  ) {
    guard pool.call(on: call.connection) == call else { return }
    pool.becameClosed(call.connection)
    fail(call, sent, failure, now, into: &out)
    openForWaiting(now, into: &out)
    serveWaiting(into: &out)
  }

  /// A call that will get no answer.
  private mutating func fail<A: Actions & ~Copyable>(
    _ call: Call, _ sent: Sent, _ failure: Failure, _ now: Instant, into out: inout A
  ) {
    record.failed(call.what, failure)
    switch call.what {
    case .create:
      let outcome: OrderOutcome = sent == .nothing ? .errored : .ambiguous
      conclude(call.order, outcome, received: now, lag: 0, now, into: &out)
    case .poll:
      if sent == .perhaps { record.unanswered(.poll, sent: orders[call.order].sent, at: now) }
      orders[call.order].polls += 1
      scheduleNextPoll(call.order, from: now, now)
    case .metrics:
      if sent == .perhaps { record.unanswered(.metrics, sent: observer.sent, at: now) }
      readingFailed(now, into: &out)
    default: break
    }
  }

  // MARK: Following

  private mutating func scheduleNextPoll(_ order: Handle, from: Instant, _ now: Instant) {
    orders[order].stage = .following
    let next = max(now, from + settings.poll.gap(after: orders[order].polls))
    timers.set(.order(order), at: min(next, givenUpAt(order)))
  }

  private mutating func orderTimer<A: Actions & ~Copyable>(
    _ order: Handle, _ now: Instant, into out: inout A
  ) {
    guard orders.isCurrent(order), orders[order].stage == .following else { return }
    if givenUpAt(order) <= now {
      finish(order, giveUpOutcome(order), now, into: &out)
    } else {
      request(order, .poll, now, into: &out)
    }
  }

  private func givenUpAt(_ order: Handle) -> Instant {
    let history = orders[order].history
    return (history.createReceived == .never ? history.due : history.createReceived) + settings.orderTimeout
  }

  private func giveUpOutcome(_ order: Handle) -> OrderOutcome {
    orders[order].saidUnknownWord ? .unknownStatus : .timedOut
  }

  /// A create was answered or given up, and nothing is followed.
  private mutating func conclude<A: Actions & ~Copyable>(
    _ order: Handle, _ outcome: OrderOutcome, received: Instant, lag: Int64, _ now: Instant, into out: inout A
  ) {
    let user = orders[order].user
    record.created(orders[order].history, outcome, received: received, lag: lag)
    record.settled(orders[order].history, id: orders[order].id, outcome, at: now, lag: lag)
    orders.remove(order)
    if outcome == .errored || outcome == .notSent {
      pause(user: user, now)
    } else {
      free(user: user, now, into: &out)
    }
  }

  /// A followed order's story is over.
  private mutating func finish<A: Actions & ~Copyable>(
    _ order: Handle, _ outcome: OrderOutcome, _ now: Instant, lag: Int64 = 0, into out: inout A
  ) {
    let user = orders[order].user
    record.settled(orders[order].history, id: orders[order].id, outcome, at: now, lag: lag)
    orders.remove(order)
    if settings.usersWaitForCompletion { free(user: user, now, into: &out) }
  }

  // MARK: Connections

  private mutating func open<A: Actions & ~Copyable>(_ index: Int, _ now: Instant, into out: inout A) {
    expect(by: now + settings.requestTimeout, on: index)
    out.perform(.connect(index))
  }

  private mutating func openForWaiting<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    while let index = pool.connectionToOpen() { open(index, now, into: &out) }
  }

  private mutating func close<A: Actions & ~Copyable>(_ index: Int, into out: inout A) {
    pool.isClosing(index)
    out.perform(.close(index))
  }

  /// One timer per connection: it is set again for a later deadline when it fires, so that requests set none.
  private mutating func expect(by deadline: Instant, on index: Int) {
    pool[index].deadline = deadline
    guard !pool[index].hasTimer else { return }
    pool[index].hasTimer = true
    timers.set(.connection(index), at: deadline)
  }

  private mutating func connectionTimer<A: Actions & ~Copyable>(
    _ index: Int, _ now: Instant, into out: inout A
  ) {
    let deadline = pool[index].deadline
    pool[index].hasTimer = false
    guard deadline != .never else { return }
    guard deadline <= now else { return expect(by: deadline, on: index) }
    let seconds = Duration.nanoseconds(settings.requestTimeout).text
    switch pool[index].state {
    case .busy(let call):
      close(index, into: &out)
      fail(call, .perhaps, Failure(.timeout, "no complete answer within \(seconds)"), now, into: &out)
    case .connecting:
      close(index, into: &out)
      failWaiting(index, Failure(.connectTimeout, "no connection within \(seconds)"), now, into: &out)
    case .idle, .closed, .closing: break
    }
  }

  private mutating func connected<A: Actions & ~Copyable>(
    _ index: Int, _ now: Instant, into out: inout A
  ) {
    guard pool[index].state == .connecting else { return }
    pool.becameIdle(index)
    if observer.isActive, index == Observer.connection {
      observerTurn(observer.connected(), now, into: &out)
    } else {
      serveWaiting(into: &out)
    }
  }

  private mutating func connectFailed<A: Actions & ~Copyable>(
    _ index: Int, _ failure: Failure, _ now: Instant, into out: inout A
  ) {
    guard pool[index].state == .connecting else {
      return disconnected(index, now, into: &out)
    }
    pool.becameClosed(index)
    failWaiting(index, failure, now, into: &out)
    openForWaiting(now, into: &out)
  }

  /// The connection for whoever has waited longest cannot be had: its call fails for it.
  private mutating func failWaiting<A: Actions & ~Copyable>(
    _ index: Int, _ failure: Failure, _ now: Instant, into out: inout A
  ) {
    if observer.isActive, index == Observer.connection {
      record.failed(.metrics, failure)
      return readingFailed(now, into: &out)
    }
    while let (order, what) = pool.nextWaiting() {
      guard isStillWanted(order, what) else { continue }
      if what == .create { record.submitting(orders[order].history) }
      return fail(Call(order: order, what: what, connection: index), .nothing, failure, now, into: &out)
    }
  }

  private mutating func disconnected<A: Actions & ~Copyable>(
    _ index: Int, _ now: Instant, into out: inout A
  ) {
    pool.becameClosed(index)
    if observer.isActive, index == Observer.connection {
      if observer.isConnecting { observerTurn(.read, now, into: &out) }
    } else if !isStopped {
      openForWaiting(now, into: &out)
    }
  }

  // MARK: Metrics

  private mutating func metricsAnswered<A: Actions & ~Copyable>(
    _ reply: Reply, _ after: Instant, into out: inout A
  ) {
    switch reply {
    case .metrics:
      record.answered(.metrics, sent: observer.sent, received: after)
      out.perform(.observed(ReadingWindow(sent: observer.sent, received: after)))
      observerTurn(observer.answered(true), after, into: &out)
    case .useless(let failure), .refused(let failure), .uncertain(let failure), .unknownWord(let failure),
      .unknownOrder(let failure):
      record.answered(.metrics, sent: observer.sent, received: after)
      record.failed(.metrics, failure)
      readingFailed(after, into: &out)
    default:
      preconditionFailure("an answer to a metrics reading was read as an answer to something else")
    }
  }

  private mutating func readingFailed<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    out.perform(.observed(ReadingWindow(sent: now, received: now, hasFigures: false)))
    observerTurn(observer.answered(false), now, into: &out)
  }

  private mutating func observerTurn<A: Actions & ~Copyable>(
    _ turn: Observer.Turn, _ now: Instant, into out: inout A
  ) {
    switch turn {
    case .rest: break
    case .read:
      let index = Observer.connection
      switch pool[index].state {
      case .idle:
        let call = Call(order: .none, what: .metrics, connection: index)
        pool[index].state = .busy(call)
        observer.isConnecting = false
        out.perform(.write(call))
      case .closed:
        pool[index].state = .connecting
        observer.isConnecting = true
        open(index, now, into: &out)
      case .connecting, .closing:
        // Read as soon as the connection is there, or gone.
        observer.isConnecting = true
      case .busy: break
      }
    case .again: timers.set(.metrics, at: now + settings.metricsEvery)
    case .ready: out.perform(.ready)
    case .concluded: out.perform(.concluded)
    }
  }

  // MARK: The end

  private mutating func stop<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    // A second time after the last reading: then there are only connections to close.
    isStopped = true
    zero = zero ?? now
    nextArrival = nil
    pausedUsers = 0
    for order in orders.handles {
      switch orders[order].stage {
      case .waiting: conclude(order, .notSent, received: now, lag: 0, now, into: &out)
      case .creating: conclude(order, .ambiguous, received: now, lag: 0, now, into: &out)
      case .polling:
        record.unanswered(.poll, sent: orders[order].sent, at: now)
        finish(order, .runEnd, now, into: &out)
      case .following, .pollDue: finish(order, .runEnd, now, into: &out)
      case .free: break
      }
    }
    pool.forgetWaiting()
    timers.removeAll()
    queueTimerIsSet = false
    if observer.isActive, case .busy = pool[Observer.connection].state {
      record.unanswered(.metrics, sent: observer.sent, at: now)
    }
    for index in pool.indices {
      pool[index].hasTimer = false
      if pool[index].state != .closed && pool[index].state != .closing { close(index, into: &out) }
    }
    observer.abandon()
  }
}
