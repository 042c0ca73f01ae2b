import ArgumentParser
import Foundation
import LoadReports
import LoadRun
import LoadStudy
import SettingFlags
import Shared

/// `loadgen ab`: two programs, started in turn, loaded alike, and compared.
struct ABCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ab",
    abstract: "Starts a baseline and a candidate in turn, loads both alike, and says whether the candidate is worse.",
    discussion: """
      Examples:
        loadgen ab --baseline './old --port {port}' --candidate './new --port {port}' --rate 200/s -d 10s --pairs 8
        loadgen ab --baseline './old --port {port}' --candidate './new --port {port}' -c 20 -n 2000 --until-decided
        loadgen ab scenario.yaml --baseline '../main/run --port {port}' --candidate './run --port {port}' --gate 'completion.p(95)' --margin 10%

      In each pair both run once, in an order that is drawn, with the same seed and so with the same orders at the same moments; whatever else
      the machine does, it does to both. Eight pairs are needed for five gates, six for one. --until-decided looks after each pair and ends as
      soon as every gate is decided; its answers hold however often it looks. All flags of 'loadgen run' say what each run does, but --serve.
      Exit codes: 0 no gate regressed, 104 the configuration is wrong or a program does not start, 105 interrupted, 121 too many runs were not
      valid, 122 a gate regressed.
      """)

  @Argument(help: "A scenario file in YAML, or the URL at which both are reached (http://127.0.0.1:{port}).") var place: String?
  @Option(help: "The command that starts the baseline; {port} in it is replaced.") var baseline: String
  @Option(help: "The command that starts the candidate; {port} in it is replaced.") var candidate: String
  @Option(help: "How many pairs are made (8, unless --until-decided is given).") var pairs: Int?
  @Flag(help: "Makes pairs until every gate is decided.") var untilDecided = false
  @Option(help: "The most pairs that --until-decided makes (30).") var maxPairs: Int?
  @OptionGroup(title: "What decides") var comparison: ComparisonOptions
  @OptionGroup(title: SettingHeading.target.title) var target: SettingFlags<OnlyTargetFlag>
  @OptionGroup var options: RunOptions

  func run() async throws {
    let settings = try comparison.settings()
    let length = try length()
    var said = try said(in: ProcessInfo.processInfo.environment)
    let scenario = try Scenario(said)
    // The seed that was drawn is that of all runs' seeds.
    said.set(.seed, ["\(scenario.seed)"], from: "the comparison")
    try await ABRuns(
      said: said, scenario: scenario, commands: [.baseline: baseline, .candidate: candidate],
      course: ABCourse(seed: scenario.seed, length, settings), length: length, quiet: options.quiet, usesColour: options.usesColour
    ).execute()
  }

  private func length() throws(ConfigurationError) -> ABCourse.Length {
    if pairs != nil, untilDecided { throw ConfigurationError("--pairs and --until-decided: give one of them") }
    if maxPairs != nil, !untilDecided { throw ConfigurationError("--max-pairs is of --until-decided: without it, say --pairs") }
    let (count, flag) = untilDecided ? (maxPairs ?? 30, "--max-pairs") : (pairs ?? 8, "--pairs")
    guard (1...1_000).contains(count) else { throw ConfigurationError("\(flag) \(count): from 1 to 1000 would be right") }
    return untilDecided ? .untilDecided(most: count) : .pairs(count)
  }

  /// What files, environment and flags say about each run.
  private func said(in environment: [String: String]) throws(ConfigurationError) -> SettingLayers {
    var run = try SaidSettings.ofRun(place, target: target.said, options: options.said, environment: environment)
    if run[.serve] != nil {
      throw ConfigurationError("--serve starts one program: --baseline and --candidate start the two of a comparison")
    }
    for setting in [Setting.orderLog, .ordersCSV] where run[setting] != nil {
      throw ConfigurationError("\(run.origin(setting)) is of single runs, and each of these is one of many: make one by 'loadgen run'")
    }
    for (flag, command) in [("--baseline", baseline), ("--candidate", candidate)] where !command.contains("{port}") {
      throw ConfigurationError("\(flag) '\(Legible.line(command, limit: 80))' has no {port}: both are started at a free port of their own")
    }
    if run[.target] == nil { run.set(.target, ["http://127.0.0.1:{port}"], from: "--baseline") }
    if run[.name] == nil { run.set(.name, ["ab"], from: "the comparison") }
    // Each run sets its own; until then a scenario is to know that a program is started.
    run.set(.serve, [baseline], from: "--baseline")
    return run
  }
}
