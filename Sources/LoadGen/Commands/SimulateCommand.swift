import ArgumentParser
import Foundation
import LoadReports
import LoadRun
import Shared

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

      Takes the flags of 'loadgen run', and those of the system that is simulated. The same seed gives the same figures, always.
      """)

  @Argument(help: "A scenario file in YAML.") var file: String?
  @OptionGroup(title: "The system") var system: SimulationOptions
  @OptionGroup(title: "The load") var options: RunOptions

  func run() async throws {
    var layers = SettingLayers()
    if let file {
      guard ScenarioFile.isOne(file) else {
        throw ConfigurationError("'\(file)' is no scenario file: a simulation has no target, so write a .yaml file, or only flags")
      }
      try ScenarioFile.read(file, into: &layers)
      if layers[.name] == nil { layers.set(.name, [ScenarioFile.name(file)], from: file) }
    }
    layers.addEnvironment()
    options.add(to: &layers)
    if layers[.name] == nil { layers.set(.name, ["simulation"], from: "the simulation") }
    layers.set(.target, ["http://simulated"], from: "the simulation")
    let run = SimulatedRun(scenario: try Scenario(layers), system: try system.system(), quiet: options.quiet, colour: options.usesColour)
    try await run.execute()
  }
}
