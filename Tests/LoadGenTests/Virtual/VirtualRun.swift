import Shared

@testable import LoadRun

/// One run from the first reading to the last, as `Engine` makes it, and what came of it.
final class VirtualRun {
  let scenario: VirtualScenario
  let agenda = Agenda()
  let target: VirtualTarget
  let front: VirtualFront
  let common: CommonBooks
  private(set) var loops: [VirtualLoop] = []
  private(set) var readings: [Reading] = []
  private(set) var hasBaseline = false
  /// Whether it came to its end by itself.
  private(set) var ended = false
  private(set) var drained: Set<Int> = []
  private(set) var ready: Set<Int> = []
  /// Why there was no load, where an account was not let in.
  private(set) var refusal: Failure?
  private var dice: Dice
  private var lastBroadcast = Instant(0)
  private var start: Instant?
  private var hasConcluded = false

  /// More events than any of the scenarios needs: beyond, the run goes round in circles.
  private static let mostEvents = 400_000

  init(_ scenario: VirtualScenario) throws {
    self.scenario = scenario
    dice = Dice(seed: scenario.seed ^ 0x5151)
    target = VirtualTarget(scenario.target, agenda: agenda, dice: Dice(seed: dice.bits()))
    front = VirtualFront(scenario.front, target: target, agenda: agenda, dice: Dice(seed: dice.bits()))
    let books = Ledger.Settings(
      warmup: scenario.warmup, planned: scenario.isOpen ? scenario.planned ?? 3_600 : nil, stages: scenario.stagePlans,
      epochAtZero: 1_700_000_000_000_000_000, assumptions: scenario.assumptions, audits: scenario.audits,
      orderSpan: .completion)
    common = CommonBooks(books)
    for index in 0..<scenario.loops { try addLoop(index, books) }
    go()
  }

  private func addLoop(_ index: Int, _ books: Ledger.Settings) throws {
    var settings = scenario.core
    settings.observes = scenario.audits && index == 0
    settings.loops = scenario.loops
    settings.accounts = scenario.accountShare(index)
    let core = Core(
      settings: settings, plan: try scenario.plan(LoopShare(index: index, count: scenario.loops)),
      record: Chronicle(ledger: Ledger(settings: books), common: common, loop: index))
    let callbacks = VirtualLoop.Callbacks(
      observed: { [unowned self] in observed($0) },
      ready: { [unowned self] in
        ready.insert(index)
        if ready.count == loops.count { begin() }
      },
      cannotBegin: { [unowned self] in giveUp($0) },
      drained: { [unowned self] in
        drained.insert(index)
        concludeIfDrained()
      },
      concluded: { [unowned self] in conclude() })
    let line = VirtualLine.Settings(delay: scenario.delay, faults: scenario.faults, requestTimeout: settings.requestTimeout)
    loops.append(
      VirtualLoop(
        core, agenda: agenda, dice: Dice(seed: dice.bits()), lag: scenario.lag,
        callbacks: callbacks
      ) {
        [unowned self] index, ears in
        VirtualLine(index, line, front: front, agenda: agenda, dice: Dice(seed: dice.bits()), ears: ears)
      })
  }

  private func tell(_ loop: VirtualLoop, _ event: @escaping (Instant) -> Event) {
    loop.later { [agenda] in loop.tell(event(agenda.now)) }
  }

  private func tellAll(_ event: @escaping (Instant) -> Event) {
    for loop in loops { tell(loop, event) }
  }

  // MARK: The world

  private func go() {
    for _ in 0..<scenario.before { _ = target.create() }
    let zero = Instant(scenario.before == 0 ? 0 : scenario.sinceBefore)
    agenda.at(zero) { [self] in tellAll { .begin($0) } }
    for stall in scenario.stalls { agenda.at(zero + stall.at) { [self] in front.stalledUntil = agenda.now + stall.lasts } }
    for restart in scenario.restarts {
      agenda.at(zero + restart.at) { [self] in
        target.restart(downFor: restart.lasts)
        for loop in loops { for (_, line) in loop.lines.sorted(by: { $0.key < $1.key }) { line.hangUp() } }
      }
    }
    for _ in 0..<scenario.others { agenda.at(zero + dice.span(0...(3 * .second))) { [self] in _ = target.create() } }
    if let stopsAt = scenario.stopsAt { agenda.at(zero + stopsAt) { [self] in interrupt() } }
    var events = 0
    while events < Self.mostEvents, agenda.step() { events += 1 }
  }

  // MARK: The run

  private func begin() {
    guard start == nil else { return }
    let start = agenda.now
    self.start = start
    front.lie = scenario.lie
    tellAll { _ in .start(start) }
  }

  /// As the engine does where an account is not let in.
  private func giveUp(_ failure: Failure) {
    guard !ended else { return }
    refusal = refusal ?? failure
    ended = true
    for loop in loops {
      loop.later { [agenda] in
        loop.tell(.stop(agenda.now))
        loop.isOver = true
      }
    }
  }

  private func interrupt() {
    guard !ended else { return }
    tellAll { .stop($0) }
    begin()
    agenda.after(2 * .second) { [self] in conclude() }
  }

  private func observed(_ reading: Reading) {
    guard !ended else { return }
    if reading.window.hasFigures { readings.append(reading) }
    lastBroadcast = max(lastBroadcast, agenda.now + dice.span(scenario.broadcast))
    agenda.at(lastBroadcast) { [self] in tellAll { _ in .reading(reading.window) } }
  }

  private func concludeIfDrained() {
    guard start != nil, drained.count == loops.count, !hasConcluded else { return }
    hasConcluded = true
    tell(loops[0]) { .conclude($0) }
  }

  private func conclude() {
    guard hasConcluded, !ended else { return }
    ended = true
    hasBaseline = readings.first.map { reading in start.map { reading.window.received <= $0 } ?? false } ?? false
    for loop in loops {
      loop.later { [agenda] in
        loop.tell(.stop(agenda.now))
        loop.isOver = true
      }
    }
  }

  // MARK: What came of it

  /// All loops' books in one, taken in the given order.
  func merged(_ order: (Int, Int) -> Bool = (<)) -> Ledger {
    let ledgers = loops.indices.sorted(by: order).map { loops[$0].finish() }
    var merged = ledgers[0]
    for ledger in ledgers.dropFirst() { merged.merge(ledger) }
    return merged
  }

  func audit(_ exclusivity: Exclusivity, of ledger: Ledger? = nil) -> Audit {
    Audit(
      readings, hasBaseline: hasBaseline, tallies: (ledger ?? merged()).tallies,
      metrics: Dialect.Metrics(path: "/metrics", figures: scenario.front.printer.figures), assumptions: scenario.assumptions,
      exclusivity: exclusivity)
  }
}
