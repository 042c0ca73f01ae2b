import ArgumentParser
import Foundation
import LoadReports
import LoadRun
import Shared

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
  @Option(help: "The target's URL, where a scenario file is given as well.") var target: String?
  @OptionGroup var options: RunOptions

  func run() async throws {
    var layers = SettingLayers()
    var url = target
    if let place {
      if ScenarioFile.isOne(place) {
        try ScenarioFile.read(place, into: &layers)
        if layers[.name] == nil { layers.set(.name, [ScenarioFile.name(place)], from: place) }
      } else {
        guard target == nil else {
          throw ConfigurationError("there are two targets: '\(place)' and --target; give one of them")
        }
        url = place
      }
    }
    layers.addEnvironment()
    options.add(to: &layers)
    if let url { layers.set(.target, [url], from: target == nil ? "the target" : "--target") }
    if layers[.target] == nil, layers[.serve] != nil {
      layers.set(.target, ["http://127.0.0.1:{port}"], from: "--serve")
    }
    try await Run(scenario: Scenario(layers), quiet: options.quiet, colour: options.usesColour).execute()
  }
}
