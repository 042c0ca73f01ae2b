import Shared

/// A whole run in virtual time: the cores, the plan and the ledgers of a run over the network, against a simulated order system.
final class Simulation {
  struct Settings: Sendable {
    var cores: [CoreSettings]
    /// The part of the plan that each core has.
    var plans: [LoadSchedule]
    var ledger: Ledger.Settings
    var system: SimulatedSystem.Settings
    var dialect: Dialect
    var seed: UInt64
  }

  /// What came of it: what a run over the network has, too, and what only a simulation can know.
  struct Result: Sendable {
    var run: Engine.Result
    var truth: SimulatedTruth
    var books: SimulatedBooks
    /// How many events there were.
    var events: Int
    /// How many orders the system had to know at a time, at most.
    var slots: Int
  }

  /// A request on its way, or its answer.
  private struct Request {
    var line: Agenda.Line
    var call: Call
    var subject: Subject
    var reply = Reply.metrics
    var claims: [Dialect.Quantity: Claim] = [:]
  }

  private let settings: Settings
  private let random: SeededRandom
  private let agenda: Agenda
  private var system: SimulatedSystem
  private var front: SimulatedFront
  private let loops: [SimulatedLoop]
  /// In slots that are used again.
  private var requests: [Request] = []
  private var freeRequests: [Int] = []
  private var delays: UInt64 = 0
  private var readings: [Reading] = []
  private var truth = SimulatedTruth()
  private var start: Instant?
  private var ready: Set<Int> = []
  private var drained: Set<Int> = []
  private var hasConcluded = false
  private var hasEnded = false
  private var events = 0

  /// How many events pass between two looks at the world outside.
  private static let eventsPerLook = 1 << 16

  init(_ settings: Settings) {
    self.settings = settings
    let agenda = Agenda()
    self.agenda = agenda
    random = SeededRandom(seed: settings.seed)
    system = SimulatedSystem(settings.system, random: random)
    front = SimulatedFront(settings.system, dialect: settings.dialect, random: random)
    loops = settings.cores.indices.map { index in
      SimulatedLoop(
        index, Core(settings: settings.cores[index], plan: settings.plans[index], record: SimulationRecord(settings.ledger)),
        agenda: agenda)
    }
  }

  /// Runs to the end: until every order has ended, and the last reading was made.
  /// - Parameter look: called now and then with where the run stands; whether it is to end at once, with what was seen so far.
  func run(look: (Progress) -> Bool = { _ in false }) -> Result {
    system.begin(agenda)
    tellAll { .begin($0) }
    var wasInterrupted = false
    while !hasEnded, let occurrence = agenda.next() {
      events += 1
      happen(occurrence)
      if events.isMultiple(of: Self.eventsPerLook), !wasInterrupted, look(progress) {
        wasInterrupted = true
        interrupt()
      }
    }
    let hasBaseline = readings.first.map { reading in start.map { reading.window.received <= $0 } ?? false } ?? false
    let result = Engine.Result(
      ledger: ledger(), readings: readings, hasBaseline: hasBaseline, wasInterrupted: wasInterrupted, busyShare: nil, ended: agenda.now)
    return Result(run: result, truth: truth, books: system.books, events: events, slots: system.orders.slotCount)
  }

  private var progress: Progress {
    loops.reduce(Progress()) { $0 + Progress($1.core.record.ledger, outstanding: $1.core.outstanding) }
  }

  private func ledger() -> Ledger {
    var merged: Ledger?
    for loop in loops {
      var own = loop.core.record.ledger
      own.finish()
      if merged == nil { merged = own } else { merged?.merge(own) }
    }
    return merged ?? Ledger(settings: settings.ledger)
  }

  // MARK: What happens

  private func happen(_ occurrence: Agenda.Occurrence) {
    switch occurrence {
    case .wake(let loop):
      if loops[loop].takeWake(at: agenda.now) { tell(loops[loop], .wake(agenda.now)) }
    case .connected(let line):
      let loop = loops[Int(line.loop)]
      if loop.isCurrent(line) { tell(loop, .connected(Int(line.connection), agenda.now)) }
    case .arrived(let request): front.arrived(request, agenda)
    case .decided(let request):
      let (what, subject) = (requests[request].call.what, requests[request].subject)
      (requests[request].reply, requests[request].claims) = front.answer(what, subject, &system, agenda)
      agenda.arrange(.answered(request: request), after: delay())
      front.decided(agenda)
    case .answered(let number):
      let request = requests[number]
      freeRequests.append(number)
      let loop = loops[Int(request.line.loop)]
      // Of a request that was given up nobody reads the answer.
      guard loop.isCurrent(request.line) else { return }
      if case .metrics = request.reply { loop.claims = request.claims }
      tell(loop, .replied(request.call, request.reply, keepsAlive: true, after: agenda.now, lag: 0))
    case .processed(let ticket): system.processed(ticket, agenda)
    case .batch: system.batch(agenda)
    }
  }

  private func tell(_ loop: SimulatedLoop, _ event: Event) {
    loop.tell(event) { perform($0, loop) }
    lookUp(&loop.core.record.settled)
  }

  private func tellAll(_ event: (Instant) -> Event) {
    for loop in loops { tell(loop, event(agenda.now)) }
  }

  /// Holds what was told of orders against the truth; the system need not know them any longer.
  private func lookUp(_ settled: inout [SimulationRecord.Settled]) {
    guard !settled.isEmpty else { return }
    for told in settled {
      guard let ticket = Ticket(told.id), system.orders.has(ticket) else { continue }
      let isMeasured = told.order.due - (start ?? Instant(0)) >= settings.ledger.warmup
      truth.settled(told.order, told.outcome, system.orders[ticket], isMeasured: isMeasured)
      // What it took may still be asked for: the order stays where that is part of the load.
      if !settings.cores[0].mix.includes(.orderMetrics, told.order.index) { system.forget(ticket) }
    }
    settled.removeAll(keepingCapacity: true)
  }

  // MARK: What is done

  private func perform(_ action: Action, _ loop: SimulatedLoop) {
    switch action {
    case .write(let call): write(call, loop)
    case .connect(let index):
      // There and back.
      agenda.arrange(.connected(loop.line(index)), after: delay() + delay())
    case .observed(let window, let counted):
      let figures = settings.dialect.metrics?.figures ?? []
      let read = counted.map { $0.claims(for: figures) } ?? loop.claims
      if window.hasFigures { readings.append(Reading(window: window, claims: read)) }
      tellAll { _ in .reading(window) }
    case .ready:
      ready.insert(loop.number)
      if ready.count == loops.count { begin() }
    case .cannotBegin: preconditionFailure("the simulated system lets every account in")
    case .drained:
      drained.insert(loop.number)
      if drained.count == loops.count { conclude() }
    case .concluded: end()
    case .close, .wakeAt: preconditionFailure("the loop sees to it itself")
    }
  }

  private func write(_ call: Call, _ loop: SimulatedLoop) {
    loop.follow(.written(call, before: agenda.now))
    let request = Request(line: loop.line(call.connection), call: call, subject: loop.core.subject(of: call))
    let number: Int
    if let free = freeRequests.popLast() {
      requests[free] = request
      number = free
    } else {
      requests.append(request)
      number = requests.count - 1
    }
    agenda.arrange(.arrived(request: number), after: delay())
  }

  /// One way through the network, in nanoseconds. It is never none: what is known of an order rests on that nothing is there before it was sent.
  private func delay() -> Int64 {
    delays += 1
    return max(1, settings.system.networkDelay.sample(random, index: delays, of: .networkDelay).nanoseconds)
  }

  // MARK: The run

  /// Every account is let in, and the first reading was made: the load begins.
  private func begin() {
    guard start == nil else { return }
    let now = agenda.now
    start = now
    tellAll { _ in .start(now) }
  }

  /// Every order has ended: the last reading is made.
  private func conclude() {
    guard !hasConcluded else { return }
    hasConcluded = true
    tell(loops[0], .conclude(agenda.now))
  }

  private func end() {
    guard hasConcluded, !hasEnded else { return }
    hasEnded = true
    tellAll { .stop($0) }
  }

  private func interrupt() {
    start = start ?? agenda.now
    tellAll { .stop($0) }
    conclude()
  }
}
