import DequeModule
import Shared

/// The part of the simulated system between network and orders: it works on a limited number of requests at the same time, each for a
/// while, and answers them in terms of the dialect.
struct SimulatedFront: ~Copyable {
  /// The answer to a request; the frequent ones are small.
  enum Answer {
    case accepted(Ticket)
    case status(OrderStatus)
    case other(Reply)
  }

  private let settings: SimulatedSystem.Settings
  private let dialect: Dialect
  private let random: SeededRandom
  private let time: ServiceTime.Sampler
  /// For polls, and for pages of a list that is searched.
  private let pollTime: ServiceTime.Sampler
  private var faults: Draws
  private var waiting: Deque<(request: Int32, what: RequestKind)> = []
  private var busy = 0
  private var drawn: UInt64 = 0
  /// No request is begun before this instant.
  private(set) var stalledUntil = Instant(0)
  /// For each index of an order sent with a key, the order that its first create made.
  private var keyed: [UInt64: Ticket] = [:]
  private let needsToken: Bool
  /// Whether the system chooses the ids.
  private let choosesIDs: Bool
  /// The refresh tokens that are valid, and how many were issued.
  private var refreshTokens: Set<Int> = []
  private var lastRefreshToken = 0
  /// How many requests arrived with an expired token, or without one.
  private(set) var expired = 0
  /// For each node, the figures that it repeats until they are too old.
  private var kept: [(read: Instant, claims: Claims)?]
  /// The figures at the arrival of a request for them, where the figures of a document are not all from the same instant.
  private var atArrival: [Int32: Claims] = [:]
  private let figures: [Dialect.Figure]
  private var isLying = false
  private let lies: FaultPlan
  /// Reads the documents that lie as those of a real system are read.
  private let reader: FigureReader
  /// How many readings were answered since the load began.
  private var readings = UInt64(0)

  init(_ settings: SimulatedSystem.Settings, dialect: Dialect, random: SeededRandom) {
    self.settings = settings
    self.dialect = dialect
    self.random = random
    time = ServiceTime.Sampler(settings.answerTime)
    pollTime = ServiceTime.Sampler(settings.pollAnswerTime ?? settings.answerTime)
    faults = Draws(random, .answerFault)
    choosesIDs = if case .own = dialect.create.id.place { false } else { true }
    needsToken = if case .bearer = dialect.authentication { true } else { false }
    figures = dialect.metrics?.figures ?? []
    lies = FaultPlan(settings.lies, seed: random.seed)
    reader = FigureReader(dialect)
    kept = Array(repeating: nil, count: settings.metricsNodes)
    if settings.wasReadBefore { kept = kept.map { _ in (Instant(0), SimulatedBooks().claims(for: figures, of: settings)) } }
  }

  /// From the load's beginning on it lies, if it is to.
  mutating func loadBegins(_ system: inout SimulatedSystem, _ now: Instant) {
    isLying = true
    system.beginLying(lies, now)
  }

  // MARK: Whose turn it is

  /// A request has arrived.
  mutating func arrived(_ request: Int32, _ what: RequestKind, _ system: borrowing SimulatedSystem, _ eventQueue: inout EventQueue) {
    if what == .metrics, !settings.takesSnapshots { atArrival[request] = system.books.claims(for: figures, of: settings) }
    guard stalledUntil <= eventQueue.now else { return eventQueue.arrange(.arrived(request: request), at: stalledUntil) }
    guard busy < settings.answerLimit ?? .max else { return waiting.append((request, what)) }
    begin(request, what, &eventQueue)
  }

  /// A request has been worked on, and it is the next one's turn.
  mutating func decided(_ eventQueue: inout EventQueue) {
    busy -= 1
    if let next = waiting.popFirst() { begin(next.request, next.what, &eventQueue) }
  }

  private mutating func begin(_ request: Int32, _ what: RequestKind, _ eventQueue: inout EventQueue) {
    busy += 1
    eventQueue.arrange(.decided(request: request), after: answerTime(what))
  }

  /// How long the next request is worked on, in nanoseconds.
  mutating func answerTime(_ what: RequestKind) -> Int64 {
    drawn += 1
    return (what == .poll || what == .listPoll ? pollTime : time).nanoseconds(random, index: drawn, of: .answerTime)
  }

  mutating func stall(until instant: Instant) { stalledUntil = max(stalledUntil, instant) }

  /// Drops the requests that were not begun.
  /// - Returns: those requests, which are lost.
  mutating func goDown() -> [Int32] {
    busy = 0
    defer { waiting.removeAll() }
    return waiting.map(\.request)
  }

  // MARK: Answers

  /// Carries out a request at this instant, and returns the answer.
  /// - Parameter number: the request's number, as it was passed to `arrived`.
  mutating func answer(
    _ request: SimulatedRequest, _ number: Int32, _ system: inout SimulatedSystem, _ eventQueue: inout EventQueue
  ) -> Answer {
    let what = request.call.what
    if let lifetime = settings.tokenLifetime, !what.opensSession, needsToken,
      request.token.map({ eventQueue.now - $0 >= lifetime.nanoseconds }) ?? true
    {
      expired += 1
      return .other(.unauthorised(Failure(.httpStatus, status: 401, "401 to a token whose time is over")))
    }
    switch what {
    case .create: return create(request, &system, &eventQueue)
    case .duplicate: return duplicate(request, &system, &eventQueue)
    case .invalid:
      if faults.chance(settings.faults[.wronglyTaken]) { return .accepted(takeWrongly(request, &system, &eventQueue)) }
      return .other(.create(.refused(Failure(.httpStatus, status: 422, "422 to an order that is none"))))
    case .confirm:
      guard let ticket = request.ticket, system.finds(ticket) else { return .other(.confirm(.refused(Self.unknown))) }
      system.confirm(ticket, &eventQueue)
      return .other(.confirm(.confirmed))
    case .poll: return poll(request, &system)
    case .cancel:
      guard let ticket = request.ticket, system.finds(ticket) else { return .other(.cancel(.useless(Self.unknown))) }
      return .other(.cancel(system.cancel(ticket, eventQueue.now) ? .cancelled : .notCancelled))
    case .orderRead: return whole(poll(request, &system), isOwn: request.ticket.map { system.deeds?.other($0) == nil } ?? true)
    case .orderMetrics: return orderMetrics(request, &system)
    case .list: return page(request, &system)
    case .listPoll: return faults.chance(settings.faults[.useless]) ? .other(.page(.failure(Self.useless))) : page(request, &system)
    case .metrics:
      let isList = dialect.metrics?.source == .list
      if faults.chance(settings.faults[.useless]) {
        return .other(isList ? .page(.failure(Self.useless)) : .metrics(.failure(Self.useless)))
      }
      return isList ? page(request, &system) : .other(.metrics(figures(number, &system, eventQueue.now)))
    case .register: return .other(.session(.registered))
    case .login, .refresh: return .other(.session(session(request, eventQueue.now)))
    }
  }

  private mutating func session(_ request: SimulatedRequest, _ now: Instant) -> SessionReply {
    let isGood = request.call.what == .login || request.refreshToken.map { refreshTokens.remove($0) != nil } ?? false
    guard isGood, !faults.chance(settings.faults[.lockedOut]) else {
      return .refused(Failure(.httpStatus, status: 401, "401 to \(request.call.what == .login ? "a login" : "a refresh token")"))
    }
    let name = dialect.authentication.requestHeader == "Cookie" ? "session=" : ""
    var tokens = Tokens(access: "\(name)\(now.nanoseconds)")
    if settings.tellsTokenLifetime { tokens.lifetime = settings.tokenLifetime?.nanoseconds }
    if settings.givesRefreshTokens {
      lastRefreshToken += 1
      refreshTokens.insert(lastRefreshToken)
      tokens.refresh = "\(lastRefreshToken)"
    }
    return .tokens(tokens)
  }

  private static let unknown = Failure(.httpStatus, status: 404, "404 to an id that is none")
  private static let useless = Failure(.httpStatus, status: 503, "503")

  private mutating func create(_ request: SimulatedRequest, _ system: inout SimulatedSystem, _ eventQueue: inout EventQueue) -> Answer {
    if faults.chance(settings.faults[.rejected]) { return .other(.create(.refused(Failure(.httpStatus, status: 422, "422 to an order")))) }
    let fails = faults.chance(settings.faults[.failed])
    if fails, faults.chance(0.5) { return .other(.create(.uncertain(Failure(.httpStatus, status: 500, "500, and no order was made")))) }
    let wrong = system.createCame()
    if let wrong, wrong.answer == .missingThough201 { return .accepted(SimulatedDeeds.missing(wrong)) }
    let ticket = system.create(owner: owner(request), wrong: wrong, isHeld: dialect.confirm != nil, &eventQueue)
    let told = system.told(ticket, wrong)
    if request.isKeyed { keyed[request.index] = ticket }
    switch wrong?.answer {
    case .storedThough500: return .other(.create(.uncertain(Failure(.httpStatus, status: 500, "500, and an order was made"))))
    case .storedThoughRefused: return .other(.create(.refused(Failure(.httpStatus, status: 422, "422, and an order was made"))))
    case .missingThough201, nil: break
    }
    if fails { return .other(.create(.uncertain(Failure(.httpStatus, status: 500, "500, and an order was made")))) }
    return choosesIDs && faults.chance(settings.faults[.withoutID]) ? .other(.create(.accepted(nil))) : .accepted(told)
  }

  /// Makes an order of a request that should have been refused. Nobody will ask for that order.
  private mutating func takeWrongly(_ request: SimulatedRequest, _ system: inout SimulatedSystem, _ eventQueue: inout EventQueue) -> Ticket
  {
    let ticket = system.create(owner: owner(request), &eventQueue)
    system.forget(ticket)
    return ticket
  }

  private mutating func duplicate(_ request: SimulatedRequest, _ system: inout SimulatedSystem, _ eventQueue: inout EventQueue) -> Answer {
    if faults.chance(settings.faults[.wronglyTaken]) { return .accepted(takeWrongly(request, &system, &eventQueue)) }
    switch dialect.create.duplicates {
    case .refused: return .other(.create(.refused(Failure(.httpStatus, status: 409, "409 to an order that is there already"))))
    case .sameID: return .accepted(keyed.removeValue(forKey: request.index) ?? system.create(owner: owner(request), &eventQueue))
    case nil: return .accepted(system.create(owner: owner(request), &eventQueue))
    }
  }

  /// What is read from the word for a status.
  private func told(_ status: OrderStatus) -> OrderStatus { status == .processing && settings.processingIsPending ? .pending : status }

  /// An answer about an order's status, as a page that has the whole order.
  private func whole(_ answer: Answer, isOwn: Bool) -> Answer {
    let anothers = OrderContent.anothers(Failure(.badResponse, "what was sent for another order"))
    let content = dialect.create.tellsOrdersApart ? (isOwn ? .own : anothers) : .untold
    return switch answer {
    case .status(let status): .other(.orderRead(.status(status), content))
    case .other(.poll(let reply)): .other(.orderRead(reply, .untold))
    case .accepted, .other: answer
    }
  }

  private mutating func poll(_ request: SimulatedRequest, _ system: inout SimulatedSystem) -> Answer {
    if faults.chance(settings.faults[.useless]) {
      var useless = Self.useless
      if settings.alwaysAsksForQuiet { useless.retryAfter = settings.retryAfter?.nanoseconds }
      return .other(.poll(.useless(useless)))
    }
    guard let ticket = request.ticket, let seen = system.look(ticket) else { return .other(.poll(.unknownOrder(Self.unknown))) }
    if faults.chance(settings.faults[.notFound]) { return .other(.poll(.unknownOrder(Self.unknown))) }
    let status = told(seen.status)
    if !status.hasEnded, faults.chance(settings.faults[.unknownWord]) {
      return .other(.poll(.unknownWord(Failure(.badResponse, "the status 'packing'"))))
    }
    if let patience = settings.retryAfter { return .other(.poll(.status(status, retryAfter: patience.nanoseconds))) }
    return .status(status)
  }

  /// Whose list an order appears in: without logins there is a single one.
  private func owner(_ request: SimulatedRequest) -> Int { needsToken ? request.account : 0 }

  private mutating func page(_ request: SimulatedRequest, _ system: inout SimulatedSystem) -> Answer {
    guard let (tickets, next) = system.lists?.page(of: owner(request), before: request.cursor) else {
      return .other(.page(.success(ListPage())))
    }
    var page = ListPage()
    for ticket in tickets {
      let status = told(system.listed(ticket))
      if status == dialect.status.gone { continue }
      // In a list that is counted, no unknown words are used: the counts would not be the truth.
      let isUnknown = request.call.what == .listPoll && !status.hasEnded && faults.chance(settings.faults[.unknownWord])
      page.orders.append(ListPage.Entry(id: ticket.id, status: isUnknown ? nil : status))
    }
    page.next = next.map(String.init)
    return .other(.page(.success(page)))
  }

  /// The answer to a reading.
  private mutating func figures(_ request: Int32, _ system: inout SimulatedSystem, _ now: Instant) -> Result<Claims, Failure> {
    let claims = claims(request, &system, now)
    guard isLying, !settings.lies.isEmpty else { return .success(claims) }
    let index = readings
    readings += 1
    for fault in lies.metrics where system.books.total > 0 && fault.strikes(index) {
      switch fault.fault {
      case .html, .cut: return .success(.unreadable)
      case .status(let code): return .failure(Failure(.httpStatus, status: code, "\(code)"))
      case .gone: return .failure(Failure(.httpStatus, status: 404, "404"))
      case .slow: break
      }
    }
    guard let told = system.told(reading: index, now) else { return .success(claims) }
    return .success(reader.claims(claims, told, figures, settings))
  }

  private mutating func claims(_ request: Int32, _ system: inout SimulatedSystem, _ now: Instant) -> Claims {
    var claims = trueClaims(request, system, now)
    if isLying, let lie = settings.lie, let figure = figures.first(where: { $0.quantity == lie.quantity }) {
      claims[lie.quantity] = claims[lie.quantity]?.raised(by: lie.places, unit: figure.unit)
    }
    return claims
  }

  /// The age that a client reads from the header: whole seconds, rounded up, and one second more for the rounding.
  private static func age(_ nanoseconds: Int64) -> Int64 {
    let second: Int64 = 1_000_000_000
    return ((nanoseconds + second - 1) / second + 1) * second
  }

  private mutating func trueClaims(_ request: Int32, _ system: borrowing SimulatedSystem, _ now: Instant) -> Claims {
    let node = kept.count > 1 ? faults.int(0...kept.count - 1) : 0
    if let before = kept[node], now - before.read <= settings.metricsAge.nanoseconds {
      var claims = before.claims
      if settings.tellsMetricsAge { claims.age = Self.age(now - before.read) }
      return claims
    }
    var claims = system.books.claims(for: figures, of: settings)
    if settings.tellsMetricsAge { claims.age = Self.age(0) }
    if let earlier = atArrival.removeValue(forKey: request) {
      for figure in figures where faults.chance(0.5) { claims[figure.quantity] = earlier[figure.quantity] }
    } else if settings.metricsAge > .zero {
      kept[node] = (now, claims)
    }
    return claims
  }

  private mutating func orderMetrics(_ request: SimulatedRequest, _ system: inout SimulatedSystem) -> Answer {
    guard let ticket = request.ticket, system.orders.has(ticket), system.orders[ticket].status == .completed else {
      return .other(.orderMetrics(.failure(Failure(.badResponse, "the order has not completed"))))
    }
    let order = system.orders[ticket]
    let taken = system.clock.time(from: dialect.orderMetrics?.span == .processing ? order.started : order.created, toEnd: order.ended)
    // Printed to the nanosecond.
    return .other(.orderMetrics(.success(ClaimedDuration(range: Double(taken)...Double(taken), text: "\(Double(taken) / 1e9)"))))
  }
}
