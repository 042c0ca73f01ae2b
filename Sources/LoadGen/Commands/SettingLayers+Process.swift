import Foundation
import LoadReports
import LoadRun

extension SettingLayers {
  /// Takes up this process's `LOADGEN_…` variables, and says on standard error which of them are no settings.
  /// - Parameter taken: those that the command takes.
  mutating func addEnvironment(_ taken: [Setting] = Setting.allCases) {
    let environment = ProcessInfo.processInfo.environment
    for note in Self.notes(on: environment) { Console.note("note: \(note)") }
    add(environment: environment.filter { name, _ in taken.contains { $0.variable == name } })
  }
}
