import Shared

/// A run that is determined by a seed: any load, any policies, any system, and anything that may go wrong.
package struct RandomRun {
  let seed: UInt64
  /// The settings as they would be written on the command line.
  private(set) var settings: [(setting: Setting, text: String)] = []
  private(set) var system = SimulatedSystem.Settings()
  private(set) var generator = Simulation.Generator()
  /// Whether requests and answers are carried as bytes.
  private(set) var goesByWire = false
  private var dialect = Dialect.standard
  private var accounts = 0
  /// When orders are due, in place of a rate; `nil`: the rate decides.
  private var recorded: RecordedTimes?
  /// The time between two readings of the metrics, in nanoseconds; `nil`: as in any run.
  private var metricsEvery: Int64?
  /// Whether verdicts depend on latencies and durations, those of every other stage included.
  private var judges = false
  /// Where the run is repeated with a lie that must be noticed: a draw from 0 to 1 that selects the lie; `nil`: it is not repeated.
  private(set) var lie: Double?
  private var draws: Draws

  package init(seed: UInt64) throws {
    self.seed = seed
    draws = Draws(SeededRandom(seed: seed), .randomRun)
    set(.seed, "\(seed)")
    goesByWire = draws.chance(0.2)
    drawDialect()
    drawLoad()
    drawPolicies()
    try drawSystem()
    try drawTrouble()
    try drawClaims()
    if draws.chance(0.15) { lie = draws.uniform() }
    if draws.chance(0.1) { tellPendingAndProcessingAlike() } else { drawShape() }
  }

  /// - Parameter scenario: the one made by `scenario()`.
  func simulation(_ scenario: Scenario) -> Simulation.Settings {
    var settings = scenario.simulation(of: system)
    settings.generator = generator
    if let metricsEvery { for index in settings.cores.indices { settings.cores[index].metricsEvery = metricsEvery } }
    settings.ledger.judgesLatencies = judges
    for place in settings.ledger.stages.indices { settings.ledger.stages[place].isJudged = judges && place.isMultiple(of: 2) }
    if goesByWire { settings.encoder = scenario.requestEncoder(host: "simulated", basePath: "", closes: false) }
    return settings
  }

  /// The run's scenario, the same each time but for its nonce.
  func scenario() throws -> Scenario {
    var layers = SettingLayers()
    layers.set(.target, ["http://simulated"], from: "the self-test")
    for (setting, text) in settings { layers.set(setting, [text], from: "--\(setting.rawValue)") }
    var scenario = try Scenario(layers)
    scenario.dialect = dialect
    if let recorded { scenario.load = .recorded(recorded) }
    if accounts > 0 {
      scenario.accounts = (0..<accounts).map { Credentials(username: "self \"\($0)\" \\", password: "test") }
      scenario.makesAccounts = true
    }
    return scenario
  }

  // MARK: Drawing

  private mutating func set(_ setting: Setting, _ text: String) { settings.append((setting, text)) }

  private mutating func drawDialect() {
    dialect = draws.pick([.standard, .standard, .standard, .basicAuth, .parallel, .sequential, .fcfs, .marketplace])
    set(.dialect, dialect.name)
    if dialect.authentication == .basic { set(.user, "self:test") }
    // Assumptions that are not needed for a truthful system may be dropped.
    dialect.assumptions.final = !draws.chance(0.1)
    dialect.assumptions.readYourWrites = !draws.chance(0.1)
    dialect.assumptions.requeue = draws.pick(Dialect.Requeue.allCases)
    dialect.assumptions.snapshot = !draws.chance(0.1)
    dialect.assumptions.clockRate = 0
    if dialect.name == Dialect.standard.name, draws.chance(0.15) { dialect.status.source = .list }
    if dialect.readsLists { dialect.assumptions.snapshot = dialect.metrics?.source != .list && dialect.assumptions.snapshot }
    guard dialect.name == Dialect.marketplace.name || (dialect.name == Dialect.standard.name && draws.chance(0.3)) else { return }
    // Tokens that expire, and accounts to which they belong.
    dialect.authentication = Dialect.marketplace.authentication
    guard case .bearer(var login) = dialect.authentication else { return }
    login.token = draws.pick([login.token, login.token, .header("X-Auth-Token"), .cookies])
    dialect.authentication = .bearer(login)
    accounts = draws.int(1...4)
    // A token must last longer than it takes to read the lists of all accounts, or reading them would never end.
    if draws.chance(0.8) { system.tokenLifetime = .milliseconds(draws.pick([dialect.readsLists ? 1_000 : 100, 1_000, 60_000])) }
    system.tellsTokenLifetime = draws.chance(0.6)
    system.givesRefreshTokens = draws.chance(0.5)
  }

  /// One word stands for both, and one figure counts both.
  private mutating func tellPendingAndProcessingAlike() {
    var words: [OrderStatus: [String]] = [:]
    for status in OrderStatus.allCases { words[status] = dialect.status.words.words(for: status) }
    words[.processing] = words[.pending]
    dialect.status.words = StatusWords(words)
    dialect.metrics?.figures.removeAll { $0.quantity == .count(.processing) }
  }

  /// What some APIs say otherwise.
  private mutating func drawShape() {
    if lie == nil, draws.chance(0.15) { countTogether([.pending, .processing]) }
    if lie == nil, draws.chance(0.15) {
      countTogether(
        draws.pick([
          [.completed, .failed], [.failed, .cancelled], [.completed, .cancelled, .failed], [.pending, .completed], [.processing, .failed],
          [.processing, .completed, .failed],
        ]))
    }
    if draws.chance(0.1), !settings.contains(where: { $0.setting == .noFollow }) {
      dialect.confirm = Dialect.Confirm(Dialect.Request("POST", "/orders/{id}/confirm"), acceptedCodes: [200])
      // An order whose confirmation is lost does not end, and would be polled for long.
      if !settings.contains(where: { $0.setting == .orderTimeout }) { set(.orderTimeout, "5s") }
    }
    // What is hidden, or not there yet, would be taken for completed.
    let isSeen = system.hidesEvery == nil && dialect.assumptions.readYourWrites
    if isSeen, dialect.status.source == .list, dialect.metrics?.source != .list, draws.chance(0.3) { dialect.status.gone = .completed }
  }

  /// One figure counts the orders of all these statuses, where each had a figure of its own.
  private mutating func countTogether(_ statuses: Set<OrderStatus>) {
    let figures = dialect.metrics?.figures.filter { $0.quantity.statuses.isSubset(of: statuses) && !$0.quantity.statuses.isEmpty } ?? []
    guard figures.count == statuses.count, let first = figures.first else { return }
    dialect.metrics?.figures.removeAll { figures.contains($0) }
    dialect.metrics?.figures.append(Dialect.Figure(.counts(statuses), at: first.field))
  }

  private mutating func drawLoad() {
    let follows = !draws.chance(0.07)
    if !follows { set(.noFollow, "true") }
    if draws.chance(0.6) {
      set(.rate, draws.chance(0.7) ? draws.pick(["2/s", "5/s", "40/s", "300/s"]) : stages())
      set(.arrivals, draws.pick(["constant", "poisson"]))
      if draws.chance(0.1) {
        recorded = RecordedTimes((0..<draws.int(3...60)).map { _ in draws.time(upTo: 2_000_000_000) })
      }
    } else {
      set(.concurrency, draws.pick(["3", "10", "40"]))
      if follows { set(.waitFor, draws.pick(["answer", "completion"])) }
      if draws.chance(0.3) { set(.thinkTime, draws.pick(["exponential:200ms", "50ms", "uniform:0s..1s"])) }
    }
    if draws.chance(0.2) { set(.duration, draws.pick(["600ms", "2s"])) }
    set(.orders, "\(draws.int(3...120))")
    if draws.chance(0.2) { set(.warmup, draws.pick(["100ms", "500ms"])) }
  }

  /// Up to five stages of steps, ramps and pauses at whole rates, the last of which sends orders for certain.
  private mutating func stages() -> String {
    var parts: [String] = []
    var rate = draws.int(0...300)
    for _ in 0..<draws.int(1...4) {
      let next = draws.pick([rate, 0, draws.int(0...300), draws.int(0...300)])
      let length = draws.int(1...1_000)
      parts.append(rate == next ? "\(rate)/s for \(length)ms" : "\(rate)/s..\(next)/s over \(length)ms")
      rate = draws.chance(0.5) ? next : draws.int(0...300)
    }
    return parts.joined(separator: ", ") + ", \(draws.int(5...100))/s for 2s"
  }

  private mutating func drawPolicies() {
    set(.eventLoops, "\(draws.int(1...3))")
    set(.connections, "\(draws.int(3...30))")
    let poll = draws.pick([
      "", "", "adaptive:20ms..300ms", "20ms", "50ms", "100ms", "300ms", "1s", "backoff:10ms..200ms", "backoff:50ms..2s",
    ])
    if !poll.isEmpty { set(.poll, poll) }
    if draws.chance(0.3) { set(.pollJitter, draws.pick(["10%", "30%", "100%"])) }
    if draws.chance(0.2), dialect.status.source != .list { set(.pollFirst, draws.pick(["0s", "70ms", "400ms"])) }
    if draws.chance(0.2) { set(.maxPolls, draws.pick(["20/s", "200/s", "1000/s"])) }
    let hasAverage = dialect.metrics?.figures.contains(where: \.quantity.isAverage) ?? false
    if draws.chance(0.2), hasAverage, dialect.status.source != .list, !settings.contains(where: { $0.setting == .noFollow }) {
      set(.auditPrecision, draws.pick(["2ms", "5ms:30%", "5ms:100%"]))
    }
    if draws.chance(0.25) { set(.orderTimeout, draws.pick(["500ms", "2s"])) }
    set(.requestTimeout, draws.pick(["20ms", "100ms", "1s", "10s"]))
    if draws.chance(0.15) { set(.noKeepAlive, "true") } else if draws.chance(0.2) { set(.maxRequestsPerConnection, "\(draws.int(1...4))") }
    if draws.chance(0.2) { set(.connectRamp, "700ms") }
    if draws.chance(0.2) { set(.maxOutstanding, "\(draws.int(3...9))") }
    guard draws.chance(0.4) else { return }
    let follows = !settings.contains { $0.setting == .noFollow }
    let kinds = RequestKind.sideRequests.filter { dialect.missing(for: $0) == nil && (follows || $0.standsAlone) }
    var shares: [String] = []
    for kind in kinds where draws.chance(0.6) { shares.append("\(kind.mixName)=\(draws.pick(["5%", "30%", "100%"]))") }
    if !shares.isEmpty { set(.mix, shares.joined(separator: ",")) }
  }

  private mutating func drawSystem() throws {
    system.workers = draws.pick([nil, 1, 4, 20])
    system.serviceTime = try ServiceTime(text: draws.pick(["0ms", "50ms", "uniform:0ms..300ms", "exponential:100ms", "lognormal:80ms,1"]))
    if draws.chance(0.15) { system.batchEvery = .milliseconds(700) }
    // Where failed orders are not counted, a system that has any contradicts itself.
    if draws.chance(0.3), dialect.metrics?.figures.contains(where: { $0.quantity == .count(.failed) }) ?? true { system.failureRate = 0.1 }
    if draws.chance(0.2), dialect.metrics?.figures.contains(where: { $0.quantity == .count(.cancelled) }) ?? true {
      system.cancellationRate = 0.1
    }
    system.networkDelay = try ServiceTime(text: draws.pick(["0ms", "50us", "exponential:2ms", "uniform:0ms..20ms"]), as: "a delay")
    system.answerTime = try ServiceTime(text: draws.pick(["0ms", "100us", "exponential:1ms", "uniform:1ms..10ms"]), as: "a time")
    if draws.chance(0.2) { system.pollAnswerTime = try ServiceTime(text: draws.pick(["0ms", "uniform:5ms..30ms"]), as: "a time") }
    system.answerLimit = draws.pick([nil, nil, 1, 8])
    // Requests that wait for one another may all come too late, for as long as any order is followed.
    if system.answerLimit != nil, !settings.contains(where: { $0.setting == .orderTimeout }) { set(.orderTimeout, "10s") }
    system.metricsDecimals = draws.pick([0, 2, 6, 6, 9])
    if draws.chance(0.2) { system.retryAfter = goesByWire ? .seconds(draws.int(0...1)) : .milliseconds(draws.int(0...500)) }
    system.alwaysAsksForQuiet = draws.chance(0.5)
  }

  /// What goes wrong, in the system, on the way to it, or in the generator.
  private mutating func drawTrouble() throws {
    if draws.chance(0.6) {
      for kind in SimulatedFaults.Kind.allCases where draws.chance(kind == .lockedOut ? 0.05 : 0.25) {
        system.faults[kind] = draws.uniform() * kind.most
      }
      // With this assumption an order that is not found is lost, and would be reported as such.
      if dialect.assumptions.readYourWrites { system.faults[.notFound] = 0 }
    }
    if draws.chance(0.25) {
      system.ordersBefore = draws.pick([1, 12])
      system.begins = .milliseconds(draws.pick([30, 10_000]))
    }
    let begins = system.begins
    func pauses(_ draws: inout Draws, _ longest: Int) -> [SimulatedSystem.Pause] {
      (0..<draws.int(1...2)).map { _ in
        SimulatedSystem.Pause(at: begins + .milliseconds(draws.int(0...3_000)), lasts: .milliseconds(draws.int(0...longest)))
      }
    }
    if draws.chance(0.2) { system.stalls = pauses(&draws, 1_000) }
    if draws.chance(0.25) {
      system.restarts = pauses(&draws, 500)
      if dialect.assumptions.requeue == .never { dialect.assumptions.requeue = draws.pick([.onRestart, .any]) }
    }
    if draws.chance(0.3) {
      let most = draws.pick([0.0005, 0.05])
      system.clockRate = (draws.uniform() - 0.5) * 1.8 * most
      dialect.assumptions.clockRate = most
    }
    if draws.chance(0.2) {
      // Ten orders a second keep a single worker fully busy: ours would wait longer and longer.
      let gap = draws.pick(["exponential:100ms", "1s"])
      system.othersOrders = try ServiceTime(text: system.workers == 1 ? "1s" : gap)
    }
    if draws.chance(0.3) { generator.busy = draws.pick([1_000_000, 50_000_000, 1_500_000_000]) }
    if draws.chance(0.3) { generator.telling = draws.pick([1_000_000, 300_000_000]) }
    guard draws.chance(0.15) else { return }
    generator.interruptAt = Int64(draws.int(0...3_000)) * 1_000_000
    // What is under way then may make an order that nobody hears of.
    if draws.chance(0.5) { system.faults[.wronglyTaken] = draws.uniform() }
  }

  /// What the system claims, how it writes its claims, and how often it is asked for them.
  private mutating func drawClaims() throws {
    judges = draws.chance(0.5)
    if draws.chance(0.08) { metricsEvery = draws.pick([100_000_000, 300_000_000]) }
    if draws.chance(0.3) {
      system.timestampGranularity = draws.pick([.microseconds(1), .milliseconds(1)])
    }
    dialect.assumptions.granularity = system.timestampGranularity
    if draws.chance(0.1) { system.stampLead = .milliseconds(draws.pick([1, 40, 800])) }
    dialect.assumptions.stampLead = system.stampLead
    // Lists do not show a single instant, and are not repeated from memory.
    guard !dialect.readsLists, var metrics = dialect.metrics else {
      if dialect.readsLists {
        system.pageSize = draws.pick([100, 7])
        if draws.chance(0.05) { system.hidesEvery = draws.int(1...20) }
      }
      return
    }
    if draws.chance(0.05) { return dialect.metrics = nil }
    if draws.chance(0.5) {
      system.spelling.form = draws.pick(SimulatedSpelling.Form.allCases)
      // An exponent tells most where few digits come before it.
      if system.spelling.form == .scientific { system.metricsDecimals = draws.pick([0, 1, 2, 9]) }
      system.spelling.cuts = draws.chance(0.5)
      let printing = draws.pick(Dialect.Printing.allCases)
      let unit = draws.pick([Duration.seconds(1), .milliseconds(1)])
      for place in metrics.figures.indices {
        guard case .average = metrics.figures[place].quantity else { continue }
        (metrics.figures[place].printing, metrics.figures[place].unit) = (printing, unit)
      }
      dialect.metrics = metrics
    }
    if !dialect.assumptions.snapshot { system.takesSnapshots = draws.chance(0.2) }
    if !system.takesSnapshots, accounts == 0, draws.chance(0.5) {
      // Much happens between the instants that figures are of. (A login that took so long might not be waited for.)
      system.answerTime = .uniform(.milliseconds(50), .milliseconds(300))
      system.serviceTime = .fixed(.milliseconds(draws.int(0...100)))
      if system.workers != 1, draws.chance(0.5) { system.othersOrders = .exponential(mean: .milliseconds(30)) }
    }
    guard system.takesSnapshots, draws.chance(0.2) else { return }
    system.metricsAge = .milliseconds(draws.int(1...1_500))
    system.metricsNodes = draws.int(1...2)
    system.wasReadBefore = draws.chance(0.5)
    if draws.chance(0.3) { metricsEvery = draws.pick([100_000_000, 300_000_000]) }
    if draws.chance(0.3), system.workers != 1 { system.othersOrders = .exponential(mean: .milliseconds(100)) }
    system.tellsMetricsAge = draws.chance(0.4)
    if !system.tellsMetricsAge { dialect.assumptions.maxAge = system.metricsAge }
  }
}

extension SimulatedFaults.Kind {
  /// The greatest chance at which a run still gets anywhere.
  fileprivate var most: Double {
    switch self {
    case .refused, .rejected, .failed: 0.3
    case .vanished, .reset, .lostAnswer, .withoutID: 0.1
    case .late, .notFound: 0.05
    case .wronglyTaken, .lockedOut: 0.3
    case .closed: 1
    case .staleClose, .useless, .unknownWord: 0.5
    }
  }
}

extension RandomRun: CustomStringConvertible {
  package var description: String {
    var parts = settings.map { "--\($0.setting.rawValue) '\($0.text)'" }
    parts.append("\(system)")
    parts += system.unusual
    if goesByWire { parts.append("by wire") }
    if accounts > 0 { parts.append("\(accounts) accounts") }
    if let recorded { parts.append("due at \(recorded.due)") }
    if let metricsEvery { parts.append("read every \(metricsEvery) ns") }
    if generator != Simulation.Generator() { parts.append("\(generator)") }
    if dialect.confirm != nil { parts.append("confirmed") }
    if let gone = dialect.status.gone { parts.append("gone is \(gone)") }
    for figure in dialect.metrics?.figures ?? [] {
      if case .counts = figure.quantity { parts.append("one figure of \(figure.quantity.fileKey)") }
    }
    parts.append("\(dialect.assumptions)")
    return parts.joined(separator: " ")
  }
}

extension SimulatedSystem.Settings {
  /// The settings without a flag, in words.
  fileprivate var unusual: [String] {
    let usual = SimulatedSystem.Settings()
    let parts: [String?] = [
      cancellationRate > 0 ? "cancellation rate \(cancellationRate * 100)%" : nil, pollAnswerTime.map { "polls \($0)" },
      timestampGranularity == usual.timestampGranularity ? nil : "timestamps to \(timestampGranularity.text)",
      stampLead > .zero ? "ends stamped \(stampLead.text) early" : nil,
      ordersBefore > 0 ? "\(ordersBefore) orders \(begins.text) before" : nil, tellsTokenLifetime ? nil : "no lifetime told",
      givesRefreshTokens ? "refresh tokens" : nil, spelling == usual.spelling ? nil : "\(spelling)",
      metricsNodes > 1 ? "\(metricsNodes) nodes" : nil, tellsMetricsAge ? "age told" : nil,
      wasReadBefore ? "read before" : nil, takesSnapshots ? nil : "no snapshots",
      pageSize == usual.pageSize ? nil : "pages of \(pageSize)", hidesEvery.map { "hides every \($0)th" },
    ]
    return parts.compactMap { $0 }
  }
}
