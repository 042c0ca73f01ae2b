import LoadRun
import Shared

/// What was said about a run, and about the system that may be simulated for it, from all sources of settings; later ones win.
struct SaidSettings {
  var run = SettingLayers()
  var system = LayeredSettings<SystemSetting>()

  /// Adds the settings of a scenario file, which also gives the run its name if it does not say another.
  /// - Throws: `ConfigurationError` that names file, line and key.
  mutating func add(file path: String) throws(ConfigurationError) {
    let file = try ScenarioFile(path, known: Setting.allCases.map(\.rawValue) + SystemSetting.allCases.map(\.rawValue))
    try file.add(to: &run)
    try file.add(to: &system)
    if run[.name] == nil { run.set(.name, [ScenarioFile.name(path)], from: path) }
  }

  /// What is said of a run over the network.
  /// - Parameters:
  ///   - place: the target's URL, or a scenario file.
  ///   - target: what `--target` was given, by its name.
  ///   - options: all other flags, by their names.
  static func ofRun(
    _ place: String?, target: [String: [String]], options: [String: [String]], environment: [String: String]
  ) throws(ConfigurationError) -> SettingLayers {
    var said = SaidSettings()
    var url: String?
    if let place, ScenarioFile.isOne(place) { try said.add(file: place) } else { url = place }
    if let url, !target.isEmpty { throw ConfigurationError("there are two targets: '\(url)' and --target; give one of them") }
    said.add(environment: environment)
    said.noteSystem()
    said.run.add(flags: options)
    said.run.add(flags: target)
    if let url { said.run.set(.target, [url], from: "the target") }
    if said.run[.target] == nil, said.run[.serve] != nil { said.run.set(.target, ["http://127.0.0.1:{port}"], from: Setting.serve.flag) }
    return said.run
  }

  /// Adds every `LOADGEN_…` variable, and notes on standard error which of them are not settings.
  mutating func add(environment: [String: String]) {
    for note in Self.notes(on: environment) { Console.note("note: \(note)") }
    run.add(environment: environment)
    system.add(environment: environment)
  }

  /// Notes on standard error which settings of a simulated system have no effect, as none is simulated: a scenario file may serve both.
  func noteSystem() {
    for said in system.all { Console.note("note: \(said.origin) is of 'loadgen simulate' alone, so that it changes nothing here") }
  }

  /// A line about each variable that looks like a setting but is none.
  static func notes(on environment: [String: String]) -> [String] {
    StrangeVariables.notes(
      in: environment, prefix: Setting.prefix, known: Setting.allCases.map(\.variable) + SystemSetting.allCases.map(\.variable))
  }
}
