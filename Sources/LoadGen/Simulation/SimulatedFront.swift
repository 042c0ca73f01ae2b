import DequeModule
import Shared

/// What stands between the network and the simulated system: so many requests are worked on at the same time, each for a while, and answered
/// in the words of the dialect.
struct SimulatedFront: ~Copyable {
  private let settings: SimulatedSystem.Settings
  private let dialect: Dialect
  private let random: SeededRandom
  private var waiting: Deque<Int> = []
  private var busy = 0
  private var drawn: UInt64 = 0
  /// By key: the first order that a create with it has made.
  private var keyed: [UInt64: Ticket] = [:]

  init(_ settings: SimulatedSystem.Settings, dialect: Dialect, random: SeededRandom) {
    self.settings = settings
    self.dialect = dialect
    self.random = random
  }

  /// A request has come.
  mutating func arrived(_ request: Int, _ agenda: Agenda) {
    guard busy < settings.answerLimit ?? .max else { return waiting.append(request) }
    begin(request, agenda)
  }

  /// A request was worked on: the next one's turn has come.
  mutating func decided(_ agenda: Agenda) {
    busy -= 1
    if let next = waiting.popFirst() { begin(next, agenda) }
  }

  private mutating func begin(_ request: Int, _ agenda: Agenda) {
    busy += 1
    agenda.arrange(.decided(request: request), after: settings.answerTime.sample(random, index: drawn, of: .answerTime).nanoseconds)
    drawn += 1
  }

  // MARK: Answers

  /// What a request does to the system at this instant, and what it is answered.
  mutating func answer(
    _ what: Exchange, _ subject: Subject, _ system: inout SimulatedSystem, _ agenda: Agenda
  ) -> (reply: Reply, claims: [Dialect.Quantity: Claim]) {
    switch what {
    case .create:
      let ticket = system.create(agenda)
      if subject.isKeyed { keyed[subject.index] = ticket }
      return (.accepted(ticket.id), [:])
    case .duplicate: return (duplicate(subject, &system, agenda), [:])
    case .invalid: return (.refused(Failure(.httpStatus, status: 422, "422 to an order that is none")), [:])
    case .poll: return (poll(subject, system), [:])
    case .cancel:
      guard let ticket = subject.id.flatMap(Ticket.init), system.orders.has(ticket) else { return (Self.unknown, [:]) }
      return (system.cancel(ticket, agenda.now) ? .cancelled : .notCancelled, [:])
    case .orderMetrics: return (orderMetrics(subject, system), [:])
    case .list: return (.page(ListPage()), [:])
    case .metrics:
      return (.metrics, system.books.claims(for: dialect.metrics?.figures ?? [], serviceTime: settings.serviceTime.mean))
    case .register: return (.registered, [:])
    case .login, .refresh: return (.tokens(Tokens(access: "simulated", refresh: nil, lifetime: nil)), [:])
    case .sweep: return (.useless(Failure(.badResponse, "the simulated system has no list of orders")), [:])
    }
  }

  private static let unknown = Reply.unknownOrder(Failure(.httpStatus, status: 404, "404 to an id that is none"))

  private mutating func duplicate(_ subject: Subject, _ system: inout SimulatedSystem, _ agenda: Agenda) -> Reply {
    switch dialect.create.duplicates {
    case .refused: return .refused(Failure(.httpStatus, status: 409, "409 to an order that is there already"))
    case .sameID: return .accepted((keyed.removeValue(forKey: subject.index) ?? system.create(agenda)).id)
    case nil: return .accepted(system.create(agenda).id)
    }
  }

  private func poll(_ subject: Subject, _ system: borrowing SimulatedSystem) -> Reply {
    guard let ticket = subject.id.flatMap(Ticket.init), system.orders.has(ticket) else { return Self.unknown }
    return .status(system.orders[ticket].status)
  }

  private func orderMetrics(_ subject: Subject, _ system: borrowing SimulatedSystem) -> Reply {
    guard let ticket = subject.id.flatMap(Ticket.init), system.orders.has(ticket), system.orders[ticket].status == .completed else {
      return .useless(Failure(.badResponse, "the order has not completed"))
    }
    let order = system.orders[ticket]
    let taken = order.ended - (dialect.orderMetrics?.span == .processing ? order.started : order.created)
    // Printed to the nanosecond.
    return .duration(Double(taken)...Double(taken), text: "\(Double(taken) / 1e9)")
  }
}
