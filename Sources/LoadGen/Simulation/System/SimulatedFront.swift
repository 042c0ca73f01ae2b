import DequeModule
import Shared

/// What stands between the network and the simulated system: so many requests are worked on at the same time, each for a while, and answered
/// in the words of the dialect.
struct SimulatedFront: ~Copyable {
  /// What a request is answered: what is usual is small.
  enum Answer {
    case accepted(Ticket)
    case status(OrderStatus)
    case other(Reply)
  }

  private let settings: SimulatedSystem.Settings
  private let dialect: Dialect
  private let random: SeededRandom
  private let time: ServiceTime.Sampler
  private var faults: Draws
  private var waiting: Deque<Int32> = []
  private var busy = 0
  private var drawn: UInt64 = 0
  /// Nothing is answered before this.
  private(set) var stalledUntil = Instant(0)
  /// By key: the first order that a create with it has made.
  private var keyed: [UInt64: Ticket] = [:]
  private let needsToken: Bool
  /// Whether ids are the system's to choose.
  private let choosesIDs: Bool
  /// The figures that are told again while they are not too old.
  private var kept: (read: Instant, claims: Claims)?
  private let figures: [Dialect.Figure]
  private let serviceTime: Duration

  init(_ settings: SimulatedSystem.Settings, dialect: Dialect, random: SeededRandom) {
    self.settings = settings
    self.dialect = dialect
    self.random = random
    time = ServiceTime.Sampler(settings.answerTime)
    faults = Draws(random, .answerFault)
    choosesIDs = if case .own = dialect.create.id.place { false } else { true }
    needsToken = if case .bearer = dialect.authentication { true } else { false }
    figures = dialect.metrics?.figures ?? []
    serviceTime = settings.serviceTime.mean
  }

  // MARK: Whose turn it is

  /// A request has come.
  mutating func arrived(_ request: Int32, _ agenda: inout Agenda) {
    guard stalledUntil <= agenda.now else { return agenda.arrange(.arrived(request: request), at: stalledUntil) }
    guard busy < settings.answerLimit ?? .max else { return waiting.append(request) }
    begin(request, &agenda)
  }

  /// A request was worked on: the next one's turn has come.
  mutating func decided(_ agenda: inout Agenda) {
    busy -= 1
    if let next = waiting.popFirst() { begin(next, &agenda) }
  }

  private mutating func begin(_ request: Int32, _ agenda: inout Agenda) {
    busy += 1
    agenda.arrange(.decided(request: request), after: answerTime())
  }

  /// How long the next request is worked on, in nanoseconds.
  mutating func answerTime() -> Int64 {
    drawn += 1
    return time.nanoseconds(random, index: drawn, of: .answerTime)
  }

  mutating func stall(until instant: Instant) { stalledUntil = max(stalledUntil, instant) }

  /// - Returns: the requests that had come and were not begun: they are lost.
  mutating func goDown() -> Deque<Int32> {
    busy = 0
    defer { waiting.removeAll() }
    return waiting
  }

  // MARK: Answers

  /// What a request does to the system at this instant, and what it is answered.
  mutating func answer(_ request: SimulatedRequest, _ system: inout SimulatedSystem, _ agenda: inout Agenda) -> Answer {
    let what = request.call.what
    if let lifetime = settings.tokenLifetime, !what.opensSession, needsToken,
      request.token.map({ agenda.now - $0 >= lifetime.nanoseconds }) ?? true
    {
      return .other(.unauthorised(Failure(.httpStatus, status: 401, "401 to a token whose time is over")))
    }
    switch what {
    case .create: return create(request, &system, &agenda)
    case .duplicate: return duplicate(request, &system, &agenda)
    case .invalid: return .other(.create(.refused(Failure(.httpStatus, status: 422, "422 to an order that is none"))))
    case .poll: return poll(request, &system)
    case .cancel:
      guard let ticket = request.ticket, system.orders.has(ticket) else { return .other(.cancel(.useless(Self.unknown))) }
      return .other(.cancel(system.cancel(ticket, agenda.now) ? .cancelled : .notCancelled))
    case .orderMetrics: return orderMetrics(request, &system)
    case .list: return page(request, &system)
    case .sweep: return faults.chance(settings.faults[.useless]) ? .other(.page(.failure(Self.useless))) : page(request, &system)
    case .metrics:
      let isList = dialect.metrics?.source == .list
      if faults.chance(settings.faults[.useless]) {
        return .other(isList ? .page(.failure(Self.useless)) : .metrics(.failure(Self.useless)))
      }
      return isList ? page(request, &system) : .other(.metrics(.success(claims(&system, agenda.now))))
    case .register: return .other(.session(.registered))
    case .login, .refresh:
      let lifetime = settings.tokenLifetime?.nanoseconds
      let name = dialect.authentication.requestHeader == "Cookie" ? "session=" : ""
      return .other(.session(.tokens(Tokens(access: "\(name)\(agenda.now.nanoseconds)", refresh: nil, lifetime: lifetime))))
    }
  }

  private static let unknown = Failure(.httpStatus, status: 404, "404 to an id that is none")
  private static let useless = Failure(.httpStatus, status: 503, "503")

  private mutating func create(_ request: SimulatedRequest, _ system: inout SimulatedSystem, _ agenda: inout Agenda) -> Answer {
    if faults.chance(settings.faults[.rejected]) { return .other(.create(.refused(Failure(.httpStatus, status: 422, "422 to an order")))) }
    let fails = faults.chance(settings.faults[.failed])
    if fails, faults.chance(0.5) { return .other(.create(.uncertain(Failure(.httpStatus, status: 500, "500, and no order was made")))) }
    let ticket = system.create(owner: owner(request), &agenda)
    if request.isKeyed { keyed[request.index] = ticket }
    if fails { return .other(.create(.uncertain(Failure(.httpStatus, status: 500, "500, and an order was made")))) }
    return choosesIDs && faults.chance(settings.faults[.withoutID]) ? .other(.create(.accepted(nil))) : .accepted(ticket)
  }

  private mutating func duplicate(_ request: SimulatedRequest, _ system: inout SimulatedSystem, _ agenda: inout Agenda) -> Answer {
    switch dialect.create.duplicates {
    case .refused: return .other(.create(.refused(Failure(.httpStatus, status: 409, "409 to an order that is there already"))))
    case .sameID: return .accepted(keyed.removeValue(forKey: request.index) ?? system.create(owner: owner(request), &agenda))
    case nil: return .accepted(system.create(owner: owner(request), &agenda))
    }
  }

  private mutating func poll(_ request: SimulatedRequest, _ system: inout SimulatedSystem) -> Answer {
    if faults.chance(settings.faults[.useless]) { return .other(.poll(.useless(Self.useless))) }
    guard let ticket = request.ticket, system.orders.has(ticket) else { return .other(.poll(.unknownOrder(Self.unknown))) }
    let status = system.orders[ticket].status
    if !status.hasEnded, faults.chance(settings.faults[.unknownWord]) {
      return .other(.poll(.unknownWord(Failure(.badResponse, "the status 'packing'"))))
    }
    if let patience = settings.retryAfter { return .other(.poll(.status(status, retryAfter: patience.nanoseconds))) }
    return .status(status)
  }

  /// Whose list an order stands in: where nobody has to say who he is, there is one.
  private func owner(_ request: SimulatedRequest) -> Int { needsToken ? request.account : 0 }

  private mutating func page(_ request: SimulatedRequest, _ system: inout SimulatedSystem) -> Answer {
    guard let (tickets, next) = system.lists?.page(of: owner(request), before: request.cursor) else {
      return .other(.page(.success(ListPage())))
    }
    var page = ListPage()
    for ticket in tickets {
      let status = system.orders[ticket].status
      // What is counted is not told in words that nobody knows: the counts would not be the truth.
      let isUnknown = request.call.what == .sweep && !status.hasEnded && faults.chance(settings.faults[.unknownWord])
      page.orders.append(ListPage.Entry(id: ticket.id, status: isUnknown ? nil : status))
    }
    page.next = next.map(String.init)
    return .other(.page(.success(page)))
  }

  private mutating func claims(_ system: inout SimulatedSystem, _ now: Instant) -> Claims {
    if let (read, claims) = kept, now - read <= settings.metricsAge.nanoseconds { return claims }
    let claims = system.books.claims(for: figures, serviceTime: serviceTime, decimals: settings.metricsDecimals)
    if settings.metricsAge > .zero { kept = (now, claims) }
    return claims
  }

  private mutating func orderMetrics(_ request: SimulatedRequest, _ system: inout SimulatedSystem) -> Answer {
    guard let ticket = request.ticket, system.orders.has(ticket), system.orders[ticket].status == .completed else {
      return .other(.orderMetrics(.failure(Failure(.badResponse, "the order has not completed"))))
    }
    let order = system.orders[ticket]
    let taken = system.clock.time(from: dialect.orderMetrics?.span == .processing ? order.started : order.created, to: order.ended)
    // Printed to the nanosecond.
    return .other(.orderMetrics(.success(ClaimedDuration(range: Double(taken)...Double(taken), text: "\(Double(taken) / 1e9)"))))
  }
}
