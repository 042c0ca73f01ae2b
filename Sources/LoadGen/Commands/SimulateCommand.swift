import ArgumentParser
import Foundation
import LoadReports
import LoadRun
import SettingFlags
import Shared

/// `loadgen simulate`: the same as `run`, but in virtual time.
struct SimulateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Makes the same run in virtual time, against a simulated order system, and writes the same report.",
    discussion: """
      Examples:
        loadgen simulate --rate 7/s --arrivals poisson --workers 8 --service-time exponential:1s -d 1h
        loadgen simulate --rate '0/s..200/s over 10m, 200/s for 1h' --workers 40 --service-time lognormal:100ms,0.8
        loadgen simulate -c 100 -n 100000 --wait-for completion --workers unlimited --service-time uniform:1s..3s
        loadgen simulate scenario.yaml --workers 4 --threshold 'completion.p(95)<5s'

      Takes the settings of 'loadgen run', and those of the system that is simulated; all of them by a scenario file or the environment, too
      (LOADGEN_WORKERS for --workers). The same seed gives the same figures, always.
      """)

  @Argument(help: "A scenario file in YAML.") var file: String?
  @OptionGroup(title: SettingHeading.system.title) var system: SettingFlags<SystemFlags>
  @OptionGroup var options: RunOptions
  @OptionGroup(title: SettingHeading.verdicts.title) var confidence: SettingFlags<ConfidenceFlag>

  func run() async throws {
    let said = try said(in: ProcessInfo.processInfo.environment)
    let scenario = try Scenario(said.run)
    var simulated = SystemSetting.defaults
    try said.system.take(into: &simulated)
    try await SimulatedRun(scenario: scenario, system: simulated, quiet: options.quiet, colour: options.usesColour).execute()
  }

  /// What file, environment and flags say about the run and its system.
  func said(in environment: [String: String]) throws(ConfigurationError) -> SaidSettings {
    var said = SaidSettings()
    if let file {
      guard ScenarioFile.isOne(file) else {
        throw ConfigurationError("'\(file)' is no scenario file: a simulation has no target, so write a .yaml file, or only flags")
      }
      try said.add(file: file)
    }
    said.add(environment: environment)
    said.run.add(flags: options.said)
    said.run.add(flags: confidence.said)
    said.system.add(flags: system.said)
    if said.run[.name] == nil { said.run.set(.name, ["simulation"], from: "the simulation") }
    said.run.set(.target, ["http://simulated"], from: "the simulation")
    return said
  }
}
