import DequeModule
import Shared

/// Everything beyond the loops: connections, requests and answers on their way, and the simulated system at the far end.
struct SimulatedNetwork: ~Copyable {
  let settings: SimulatedSystem.Settings
  /// How long a client waits for an answer, in nanoseconds; the longest of all loops.
  let requestTimeout: Int64
  private let random: SeededRandom
  private let delayTime: ServiceTime.Sampler
  private var delays: UInt64 = 0
  var faults: Draws
  let hasFaults: Bool
  /// Nothing can happen between the arrival of a request and the system's work on it, so that the arrival need not be an event of its own.
  let isStraight: Bool
  var eventQueue = EventQueue()
  /// Carries requests and answers as bytes; `nil` where only their meaning is passed on.
  let wire: SimulatedWire?
  var system: SimulatedSystem
  var front: SimulatedFront
  var others: Draws
  /// In whose list the orders of somebody else appear; -1, which is nobody's, where each account has a list of its own.
  let othersOwner: Int
  let othersOrders: ServiceTime.Sampler?
  var lines: SimulatedLines
  var requests = SimulatedRequests()
  /// How many requests a connection may carry; `nil`: any number. Exceeding it is a fault.
  let mostRequests: UInt32?
  private var misdeeds: [String] = []
  /// What was sent, if a transcript is kept.
  var transcript: SimulatedTranscript?

  /// - Parameters:
  ///   - wire: carries requests and answers as bytes; `nil`: only their meaning is passed on.
  ///   - requestTimeout: how long a client waits for an answer, in nanoseconds.
  ///   - mostRequests: how many requests a connection may carry; `nil`: any number.
  init(
    _ settings: SimulatedSystem.Settings, dialect: Dialect, random: SeededRandom, wire: SimulatedWire?, loops: Int, linesPerLoop: Int,
    requestTimeout: Int64, mostRequests: UInt32?
  ) {
    var settings = settings
    settings.processingIsPending = dialect.status.words.processingIsPending
    self.settings = settings
    self.wire = wire
    self.requestTimeout = requestTimeout
    self.mostRequests = mostRequests
    self.random = random
    delayTime = ServiceTime.Sampler(settings.networkDelay)
    faults = Draws(random, .networkFault)
    hasFaults = !settings.faults.isEmpty
    isStraight =
      !hasFaults && settings.answerLimit == nil && settings.stalls.isEmpty && settings.restarts.isEmpty && settings.takesSnapshots
    system = SimulatedSystem(settings, random: random, listsOrders: dialect.readsLists)
    front = SimulatedFront(settings, dialect: dialect, random: random)
    others = Draws(random, .othersOrders)
    othersOwner = if case .bearer = dialect.authentication { -1 } else { 0 }
    othersOrders = settings.othersOrders.map(ServiceTime.Sampler.init)
    lines = SimulatedLines(loops: loops, perLoop: linesPerLoop)
  }

  /// Arranges what happens regardless of what the loops do.
  mutating func begin() {
    system.begin(&eventQueue)
    for _ in 0..<settings.ordersBefore { forget(system.create(owner: othersOwner, &eventQueue)) }
    for (index, stall) in settings.stalls.enumerated() { eventQueue.arrange(.stall(Int32(index)), at: Instant(stall.at.nanoseconds)) }
    for (index, restart) in settings.restarts.enumerated() {
      eventQueue.arrange(.restart(Int32(index)), at: Instant(restart.at.nanoseconds))
    }
    if let othersOrders { eventQueue.arrange(.othersOrder, after: others.time(othersOrders)) }
  }

  /// The order that the system knows by this id; `nil` where it gave no such id.
  ///
  /// Mutating only for speed, see `Core.subject`.
  mutating func ticket(_ id: OrderID) -> Ticket? { wire == nil ? Ticket(id) : wire?.ticket(id) }

  /// Faults found, in words: what the client did although it must not, and what did not arrive as it was sent. At most five of each.
  var findings: [String] { misdeeds + (wire?.faults ?? []) }

  mutating func found(_ misdeed: String) {
    if misdeeds.count < 5 { misdeeds.append(misdeed) }
  }

  mutating func forget(_ ticket: Ticket) { system.forget(ticket) }

  /// From the load's beginning on the system lies, if it is to.
  mutating func loadBegins() { front.loadBegins(&system, eventQueue.now) }

  // MARK: What the loops do

  mutating func connect(_ loop: Int, _ index: Int) {
    transcript?.connects.append(SimulatedTranscript.Connect(at: eventQueue.now, loop: loop, connection: index))
    lines[loop, index].connect()
    let line = lines.line(loop, index)
    if hasFaults {
      if faults.chance(settings.faults[.vanished]) { return }
      if faults.chance(settings.faults[.refused]) { return eventQueue.arrange(.refused(line), after: delay()) }
    }
    // The way there and back.
    eventQueue.arrange(.connected(line), after: delay() + delay())
  }

  /// The client closes a connection. A request on its way is still carried out if it arrives.
  mutating func close(_ loop: Int, _ index: Int) { lines[loop, index].close() }

  /// Sends a request.
  /// - Returns: whether the connection could take it.
  mutating func write(_ call: Call, _ context: borrowing RequestContext, _ loop: Int) -> Bool {
    guard lines[loop, call.connection].state == .open else {
      lines[loop, call.connection].close()
      return false
    }
    lines[loop, call.connection].send(call)
    if let mostRequests, lines[loop, call.connection].requests > mostRequests {
      found("a connection carried \(lines[loop, call.connection].requests) requests, of at most \(mostRequests)")
    }
    requests.count(call.what)
    transcript?.sends.append(
      SimulatedTranscript.Send(at: eventQueue.now, loop: loop, connection: call.connection, what: call.what, index: context.index))
    let line = lines.line(loop, call.connection)
    wire?.check(call.what, context)
    var asked: Ticket?
    if let id = context.id { asked = ticket(id) }
    if call.what == .poll, let asked, system.wantsQuiet(asked, eventQueue.now) {
      found("an order was asked for before its Retry-After had passed")
    }
    var request = SimulatedRequest(call, context, ticket: asked, line: line, at: eventQueue.now)
    var travels = delay()
    if isStraight {
      eventQueue.arrange(.decided(request: requests.keep(request)), after: travels + front.answerTime(call.what))
      return true
    }
    if hasFaults {
      if faults.chance(settings.faults[.reset]) {
        eventQueue.arrange(.hungUp(line), after: travels)
        return true
      }
      request.vanishes = faults.chance(settings.faults[.vanished])
      if faults.chance(settings.faults[.late]) { travels += requestTimeout }
    }
    eventQueue.arrange(.arrived(request: requests.keep(request)), after: travels)
    return true
  }

  /// The time for one way through the network, in nanoseconds. It is never 0: the bounds on an order rely on nothing existing before it was
  /// sent.
  mutating func delay() -> Int64 {
    delays += 1
    return max(1, delayTime.nanoseconds(random, index: delays, of: .networkDelay))
  }
}

extension Dialect {
  /// Whether the dialect has orders searched in lists, or counted from them.
  var readsLists: Bool { status.source == .list || metrics?.source == .list }
}
