import BasicContainers
import DequeModule
import Shared

/// A whole run in virtual time: the cores, the plan and the ledgers of a run over the network, against a simulated order system.
package struct Simulation: ~Copyable {
  /// What is run, and against what.
  package struct Settings: Sendable {
    var cores: [CoreSettings]
    /// Each core's share of the plan.
    var plans: [LoadSchedule]
    var ledger: Ledger.Settings
    var system: SimulatedSystem.Settings
    var generator = Generator()
    /// Encodes the requests, if requests and answers are to be carried as bytes, by the code of a real run; `nil`: only their meaning is
    /// passed on.
    var encoder: RequestEncoder?
    var dialect: Dialect
    var seed: UInt64
    /// Whether creates continue where all are refused in the same way.
    var keepsGoing = false
    /// Whether every story, request and connection is recorded in full.
    var keepsTranscript = false
  }

  /// What hinders the load generator itself.
  struct Generator: Sendable, Equatable {
    /// How long a loop may be busy with something else, at most, when something arrives for it, in nanoseconds.
    var busy: Int64 = 0
    /// How long it takes, at most, until all loops are told of a reading of the metrics, in nanoseconds.
    var telling: Int64 = 0
    /// How long after its beginning the user interrupts the run, in nanoseconds; `nil`: never.
    var interruptAt: Int64?

    /// The chance that a loop is busy when something arrives for it.
    static let busyShare = 0.1
  }

  /// The outcome: what a run over the network has as well, and what only a simulation can know.
  package struct Result: Sendable {
    package var run: RunResult
    package var truth: SimulatedTruth
    package var books: SimulatedBooks
    /// How many events there were.
    package var events: Int
    /// The most orders that the system had to know at the same time.
    var slots: Int
    /// What the cores reported about orders, kept apart from any ledger.
    var stories: Stories
    /// How many requests of each kind were sent.
    var sent: [RequestKind: Int]
    /// Faults, in words: what was left over at the run's end, and what went wrong on the way.
    var leftBehind: [String]
    /// Why there was no load, where a login was refused; otherwise `nil`.
    var refusal: Failure?
    /// How many requests arrived with an expired token, or without one.
    var expired: Int
    var transcript: SimulatedTranscript?
  }

  let settings: Settings
  var network: SimulatedNetwork
  var loops = UniqueArray<SimulatedLoop>()
  var pauses: Draws
  /// The stories that have just ended.
  var settled: [SimulationRecord.Settled] = []
  var course: RunCourse
  /// Events of the run's course that have not been handled yet.
  var happened: Deque<RunCourse.Event> = []
  var isTakingUp = false
  /// The readings of the metrics that the loops have not been told of yet.
  var untold: Deque<ScrapeWindow> = []
  var lastTelling = Instant(0)
  var truth: SimulatedTruth
  private var events = 0
  /// Whether an order may be asked about after its story has ended.
  let asksLater: Bool
  /// What was true of the orders whose stories have ended, by index, if a transcript is kept.
  var truths: [UInt64: SimulatedOrders.Order] = [:]

  /// How many events there are between two calls of `look`.
  private static let eventsPerLook = 1 << 16

  package init(_ settings: Settings) {
    self.settings = settings
    let random = SeededRandom(seed: settings.seed)
    pauses = Draws(random, .generatorPause)
    course = RunCourse(loops: settings.cores.count)
    truth = SimulatedTruth(settings.ledger.assumptions, orderTimeout: settings.cores.map(\.orderTimeout).min() ?? 0)
    asksLater = settings.cores.contains { $0.mix.shares[.orderMetrics] ?? 0 > 0 || $0.readsSample || $0.mix.shares[.orderRead] ?? 0 > 0 }
    var width = 0
    for index in settings.cores.indices {
      var own = settings.cores[index]
      // A simulated list leads on by cursors, whatever that of the API does.
      if own.pages != nil { own.pages = .cursor("") }
      let core = Core(
        settings: own, plan: settings.plans[index],
        record: SimulationRecord(settings.ledger, keepsTranscript: settings.keepsTranscript))
      width = max(width, core.connectionCount)
      loops.append(SimulatedLoop(index, core))
    }
    network = SimulatedNetwork(
      settings.system, dialect: settings.dialect, random: settings.system.seed.map(SeededRandom.init) ?? random,
      wire: settings.encoder.map { SimulatedWire(settings.dialect, encoder: $0, random: random) }, loops: settings.cores.count,
      linesPerLoop: width,
      requestTimeout: settings.cores.map(\.requestTimeout).max() ?? 0, mostRequests: settings.cores.first?.requestsPerConnection)
    if settings.keepsTranscript { network.transcript = SimulatedTranscript() }
  }

  /// Runs to the end: until every order has ended, and the last reading of the metrics was made.
  /// - Parameters:
  ///   - most: the run is broken off after this many events, and the result's `leftBehind` says so.
  ///   - look: called now and then with how far the run has come. Returning `true` ends the run, as an interruption does.
  /// - Throws: `CannotBegin` where a login was refused.
  package consuming func run(most: Int = .max, look: (RunProgress) -> Bool = { _ in false }) throws(CannotBegin) -> Result {
    let result = outcome(most: most, look: look)
    if let refusal = result.refusal { throw CannotBegin(failure: refusal) }
    return result
  }

  /// The same, but for a run that could not begin the result says why, and nothing is thrown.
  consuming func outcome(most: Int = .max, look: (RunProgress) -> Bool = { _ in false }) -> Result {
    network.begin()
    let begins = Instant(settings.system.begins.nanoseconds)
    if let after = settings.generator.interruptAt { network.eventQueue.arrange(.interrupt, at: begins + after) }
    if begins == Instant(0) { happens(.begin) } else { network.eventQueue.arrange(.begin, at: begins) }
    while !course.hasEnded, events < most, step() {
      if events.isMultiple(of: Self.eventsPerLook), !course.wasInterrupted, look(progress()) { happens(.interrupt) }
    }
    let left = leftBehind()
    let result = RunResult(ledger: ledger(), course: course, busyShare: nil, ended: network.eventQueue.now)
    var stories = Stories()
    for index in 0..<loops.count { stories.merge(loops[index].core.record.stories) }
    var sent: [RequestKind: Int] = [:]
    for what in RequestKind.allCases { sent[what] = network.requests.sent(what) }
    return Result(
      run: result, truth: truth, books: network.system.books, events: events, slots: network.system.orders.slotCount, stories: stories,
      sent: sent, leftBehind: left, refusal: course.refusal, expired: network.front.expired, transcript: wholeTranscript())
  }

  // These are mutating because of the compiler: to check that a method which borrows a value of this many fields copies none of them, it
  // needs up to a minute.

  /// How far the run has come, summed over all loops.
  mutating func progress() -> RunProgress {
    var sum = RunProgress()
    for index in 0..<loops.count {
      sum = sum + RunProgress(loops[index].core.record.ledger, outstanding: loops[index].core.outstanding, at: network.eventQueue.now)
    }
    return sum
  }

  private mutating func ledger() -> Ledger {
    var merged: Ledger?
    for index in 0..<loops.count {
      var own = loops[index].core.record.ledger
      own.finish()
      if merged == nil { merged = own } else { merged?.merge(own) }
    }
    return merged ?? Ledger(settings: settings.ledger)
  }

  private mutating func wholeTranscript() -> SimulatedTranscript? {
    guard var whole = network.transcript else { return nil }
    for index in 0..<loops.count {
      guard let own = loops[index].core.record.transcript else { continue }
      whole.calls += own.calls
      for var story in own.stories {
        story.truth = truths[story.order.index]
        whole.stories.append(story)
      }
    }
    return whole
  }

  private mutating func leftBehind() -> [String] {
    var left = network.findings
    if course.hasEnded {
      for line in network.lines.open { left.append("loop \(line.loop) still had its connection \(line.connection)") }
    } else {
      left.append("after \(events) events it had not come to its end")
    }
    for index in 0..<loops.count {
      let outstanding = loops[index].core.outstanding
      let most = loops[index].mostOutstanding
      if most > settings.cores[index].maxOutstanding {
        left.append("loop \(index) had \(most) orders in hand, of at most \(settings.cores[index].maxOutstanding)")
      }
      if outstanding > 0 { left.append("loop \(index) still had \(outstanding) orders in hand") }
      let sideRequests = loops[index].core.orders.sideRequestCount
      if sideRequests > 0 { left.append("loop \(index) still had \(sideRequests) requests beside the orders in hand") }
      if course.hasEnded, loops[index].core.timers.next != nil { left.append("loop \(index) still had a timer") }
    }
    return left
  }

  // MARK: What happens

  /// Lets the next thing happen.
  /// - Returns: whether there was anything.
  private mutating func step() -> Bool {
    events += 1
    var (waking, due) = (0, loops[0].nextWake)
    for index in 1..<max(1, loops.count) where loops[index].nextWake < due { (waking, due) = (index, loops[index].nextWake) }
    if due <= network.eventQueue.next, due != .never {
      network.eventQueue.pass(to: due)
      mayPause(waking)
      guard loops[waking].freeFrom <= due else { return true }
      loops[waking].wake(&network)
      attend(to: waking)
      return true
    }
    guard let occurrence = network.eventQueue.takeNext() else { return false }
    switch occurrence {
    case .begin: happens(.begin)
    case .scrape: tellOfScrape()
    case .interrupt: happens(.interrupt)
    case .patience: happens(.patienceIsOver)
    default:
      guard let line = network.addressee(occurrence) else {
        network.happen(occurrence)
        break
      }
      let loop = Int(line.loop)
      mayPause(loop)
      guard loops[loop].freeFrom <= network.eventQueue.now else {
        network.wait(occurrence, until: loops[loop].freeFrom)
        break
      }
      if let event = network.hear(occurrence) { tell(loop, event) }
    }
    return true
  }

  /// Makes a loop busy with something else for a while, by chance.
  private mutating func mayPause(_ loop: Int) {
    guard settings.generator.busy > 0, loops[loop].freeFrom < network.eventQueue.now, pauses.chance(Generator.busyShare) else { return }
    loops[loop].freeFrom = network.eventQueue.now + pauses.time(upTo: settings.generator.busy)
  }

  mutating func tell(_ loop: Int, _ event: Event) {
    loops[loop].tell(event, &network)
    attend(to: loop)
  }

  mutating func tellAll(_ event: Event) {
    for index in 0..<loops.count { tell(index, event) }
  }
}
