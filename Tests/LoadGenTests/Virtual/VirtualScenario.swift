import Shared

@testable import LoadRun

/// A whole run in virtual time, as settings. Every one of them follows from the seed, or is set by a test.
struct VirtualScenario {
  var seed: UInt64
  var loops = 1
  var core: CoreSettings
  var isOpen = false
  var users: UInt64 = 3
  var rate = 50.0
  var arrivals = Arrivals.constant
  /// Instead of the rate.
  var stages: RateStages?
  /// Instead of both.
  var recorded: RecordedTimes?
  var thinkTime: ServiceTime?
  var end = LoadEnd(orders: 40)
  var warmup: Int64 = 0
  /// How long an open load's plan is said to be, in seconds.
  var planned: Double?
  var audits = true
  var assumptions = Dialect.Assumptions(clockRate: 0, granularity: .zero)
  var target = VirtualTarget.Settings(service: 0...(200 * .millisecond))
  var front = VirtualFront.Settings()
  var faults = VirtualFaults()
  var delay: ClosedRange<Int64> = 100_000...(2 * .millisecond)
  var lag: ClosedRange<Int64> = 0...0
  /// How long a reading takes to be told to all loops.
  var broadcast: ClosedRange<Int64> = 0...0
  /// Orders of an earlier run, taken in before this one.
  var before = 0
  /// How long before the run the last of them was taken in.
  var sinceBefore: Int64 = 10 * .second
  /// Orders of others, taken in while the run goes on.
  var others = 0
  var stopsAt: Int64?
  var stalls: [(at: Int64, lasts: Int64)] = []
  var restarts: [(at: Int64, lasts: Int64)] = []
  var lie: (inout Figures) -> Void = { _ in }
  /// Accounts that log in, where the target wants it.
  var accounts = 1
  /// Whether they are made before they log in.
  var registersFirst = true

  /// One quiet loop against a faultless target.
  init(seed: UInt64, poll: String = "50ms") throws {
    self.seed = seed
    core = CoreSettings(
      connections: 8, observes: true, poll: try PollPolicy(text: poll), orderTimeout: 60 * .second, requestTimeout: 10 * .second,
      follows: true, usersWaitForCompletion: false, maxOutstanding: 10_000, readsItsWrites: true)
    core.metricsEvery = .second / 4
  }

  /// Anything that may happen to a truthful target.
  static func random(seed: UInt64) throws -> VirtualScenario {
    var dice = Dice(seed: seed)
    let policies = ["20ms", "50ms", "100ms", "300ms", "backoff:10ms..200ms", "backoff:50ms..1s", "adaptive", "adaptive:20ms..500ms"]
    var scenario = try VirtualScenario(seed: seed, poll: dice.pick(policies))
    scenario.loops = dice.int(1...3)
    scenario.drawLoad(&dice)
    scenario.drawTarget(&dice)
    scenario.drawFaults(&dice)
    scenario.drawClaims(&dice)
    scenario.drawTraffic(&dice)
    scenario.drawPolicies(&dice)
    var shapes = Dice(seed: seed ^ 0x5A5A)
    scenario.drawShape(&shapes)
    return scenario
  }

  private mutating func drawLoad(_ dice: inout Dice) {
    core.connections = dice.int(1...6)
    core.metricsEvery = dice.span(20 * .millisecond...(.second))
    core.orderTimeout = dice.pick([.second / 2, 2 * .second, 60 * .second])
    core.requestTimeout = dice.pick([100 * .millisecond, .second])
    core.follows = !dice.chance(0.1)
    core.usersWaitForCompletion = dice.chance(0.3)
    core.maxOutstanding = dice.chance(0.2) ? dice.int(1...6) : 10_000
    isOpen = dice.chance(0.5)
    // Each loop has a user of its own, as a scenario must see to.
    users = UInt64(dice.int(3...10))
    rate = Double(dice.int(10...400))
    arrivals = dice.pick(Arrivals.allCases)
    end.orders = UInt64(dice.int(0...50))
    if dice.chance(0.3) { end.time = dice.span(0...(2 * .second)) }
    warmup = dice.chance(0.3) ? dice.span(0...(.second / 2)) : 0
    lag = 0...dice.pick([0, .millisecond, 50 * .millisecond])
    broadcast = 0...dice.pick([0, .millisecond, 300 * .millisecond])
    if dice.chance(0.25) { stopsAt = dice.span(0...(3 * .second)) }
    audits = !dice.chance(0.05)
    core.observes = audits
  }

  private mutating func drawTarget(_ dice: inout Dice) {
    let longest: Int64 = dice.pick([5 * .millisecond, 100 * .millisecond, .second])
    target.service = (dice.chance(0.5) ? 0 : longest / 2)...longest
    target.workers = dice.pick([nil, nil, 1, 3, 10])
    target.endings = dice.pick([[.completed], [.completed], [.completed, .completed, .completed, .cancelled, .failed]])
    target.clock = 1 + (dice.uniform() - 0.5) * 0.0009
    target.granularity = dice.pick([1, 1_000, .millisecond])
    front.handling = 0...dice.pick([10_000, .millisecond, 30 * .millisecond])
    delay = 10_000...dice.pick([100_000, 3 * .millisecond, 40 * .millisecond])
    before = dice.pick([0, 0, 1, 12])
    sinceBefore = dice.pick([30 * .millisecond, 10 * .second])
  }

  private mutating func drawFaults(_ dice: inout Dice) {
    func some(_ most: Double) -> Double { dice.chance(0.3) ? dice.uniform() * most : 0 }
    faults.refused = some(0.3)
    faults.vanishes = some(0.1)
    faults.reset = some(0.1)
    faults.lostAnswer = some(0.1)
    faults.staleClose = some(0.5)
    faults.closes = some(1)
    faults.late = some(0.05)
    front.refuses = some(0.3)
    front.fails = some(0.3)
    front.forgetsID = some(0.1)
    front.useless = some(0.5)
    front.unknownWord = some(0.5)
    if dice.chance(0.2) { stalls = [(dice.span(0...(2 * .second)), dice.span(0...(.second)))] }
    if dice.chance(0.3) {
      restarts = (0..<dice.int(1...3)).map { _ in (dice.span(0...(2 * .second)), dice.span(0...(.second / 2))) }
    }
  }

  private mutating func drawClaims(_ dice: inout Dice) {
    front.printer = dice.pick(Printer.allCases)
    front.snapshot = !dice.chance(0.2)
    front.maxAge = front.snapshot && dice.chance(0.25) ? dice.span(0...(.second)) : 0
    assumptions.clockRate = 0.0005
    assumptions.granularity = .nanoseconds(target.granularity)
    assumptions.maxAge = .nanoseconds(front.maxAge)
    assumptions.snapshot = front.snapshot
    assumptions.requeue = !restarts.isEmpty || dice.chance(0.5)
    // What need not be assumed of a truthful target may be left out.
    assumptions.final = !dice.chance(0.1)
    assumptions.readYourWrites = !dice.chance(0.1)
    core.readsItsWrites = assumptions.readYourWrites
    if !core.readsItsWrites { front.notFound = 0.05 }
    others = dice.chance(0.3) ? dice.int(1...20) : 0
  }
}

extension VirtualScenario {
  /// What else is asked for, and by whom.
  mutating func drawTraffic(_ dice: inout Dice) {
    if dice.chance(0.4) {
      for kind in Mix.Kind.allCases where dice.chance(0.5) { core.mix.shares[kind] = dice.uniform() }
      core.mix.random = SeededRandom(seed: seed)
    }
    front.doors.refusesDuplicates = dice.chance(0.5)
    core.refusesDuplicates = front.doors.refusesDuplicates
    front.doors.pageSize = dice.int(1...20)
    core.searchesList = dice.chance(0.25)
    // A list is read page by page, and each page is of another instant.
    if audits, front.maxAge == 0, dice.chance(0.25) {
      front.doors.listsFigures = true
      core.listedFigures = front.printer.figures
      assumptions.snapshot = false
    }
    guard dice.chance(0.3) else { return }
    front.doors.tokenLife = dice.pick([100 * .millisecond, .second, 60 * .second])
    front.doors.tellsLife = dice.chance(0.5)
    front.doors.refreshes = dice.chance(0.5)
    accounts = dice.int(1...4)
  }

  /// How orders are asked for, and how connections are used.
  mutating func drawPolicies(_ dice: inout Dice) {
    core.poll.random = SeededRandom(seed: seed)
    if dice.chance(0.3) { core.poll.jitter = dice.uniform() }
    if dice.chance(0.3), !core.searchesList { core.poll.delay = dice.span(0...(.second / 4)) }
    if dice.chance(0.3) { core.pollInterval = dice.span(1...(30 * .millisecond)) }
    if dice.chance(0.3) { front.pollPatience = dice.span(0...(.second / 2)) }
    if dice.chance(0.3) { core.requestsPerConnection = UInt32(dice.int(1...4)) }
    if dice.chance(0.3) { core.connectRamp = dice.span(1...(.second)) }
  }

  /// Whose requests the loop makes.
  func accountShare(_ loop: Int) -> AccountShare {
    guard front.doors.tokenLife != nil else { return AccountShare() }
    let own = (0..<accounts).filter { $0 % loops == loop }
    return AccountShare(
      orders: own.isEmpty ? [loop % accounts] : own, lists: loop == 0 && core.listedFigures != nil ? Array(0..<accounts) : [], logIn: true,
      register: registersFirst)
  }
}
