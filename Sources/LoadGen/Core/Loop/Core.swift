import Shared

/// Makes every decision on the client's side for one event loop: which order is due, on which connection, when to poll next, what is given
/// up when. Events in, actions out; no sockets, no clock, no locks. The engine drives it in real time, the simulation in virtual time.
///
/// Its parts are in the extensions beside it, by topic: arrivals, connections, creates, following, list poll, metrics, opening, polls,
/// requests, sessions.
struct Core<Plan: Schedule, Record: Recorder>: ~Copyable {
  let settings: CoreSettings
  var record: Record
  var plan: Plan
  var orders = OrderTable()
  var pool: ConnectionPool
  var timers = Timers()
  var scraper: MetricsScraper
  var sessions: Sessions
  var listPoll: ListPoll
  var limiter: RateLimiter
  var budget: PollBudget
  var followed = FollowedOrders()
  /// For each reserved connection, the request that waits for it, and when the request under way on it was sent.
  var reserved: [(wanted: RequestKind?, sent: Instant)]
  /// The instant from which due times count; `nil` before the load begins.
  var zero: Instant?
  var nextArrival: Arrival?
  var isStopped = false
  /// Whether the first scrape is waiting for every account to log in.
  var isBeginning = false
  var queueTimerIsSet = false
  var pausedUsers = 0
  var refusedStart = RefusedStart()
  var lateArrivals = LateArrivals()
  var orderReads: OrderReads
  var sample: AuditSample
  /// How late the loop is, in nanoseconds, while it handles a wake; otherwise 0.
  var lateness: Int64 = 0
  /// When the loop was late enough to decide something.
  var standstills = Standstills()
  private var saidDrained = false
  /// Until when the target wants its figures not to be asked for.
  var metricsQuietUntil: Instant?
  /// Until when the last scrape is repeated at most.
  var concludeBy = Instant.never
  /// The wake that was asked for last; `never` once it has come.
  private var wake = Instant.never

  init(settings: CoreSettings, plan: Plan, record: Record) {
    self.settings = settings
    self.plan = plan
    self.record = record
    scraper = MetricsScraper(
      isActive: settings.scrapesMetrics, accounts: settings.listedFigures != nil ? settings.accounts.lists : [settings.accounts.all[0]],
      way: settings.pages, readsTwice: settings.readsMetricsTwice,
      awaitsEnds: settings.awaitsEnds)
    sessions = Sessions(settings.accounts)
    listPoll = ListPoll(accounts: settings.accounts.orders, way: settings.pages)
    limiter = RateLimiter(interval: settings.pollInterval)
    orderReads = OrderReads(isSample: settings.readsSample)
    sample = AuditSample(settings.auditPrecision, settings.poll)
    budget = PollBudget(settings.poll)
    reserved = Array(repeating: (nil, .never), count: 3)
    pool = ConnectionPool(creates: settings.connections, following: settings.connectionsForFollowing, reserved: reserved.count)
  }

  /// How many connections there may be, numbered from 0, including the reserved ones.
  var connectionCount: Int { pool.indices.count }

  /// How many orders of the plan are in hand.
  var outstanding: Int { orders.plannedCount }

  /// The order's id and number; `nil` if it has no id yet, or nothing is asked about it any more. Mutating for the same reason as `context`.
  mutating func identity(of order: Handle) -> (id: OrderID, index: UInt64)? {
    guard orders.isCurrent(order), let id = orders[order].id else { return nil }
    return (id, orders[order].history.index)
  }

  /// What the request for a call is to say.
  ///
  /// It is mutating although it changes nothing: for a non-mutating call the compiler (Swift 6.3) copies the whole core, which costs more
  /// than the rest.
  mutating func context(of call: Call) -> RequestContext {
    if orders.isCurrent(call.order) {
      let account = Int(orders[call.order].account)
      return RequestContext(
        index: orders[call.order].history.index, id: orders[call.order].id, isKeyed: orders[call.order].steps.contains(.isKeyed),
        account: account, tokens: sessions.tokens(account))
    }
    var context = RequestContext()
    switch call.what {
    case .metrics: (context.account, context.cursor) = (scraper.paginator.account, scraper.paginator.cursor)
    case .listPoll: (context.account, context.cursor) = (listPoll.paginator.account, listPoll.paginator.cursor)
    default: context.account = sessions.current?.account ?? 0
    }
    context.tokens = sessions.tokens(context.account)
    return context
  }

  /// Takes in one event and puts the actions that follow from it into `out`.
  mutating func handle<A: Actions & ~Copyable>(_ event: Event, into out: inout A) {
    let instant: Instant
    switch event {
    case .begin(let now):
      instant = now
      begin(now, into: &out)
    case .start(let now):
      instant = now
      start(now, into: &out)
    case .wake(let now, let lag):
      instant = now
      woken(now, lag, into: &out)
    case .written(let call, let before):
      instant = before
      written(call, before, into: &out)
    case .replied(let call, let reply, let keepsAlive, let after, let lag, let code):
      instant = after
      if settings.countsRequests { ended(call, code: code, after) }
      if settings.notesConnections { noteConnection(of: call) }
      if settings.tellsOrders, call.what == .create { keep(code, of: call.order) }
      replied(call, reply, keepsAlive: keepsAlive, after, lag, into: &out)
    case .broken(let call, let sent, let failure, let after, let lag):
      instant = after
      broken(call, sent, failure, after, lag, into: &out)
    case .stale(let call, let now):
      instant = now
      stale(call, now, into: &out)
    case .overdue(let index, let now, let lag):
      instant = now
      overdue(index, now, lag, into: &out)
    case .connected(let index, let now):
      instant = now
      connected(index, now, into: &out)
    case .connectFailed(let index, let failure, let now):
      instant = now
      connectFailed(index, failure, now, into: &out)
    case .disconnected(let index, let now):
      instant = now
      disconnected(index, now, into: &out)
    case .scrape(let window):
      instant = window.received
      record.read(window)
    case .conclude(let now):
      instant = now
      concludeBy = now + settings.orderTimeout
      scraperTurn(scraper.conclude(after: metricsQuietUntil.map { max(0, $0 - now) } ?? 0), now, into: &out)
    case .stop(let now):
      instant = now
      stop(now, into: &out)
    }
    settle(instant, into: &out)
  }

  /// After every event: is anything left to do, and when must the core be woken next?
  private mutating func settle<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    let isDone = zero != nil && !saidDrained && nextArrival == nil && pausedUsers == 0
    if isDone, outstanding == 0 { readEnded(leaving: 0, now, into: &out) }
    if isDone, orders.count == 0 {
      saidDrained = true
      scraper.rest()
      out.perform(.news(.drained))
    }
    // Something that became due in the past, such as a poll whose gap was over before its answer came, is handled now: nobody is late for
    // it.
    let next = max(min(timers.next ?? .never, nextArrivalDue ?? .never), now)
    if next < wake {
      wake = next
      out.perform(.wakeAt(next))
    }
  }

  /// When the next order of the plan is due; `nil` before the load and after the plan's last order.
  var nextArrivalDue: Instant? {
    guard let nextArrival, let zero else { return nil }
    return zero + nextArrival.due
  }

  // MARK: Time

  private mutating func begin<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    guard !isStopped else { return }
    isBeginning = true
    sessions.openAll()
    sessionTurn(now, into: &out)
    beginIfOpen(now, into: &out)
  }

  private mutating func start<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    guard zero == nil, !isStopped else { return }
    zero = now
    record.began(at: now)
    nextArrival = plan.next()
    startRamp()
    dispatchDue(now, into: &out)
    if scraper.isActive { timers.set(.metrics, at: now + settings.metricsEvery) }
  }

  private mutating func woken<A: Actions & ~Copyable>(_ now: Instant, _ lag: Int64, into out: inout A) {
    // A wake that was not asked for indicates a loop that stood still.
    lateness = max(lag, wake <= now ? now - wake : 0)
    if wake <= now || lag > 0 { record.woken(late: lateness) }
    standstills.add(lateness, until: now)
    defer { lateness = 0 }
    wake = .never
    while let timer = timers.popDue(by: now) {
      switch timer.subject {
      case .order(let handle): orderTimer(handle, due: timer.at, now, into: &out)
      case .connection(let index): connectionTimer(Int(index), now, into: &out)
      case .user(let user):
        pausedUsers -= 1
        free(user: user, now, into: &out)
      case .queue: queueTimer(now, into: &out)
      case .metrics: scraperTurn(scraper.timer(), now, into: &out)
      case .listPoll: listPollTimer(now, into: &out)
      case .polls: rateLimiterTimer(now, into: &out)
      case .rested(let index): rested(Int(index), now, into: &out)
      case .ramp: rampTimer(now, into: &out)
      case .sessions: sessionTimer(now, into: &out)
      }
    }
    dispatchDue(now, into: &out)
  }

  /// The loop stood still while it handled something, and nothing has been stamped since.
  /// - Parameter length: for how long up to `now`, in nanoseconds.
  mutating func stoodStill(_ length: Int64, until now: Instant) { standstills.add(length, until: now) }

  // MARK: The end

  private mutating func stop<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    // The run stops the loops a second time after the last scrape: then only connections are left to close.
    if zero != nil, !isStopped, !saidDrained { record.cut(at: now) }
    isStopped = true
    isBeginning = false
    record.stopping()
    zero = zero ?? now
    // If each arrival must be drawn, a plan may be too long to draw to its end in a run that is to end at once.
    giveUpDue(now, most: 1_000_000)
    nextArrival = nil
    pausedUsers = 0
    _ = orderReads.drop()
    // Timers go first and orders are ended one by one, so that memory for a million orders is not needed twice.
    timers.removeAll()
    for slot in orders.slots {
      if let order = orders.order(in: slot) { stopOrder(order, now, into: &out) }
    }
    pool.forgetWaiting()
    limiter.removeAll()
    queueTimerIsSet = false
    for index in reserved.indices {
      if case .busy(let call) = pool[index].state { record.unanswered(call.what, sent: reserved[index].sent, at: now) }
      reserved[index].wanted = nil
    }
    for index in pool.indices {
      pool[index].hasTimer = false
      if pool[index].state != .closed && pool[index].state != .closing { close(index, into: &out) }
    }
    scraper.abandon()
    sessions.abandon()
    listPoll.end()
  }

  private mutating func stopOrder<A: Actions & ~Copyable>(_ order: Handle, _ now: Instant, into out: inout A) {
    let entry = orders[order]
    if entry.stage == .busy, entry.what != .create {
      record.unanswered(entry.what, sent: entry.sent, at: now)
      mayHaveMade(order, entry.what)
    }
    guard !entry.isSideRequest else { return orders.remove(order) }
    switch (entry.what, entry.stage) {
    case (.create, .waiting): conclude(order, entry.unsentOutcome, received: now, lag: 0, now, into: &out)
    case (.create, .parked): conclude(order, .rejected, received: now, lag: 0, now, into: &out)
    case (.create, .busy): conclude(order, .ambiguous, received: now, lag: 0, now, into: &out)
    default: finish(order, .runEnd, now, into: &out)
    }
  }
}
