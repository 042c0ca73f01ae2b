import ArgumentParser
import Foundation
import LoadReports
import LoadRun
import SettingFlags
import Shared

/// `loadgen run`: a run over the network.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Sends orders, follows each to its end, audits, and writes a report.",
    discussion: """
      Examples:
        loadgen run http://127.0.0.1:8000 -c 50 -n 2000
        loadgen run http://127.0.0.1:8000 --rate 200/s --arrivals poisson -d 30s --threshold 'completion.p(95)<5s'
        loadgen run http://127.0.0.1:8000 --rate '0/s..1000/s over 1m, 1000/s for 5m, 200/s for 30s'
        loadgen run http://127.0.0.1:8000 --schedule due-times.csv
        loadgen run http://127.0.0.1:8000 -c 20 -d 1m --think-time exponential:500ms
        loadgen run --serve 'order-server --port {port} --store memory' http://127.0.0.1:{port} -n 1000
        loadgen run scenario.yaml --seed 7

      Settings are taken from the defaults, the scenario file, the environment (LOADGEN_RATE for --rate) and the flags; the later wins.
      Exit codes: 0 passed, 99 a threshold failed, 104 the configuration is wrong, 105 interrupted, 120 the audit found a
      contradiction, 121 the run is not valid, 1 anything else.
      """)

  @Argument(help: "The target's URL, or a scenario file in YAML.") var place: String?
  @OptionGroup(title: SettingHeading.target.title) var target: SettingFlags<OnlyTargetFlag>
  @OptionGroup var options: RunOptions
  @OptionGroup(title: SettingHeading.verdicts.title) var confidence: SettingFlags<ConfidenceFlag>

  func run() async throws {
    let said = try said(in: ProcessInfo.processInfo.environment)
    try await Run(scenario: Scenario(said), quiet: options.quiet, colour: options.usesColour).execute()
  }

  /// What files, environment and flags say about the run.
  func said(in environment: [String: String]) throws(ConfigurationError) -> SettingLayers {
    try SaidSettings.ofRun(
      place, target: target.said, options: options.said.merging(confidence.said) { $1 }, environment: environment)
  }
}

/// The flag for which the first argument may be given.
enum OnlyTargetFlag: FlagGroup {
  static let flags = DeclaredFlags([Setting.target.form])
}
