import ArgumentParser
import Foundation
import LoadReports
import LoadRun
import LoadStudy
import SettingFlags
import Shared

/// `loadgen capacity`: how many orders a target can take.
struct CapacityCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "capacity",
    abstract: "Finds the highest rate of orders at which all goals surely hold, and the lowest at which one does not.",
    discussion: """
      Examples:
        loadgen capacity http://127.0.0.1:8000 --slo 'accept.p(99)<100ms' --slo 'completion.p(95)<2s'
        loadgen capacity http://127.0.0.1:8000 --slo 'completion.p(95)<2s' --from 20/s --to 500/s --budget 5m --at-least 100/s
        loadgen capacity --simulate --workers 8 --service-time exponential:100ms --arrivals poisson --slo 'completion.p(95)<350ms' --budget 2h

      The rate is doubled from --from on until a goal breaks, or orders pile up, and the gap is then halved until it is narrower than --width. A
      rate counts as held or broken only where its trials are sure of it; else it is tried for longer. All flags of 'loadgen run' say what each
      trial does, but those of its load; --simulate takes those of 'loadgen simulate', too.
      Exit codes: 0 an answer, 99 nothing is held, or --at-least is not shown, 104 the configuration is wrong, 105 interrupted, 121 the load
      generator was the limit below --at-least, or before any rate was held, 1 the target could not be loaded any more.
      """)

  @Argument(help: "The target's URL, or a scenario file in YAML.") var place: String?
  @Option(help: "A goal that a rate must keep, as a threshold: 'completion.p(95)<2s' (repeatable).") var slo: [String] = []
  @Option(help: "The lowest rate (--at-least, or 10/s).") var from: String?
  @Option(help: "The highest rate (5000/s).") var to: String?
  @Option(help: "How far the broken rate may lie above the held one (5%).") var width: String?
  @Option(help: "How long all trials may take together (10m).") var budget: String?
  @Option(help: "A rate that must be shown to be held, or else the exit code is 99.") var atLeast: String?
  @Option(help: "A rate that is expected: how much more, or less, the target can take is said in per cent.") var expect: String?
  @Flag(help: "Makes the trials in virtual time, against a simulated system.") var simulate = false
  @OptionGroup(title: SettingHeading.system.title) var system: SettingFlags<SystemFlags>
  @OptionGroup(title: SettingHeading.target.title) var target: SettingFlags<OnlyTargetFlag>
  @OptionGroup var options: RunOptions

  func run() async throws {
    var settings = try settings()
    var said = try said(in: ProcessInfo.processInfo.environment)
    settings.findsWarmUp = said.run[.warmup] == nil
    if settings.findsWarmUp { said.run.set(.warmup, ["5s"], from: "the search") }
    // Each trial sets its own load; until then a scenario is to know that it is open.
    var first = said.run
    first.set(.rate, ["1/s"], from: "the search")
    first.set(.duration, ["1m"], from: "the search")
    let scenario = try Scenario(first)
    settings.warmup = scenario.warmup.seconds
    // The seed that was drawn is that of all trials' seeds.
    said.run.set(.seed, ["\(scenario.seed)"], from: "the search")
    var simulated: SimulatedSystem.Settings?
    if simulate {
      var system = SystemSetting.defaults
      try said.system.take(into: &system)
      simulated = system
    }
    let atLeast = try atLeastRate
    let expected = try expect.map { text throws(ConfigurationError) in try Self.rate(text, "--expect") }
    try await CapacityTrials(
      said: said.run, scenario: scenario, system: simulated, search: CapacitySearch(settings), atLeast: atLeast, expected: expected,
      quiet: options.quiet, usesColour: options.usesColour
    ).execute()
  }

  private func settings() throws(ConfigurationError) -> CapacitySearch.Settings {
    guard !slo.isEmpty else { throw ConfigurationError("no goal is named: say what a rate must keep, as in --slo 'completion.p(95)<2s'") }
    var goals: [CapacityGoal] = []
    for text in slo {
      let goal = try CapacityGoal(text: text)
      if !goals.contains(goal) { goals.append(goal) }
    }
    var settings = CapacitySearch.Settings(goals: goals)
    // Whether what must be shown is held is known first.
    if let from { settings.from = try Self.rate(from, "--from") } else if let rate = try atLeastRate { settings.from = rate }
    if let to { settings.to = try Self.rate(to, "--to") }
    guard settings.from < settings.to else {
      let flag = from == nil && atLeast != nil ? "--at-least" : "--from"
      throw ConfigurationError(
        "\(flag) \(Figure.rate(settings.from)) is not below --to \(Figure.rate(settings.to)): between them the search looks")
    }
    if let width {
      settings.width = try Share.fraction(of: width, "--width")
      guard (0.005...1).contains(settings.width) else { throw ConfigurationError("--width \(width): between 0.5% and 100% would be right") }
    }
    if let budget {
      do { settings.budget = try Duration(text: budget).seconds } catch { throw ConfigurationError("--budget: \(error)") }
    }
    return settings
  }

  private var atLeastRate: Double? {
    get throws(ConfigurationError) { try atLeast.map { text throws(ConfigurationError) in try Self.rate(text, "--at-least") } }
  }

  private static func rate(_ text: String, _ flag: String) throws(ConfigurationError) -> Double {
    do { return try Rate(text: text).perSecond } catch { throw ConfigurationError("\(flag): \(error)") }
  }

  /// What files, environment and flags say about each trial.
  private func said(in environment: [String: String]) throws(ConfigurationError) -> SaidSettings {
    var said = SaidSettings()
    if simulate {
      guard target.said.isEmpty, place.map(ScenarioFile.isOne) ?? true else {
        throw ConfigurationError("--simulate has no target: leave '\(place ?? "--target")' out, or --simulate")
      }
      if let place { try said.add(file: place) }
      said.add(environment: environment)
      said.run.add(flags: options.said)
      said.system.add(flags: system.said)
      said.run.set(.target, ["http://simulated"], from: "the simulation")
    } else {
      if let flag = system.said.keys.min() { throw ConfigurationError("--\(flag) is of a simulated system: add --simulate") }
      said.run = try SaidSettings.ofRun(place, target: target.said, options: options.said, environment: environment)
    }
    for setting in [Setting.rate, .schedule, .orders, .duration, .concurrency, .waitFor, .thinkTime] where said.run[setting] != nil {
      throw ConfigurationError("\(said.run.origin(setting)) is of a single run: the search chooses rates, and how long each is tried")
    }
    for setting in [Setting.threshold, .confidence] where said.run[setting] != nil {
      throw ConfigurationError("\(said.run.origin(setting)): what a rate must keep is said by --slo, and how sure that is is the search's")
    }
    for setting in [Setting.orderLog, .ordersCSV] where said.run[setting] != nil {
      throw ConfigurationError("\(said.run.origin(setting)) is of single runs, and each of these is one of many: make one by 'loadgen run'")
    }
    if said.run[.name] == nil { said.run.set(.name, ["capacity"], from: "the search") }
    said.run.set(.threshold, slo, from: "--slo")
    return said
  }
}
