import Shared

/// What a simulated system does wrong with orders, and what it tells of them that is not so.
struct SimulatedDeeds: Sendable {
  private let plan: FaultPlan
  private var struck = StruckOrders<Ticket>()
  private var creates = UInt64(0)
  /// Orders that stand in each other's place, since their ids were swapped, and the one whose id was told before there was the other.
  private var swapped: [Ticket: Ticket] = [:]
  private var waiting: Ticket?

  init(_ plan: FaultPlan) { self.plan = plan }

  /// Whether an order may be asked about by more than its own client, or be told of as another one.
  var sharesOrders: Bool { !plan.ids.isEmpty || plan.orders.contains { $0.fault == .anothersData } }

  /// What is wrong with a create.
  struct Create {
    fileprivate let index: UInt64
    /// `nil`: it is answered as it was done.
    let answer: CreateFault?
  }

  /// A create has come.
  mutating func create() -> Create {
    defer { creates += 1 }
    return Create(index: creates, answer: plan.creates.first { $0.strikes(creates) }?.fault)
  }

  /// An order was made of a create, and nobody has taken it up yet.
  /// - Returns: whether there is to be a second one.
  mutating func made(_ ticket: Ticket, _ create: Create) -> Bool {
    let faults = plan.orders.filter { $0.strikes(create.index) }.map(\.fault)
    for fault in faults { struck.mark(ticket, fault) }
    return faults.contains(.twice)
  }

  /// The id that the answer to a create tells.
  mutating func told(_ ticket: Ticket, _ create: Create) -> Ticket {
    let latest = struck.latest
    struck.stored(ticket)
    if let first = waiting {
      waiting = nil
      (swapped[first], swapped[ticket]) = (ticket, first)
      return ticket
    }
    switch plan.ids.first(where: { $0.strikes(create.index) })?.fault {
    case nil: return ticket
    case .reused: return latest ?? ticket
    case .swapped:
      waiting = ticket
      return ticket
    }
  }

  /// The id of an order that there is not.
  static func missing(_ create: Create) -> Ticket { Ticket(slot: .max, generation: UInt32(truncatingIfNeeded: create.index)) }

  /// Whether the order is not to be found, although there is one.
  func hides(_ ticket: Ticket) -> Bool { struck.has(ticket, .lost) || waiting == ticket }

  func isStuck(_ ticket: Ticket) -> Bool { struck.has(ticket, .stuck) }

  /// Whose content and status are told of an order; `nil`: its own.
  func other(_ ticket: Ticket) -> Ticket? { swapped[ticket] ?? struck.other(ticket) }

  /// The status that a list tells of an order: those that go backwards, and those that are told as another, are so on their own pages alone.
  func listed(_ ticket: Ticket, _ status: OrderStatus) -> OrderStatus {
    struck.has(ticket, .early) && !status.hasEnded ? .completed : status
  }

  /// The status that is told of an order on its own page.
  /// - Parameter status: what it is, or that of the other one that is told of it.
  mutating func told(_ ticket: Ticket, _ status: OrderStatus) -> OrderStatus { struck.told(ticket, status) }
}
