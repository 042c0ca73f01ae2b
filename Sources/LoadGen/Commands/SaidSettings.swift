import LoadRun
import Shared

/// What was said of a run, and of the system that may be simulated for it, from everywhere that settings come from: the later wins.
struct SaidSettings {
  var run = SettingLayers()
  var system = LayeredSettings<SystemSetting>()

  /// Takes up a scenario file. Where it does not name the run, that is called after it.
  /// - Throws: `ConfigurationError` that names file, line and key.
  mutating func add(file path: String) throws(ConfigurationError) {
    let file = try ScenarioFile(path, known: Setting.allCases.map(\.rawValue) + SystemSetting.allCases.map(\.rawValue))
    try file.add(to: &run)
    try file.add(to: &system)
    if run[.name] == nil { run.set(.name, [ScenarioFile.name(path)], from: path) }
  }

  /// Takes up every `LOADGEN_…` variable, and says on standard error which of them are no settings.
  mutating func add(environment: [String: String]) {
    for note in Self.notes(on: environment) { Console.note("note: \(note)") }
    run.add(environment: environment)
    system.add(environment: environment)
  }

  /// Says on standard error what there is of a simulated system, where none is simulated: one scenario may be both run and simulated.
  func noteSystem() {
    for said in system.all { Console.note("note: \(said.origin) is of 'loadgen simulate' alone, so that it changes nothing here") }
  }

  /// A line about each variable that was probably meant to be a setting.
  static func notes(on environment: [String: String]) -> [String] {
    StrangeVariables.notes(
      in: environment, prefix: Setting.prefix, known: Setting.allCases.map(\.variable) + SystemSetting.allCases.map(\.variable))
  }
}
