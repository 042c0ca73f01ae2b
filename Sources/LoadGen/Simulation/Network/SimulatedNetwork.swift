import DequeModule
import Shared

/// What lies beyond the loops: connections, requests and answers on their way, and the simulated system at the far end.
struct SimulatedNetwork: ~Copyable {
  private let settings: SimulatedSystem.Settings
  /// How long a client waits for an answer, in nanoseconds.
  private let requestTimeout: Int64
  private let random: SeededRandom
  private let delayTime: ServiceTime.Sampler
  private var delays: UInt64 = 0
  private var faults: Draws
  private let hasFaults: Bool
  /// Nothing can come between a request's arrival and the system's work on it: the arrival is no event of its own.
  private let isStraight: Bool
  var agenda = Agenda()
  /// Where requests and answers go as bytes.
  private let wire: SimulatedWire?
  private(set) var system: SimulatedSystem
  private var front: SimulatedFront
  private var others: Draws
  private let othersOrders: ServiceTime.Sampler?
  private var lines: SimulatedLines
  /// In slots that are used again.
  private var requests: [SimulatedRequest] = []
  private var freeRequests: [Int32] = []
  /// How many requests were sent: polls, and all else by kind.
  private var polls = 0
  private var requestsBeside: [Exchange: Int] = [:]
  /// The figures that came with the last metrics.
  private(set) var claims = Claims()
  /// The rare answers, by request.
  private var rare: [Int32: (reply: Reply, claims: Claims?)] = [:]

  /// - Parameters:
  ///   - wire: where requests and answers are to go as bytes; `nil`: they go as what they mean.
  ///   - requestTimeout: how long a client waits for an answer, in nanoseconds.
  init(
    _ settings: SimulatedSystem.Settings, dialect: Dialect, random: SeededRandom, wire: SimulatedWire?, loops: Int, linesPerLoop: Int,
    requestTimeout: Int64
  ) {
    self.settings = settings
    self.wire = wire
    self.requestTimeout = requestTimeout
    self.random = random
    delayTime = ServiceTime.Sampler(settings.networkDelay)
    faults = Draws(random, .networkFault)
    hasFaults = !settings.faults.isEmpty
    isStraight = !hasFaults && settings.answerLimit == nil && settings.stalls.isEmpty && settings.restarts.isEmpty
    system = SimulatedSystem(settings, random: random)
    front = SimulatedFront(settings, dialect: dialect, random: random)
    others = Draws(random, .othersOrders)
    othersOrders = settings.othersOrders.map(ServiceTime.Sampler.init)
    lines = SimulatedLines(loops: loops, perLoop: linesPerLoop)
  }

  /// Arranges what happens whatever the loops do.
  mutating func begin() {
    system.begin(&agenda)
    for (index, stall) in settings.stalls.enumerated() { agenda.arrange(.stall(Int32(index)), at: Instant(stall.at.nanoseconds)) }
    for (index, restart) in settings.restarts.enumerated() {
      agenda.arrange(.restart(Int32(index)), at: Instant(restart.at.nanoseconds))
    }
    if let othersOrders { agenda.arrange(.othersOrder, after: others.time(othersOrders)) }
  }

  /// How many requests of a kind were sent.
  func sent(_ what: Exchange) -> Int { what == .poll ? polls : requestsBeside[what] ?? 0 }

  /// The order that an id means to the system.
  ///
  /// Mutating for speed's sake alone, see `Core.subject`.
  mutating func ticket(_ id: OrderID) -> Ticket? { wire == nil ? Ticket(id) : wire?.ticket(id) }

  /// What arrived otherwise than it was sent, in words.
  var wireFaults: [String] { wire?.faults ?? [] }

  mutating func forget(_ ticket: Ticket) { system.forget(ticket) }

  // MARK: What the loops do

  mutating func connect(_ loop: Int, _ index: Int) {
    lines[loop, index].connect()
    let line = lines.line(loop, index)
    if hasFaults {
      if faults.chance(settings.faults[.vanished]) { return }
      if faults.chance(settings.faults[.refused]) { return agenda.arrange(.refused(line), after: delay()) }
    }
    // There and back.
    agenda.arrange(.connected(line), after: delay() + delay())
  }

  /// The client closes a connection. A request that it carried is done nonetheless, where it comes.
  mutating func close(_ loop: Int, _ index: Int) { lines[loop, index].close() }

  /// - Returns: whether the connection could take it.
  mutating func write(_ call: Call, _ subject: borrowing Subject, _ loop: Int) -> Bool {
    guard lines[loop, call.connection].state == .open else {
      lines[loop, call.connection].close()
      return false
    }
    lines[loop, call.connection].call = call
    if call.what == .poll { polls += 1 } else { requestsBeside[call.what, default: 0] += 1 }
    let line = lines.line(loop, call.connection)
    wire?.check(call.what, subject)
    var asked: Ticket?
    if let id = subject.id { asked = ticket(id) }
    var request = SimulatedRequest(call, subject, ticket: asked, line: line, at: agenda.now)
    var travels = delay()
    if isStraight {
      agenda.arrange(.decided(request: keep(request)), after: travels + front.answerTime())
      return true
    }
    if hasFaults {
      if faults.chance(settings.faults[.reset]) {
        agenda.arrange(.hungUp(line), after: travels)
        return true
      }
      request.vanishes = faults.chance(settings.faults[.vanished])
      if faults.chance(settings.faults[.late]) { travels += requestTimeout }
    }
    agenda.arrange(.arrived(request: keep(request)), after: travels)
    return true
  }

  // MARK: What the system does

  /// What happens at the system's end, or on the way to it.
  mutating func happen(_ occurrence: Agenda.Occurrence) {
    switch occurrence {
    case .arrived(let number): arrived(number)
    case .decided(let number): decided(number)
    case .processed(let ticket, let life): system.processed(ticket, life: life, &agenda)
    case .batch(let life): system.batch(life: life, &agenda)
    case .cutOff(let line):
      guard lines.isCurrent(line) else { return }
      lines[line].cutOff()
      agenda.arrange(.hungUp(line), after: delay())
    case .othersOrder:
      if !system.isDown { forget(system.create(&agenda)) }
      if let othersOrders { agenda.arrange(.othersOrder, after: max(1, others.time(othersOrders))) }
    case .stall(let index): front.stall(until: agenda.now + settings.stalls[Int(index)].lasts.nanoseconds)
    case .restart(let index): restart(settings.restarts[Int(index)].lasts.nanoseconds)
    case .up: if system.isDown { system.comeUp(&agenda) }
    case .connected, .refused, .hungUp, .answered, .reading, .interrupt: break
    }
  }

  private mutating func arrived(_ number: Int32) {
    // A system that is down, or has closed the connection, takes nothing.
    guard !system.isDown, !lines.hasCutOff(requests[Int(number)].line) else { return release(number) }
    requests[Int(number)].life = system.life
    front.arrived(number, &agenda)
  }

  private mutating func decided(_ number: Int32) {
    guard requests[Int(number)].life == system.life else { return release(number) }
    let answer = front.answer(requests[Int(number)], &system, &agenda)
    if !isStraight { front.decided(&agenda) }
    let line = requests[Int(number)].line
    switch answer {
    case .accepted(let ticket): requests[Int(number)].answer = .accepted(ticket)
    case .status(let status): requests[Int(number)].answer = .status(status)
    case .metrics(let claims): rare[number] = (.metrics, claims)
    case .other(let reply): rare[number] = (reply, nil)
    }
    let travels = delay()
    if hasFaults {
      if requests[Int(number)].vanishes || lines.hasCutOff(line) { return release(number) }
      if faults.chance(settings.faults[.lostAnswer]) {
        wire?.breaks(requests[Int(number)].call.what)
        agenda.arrange(.hungUp(line), after: travels)
        return release(number)
      }
      requests[Int(number)].keepsAlive = !faults.chance(settings.faults[.closed])
      if requests[Int(number)].keepsAlive, faults.chance(settings.faults[.staleClose]) {
        agenda.arrange(.cutOff(line), after: travels + faults.time(upTo: requestTimeout))
      }
    }
    agenda.arrange(.answered(request: number), after: travels)
  }

  /// The system goes down: every connection breaks, and what it was about to answer is lost.
  private mutating func restart(_ lasts: Int64) {
    guard !system.isDown else { return }
    system.goDown(agenda.now)
    for number in front.goDown() { release(number) }
    for line in lines.open {
      lines[line].cutOff()
      agenda.arrange(.hungUp(line), after: delay())
    }
    agenda.arrange(.up, after: lasts)
  }

  // MARK: What a loop hears

  /// What comes to a client, and to which of its loop's connections; `nil` for what is for none.
  func addressee(_ occurrence: Agenda.Occurrence) -> Agenda.Line? {
    switch occurrence {
    case .connected(let line), .refused(let line), .hungUp(let line): line
    case .answered(let number): requests[Int(number)].line
    default: nil
    }
  }

  /// It has come to a client that is busy until later.
  mutating func wait(_ occurrence: Agenda.Occurrence, until instant: Instant) {
    switch occurrence {
    case .answered(let number): requests[Int(number)].came = min(requests[Int(number)].came, agenda.now)
    // What is written from now on fails.
    case .hungUp(let line): if lines.isCurrent(line) { lines[line].breaks() }
    default: break
    }
    agenda.arrange(occurrence, at: instant)
  }

  /// - Returns: what the loop hears; `nil` where what had come belongs to a connection that it has given up.
  mutating func hear(_ occurrence: Agenda.Occurrence) -> Event? {
    switch occurrence {
    case .connected(let line):
      guard lines.isCurrent(line), lines[line].state == .connecting else { return nil }
      guard !system.isDown else { return refuse(line) }
      lines[line].connected()
      return .connected(Int(line.connection), agenda.now)
    case .refused(let line): return lines.isCurrent(line) ? refuse(line) : nil
    case .hungUp(let line):
      guard lines.isCurrent(line) else { return nil }
      let (call, state) = (lines[line].call, lines[line].state)
      lines[line].close()
      let failure = Failure(.reset, "the connection was reset")
      if let call { return .broken(call, .perhaps, failure, after: agenda.now) }
      let index = Int(line.connection)
      return state == .connecting ? .connectFailed(index, failure, agenda.now) : .disconnected(index, agenda.now)
    case .answered(let number): return answered(number)
    default: return nil
    }
  }

  private mutating func refuse(_ line: Agenda.Line) -> Event {
    lines[line].close()
    return .connectFailed(Int(line.connection), Failure(.refused, "the connection was refused"), agenda.now)
  }

  private mutating func answered(_ number: Int32) -> Event? {
    let request = requests[Int(number)]
    defer { release(number) }
    guard lines.isCurrent(request.line), lines[request.line].call == request.call else { return nil }
    lines[request.line].call = nil
    let lag = request.came == .never ? 0 : agenda.now - request.came
    let (reply, claims) = meaning(request, number)
    if let ticket = request.ticket { tell(reply, of: ticket, sent: request.sent) }
    if let claims { self.claims = claims }
    guard wire != nil else { return .replied(request.call, reply, keepsAlive: request.keepsAlive, after: agenda.now, lag: lag) }
    guard
      let carried = wire?.carry(reply, claims, to: request.call.what, index: request.index, keepsAlive: request.keepsAlive)
    else { return nil }
    if let claims = carried.claims { self.claims = claims }
    return .replied(request.call, carried.reply, keepsAlive: carried.keepsAlive, after: agenda.now, lag: lag)
  }

  /// What the system has answered.
  private mutating func meaning(_ request: SimulatedRequest, _ number: Int32) -> (reply: Reply, claims: Claims?) {
    switch request.answer {
    case .accepted(let ticket):
      if request.call.what == .create { system.acknowledged(ticket, sent: request.sent, agenda.now) }
      return (.accepted(ticket.id), nil)
    case .status(let status): return (.status(status), nil)
    case .other: return rare[number] ?? (.useless(Failure(.badResponse, "no answer")), nil)
    }
  }

  /// An answer that says something of an order has come to its client.
  private mutating func tell(_ reply: Reply, of ticket: Ticket, sent: Instant) {
    switch reply {
    case .status(let status, _): system.told(ticket, status, sent: sent, agenda.now)
    case .cancelled: system.told(ticket, isCancelled: true, agenda.now)
    case .notCancelled: system.told(ticket, isCancelled: false, agenda.now)
    default: break
    }
  }

  // MARK: Places

  private mutating func keep(_ request: SimulatedRequest) -> Int32 {
    if let free = freeRequests.popLast() {
      requests[Int(free)] = request
      return free
    }
    requests.append(request)
    return Int32(requests.count - 1)
  }

  private mutating func release(_ number: Int32) {
    if case .other = requests[Int(number)].answer { rare[number] = nil }
    freeRequests.append(number)
  }

  /// One way through the network, in nanoseconds. It is never none: what is known of an order rests on that nothing is there before it was sent.
  private mutating func delay() -> Int64 {
    delays += 1
    return max(1, delayTime.nanoseconds(random, index: delays, of: .networkDelay))
  }
}
