import Shared
import Testing

@testable import LoadRun

/// A simulated run, as settings of the command line, of the system and of the cores.
struct SimulatedCase {
  var settings: [Setting: String]
  var system = SimulatedSystem.Settings()
  var generator = Simulation.Generator()
  /// Changes what was made of the settings.
  var scenarioChange: (inout Scenario) -> Void = { _ in }
  var coreChange: (inout CoreSettings) -> Void = { _ in }

  init(settings: [Setting: String]) { self.settings = settings }

  func scenario() throws -> Scenario {
    var layers = SettingLayers()
    layers.set(.target, ["http://simulated"], from: "the test")
    for (setting, text) in settings { layers.set(setting, [text], from: "--\(setting.rawValue)") }
    var scenario = try Scenario(layers)
    scenarioChange(&scenario)
    return scenario
  }

  private func simulation(_ scenario: Scenario) -> Simulation.Settings {
    var settings = scenario.simulation(of: system)
    settings.generator = generator
    settings.keepsTranscript = true
    for index in settings.cores.indices { coreChange(&settings.cores[index]) }
    return settings
  }

  func run() throws -> Simulation.Result { try Simulation(simulation(scenario())).run() }

  /// Makes the run, and expects of it what must hold of any: it ends and leaves nothing behind, its books balance, what is said of orders
  /// is so, and the audit cries no wolf.
  func checked(sourceLocation: SourceLocation = #_sourceLocation) throws -> Simulation.Result {
    let scenario = try scenario()
    let findings = try RunFindings(simulation(scenario), of: scenario)
    let told = findings.all + Oracle(findings.result, scenario).findings
    #expect(told.isEmpty, "seed \(settings[.seed] ?? ""): \(told.prefix(5).joined(separator: "; "))", sourceLocation: sourceLocation)
    return findings.result
  }
}

extension SimulatedCase {
  /// An open load over one quiet loop against a faultless system without limits, whose metrics are read four times a second.
  static func quiet(_ seed: UInt64, rate: Int = 100, orders: Int = 100, poll: String = "50ms") -> SimulatedCase {
    var quiet = SimulatedCase(settings: [
      .seed: "\(seed)", .rate: "\(rate)/s", .orders: "\(orders)", .poll: poll, .connections: "8", .orderTimeout: "60s",
      .requestTimeout: "10s", .maxOutstanding: "10000",
    ])
    quiet.system.workers = nil
    quiet.system.serviceTime = .uniform(.zero, .milliseconds(200))
    quiet.system.networkDelay = .uniform(.microseconds(100), .milliseconds(2))
    quiet.system.answerTime = .uniform(.zero, .milliseconds(2))
    quiet.coreChange = { $0.metricsEvery = .second / 4 }
    return quiet
  }

  /// So many users instead of a rate.
  mutating func close(users: Int) {
    settings[.rate] = nil
    settings[.concurrency] = "\(users)"
  }

  /// With so many connections for each of so many loops.
  mutating func spread(loops: Int, connections: Int) {
    settings[.eventLoops] = "\(loops)"
    settings[.connections] = "\(loops * connections)"
  }

  /// Changes the cores' settings, too, beside what was changed before.
  mutating func tune(_ change: @escaping (inout CoreSettings) -> Void) {
    let before = coreChange
    coreChange = {
      before(&$0)
      change(&$0)
    }
  }

  /// Nobody reads metrics.
  mutating func leaveOutMetrics() { scenarioChange = { $0.dialect.metrics = nil } }

  /// Orders are searched in the list.
  mutating func searchList() { scenarioChange = { $0.dialect.status.source = .list } }
}

extension Simulation.Result {
  var ledger: Ledger { run.ledger }

  /// What was told of each order, by number.
  var orders: [UInt64: SimulatedTranscript.Story] {
    Dictionary((transcript?.stories ?? []).map { ($0.order.index, $0) }) { first, _ in first }
  }

  /// When each order was asked for, by its number; pages of a searched list count as those of order 0.
  var polls: [UInt64: [Instant]] { Dictionary(grouping: pollSends, by: \.index).mapValues { $0.map(\.at) } }

  /// In the order of time.
  var pollSends: [SimulatedTranscript.Send] { (transcript?.sends ?? []).filter { $0.what == .poll || $0.what == .listPoll } }
}
