import ArgumentParser
import Foundation
import Shared
import Testing

@testable import LoadGen
@testable import LoadRun
@testable import SettingFlags

@Suite("Settings, each declared once")
struct SettingTests {
  /// Nobody reads it without complaint.
  private static let bad = "a\u{1}b"

  /// What is wrong with a run, as far as its settings tell; `nil` where nothing is.
  private func complaint(of make: () throws -> SaidSettings) throws -> String? {
    do {
      let said = try make()
      _ = try Scenario(said.run)
      var system = SystemSetting.defaults
      try said.system.take(into: &system)
      return nil
    } catch let error as ConfigurationError { return error.description }
  }

  /// Gives each setting by flag, by variable and in a scenario file, and expects it to be read, and blamed.
  /// - Parameters:
  ///   - flags: what a command understood of all flags at once.
  ///   - said: what the command says of itself, given a scenario file, if any, and an environment.
  private func expectThatAreRead<Key: DeclaredSetting>(
    _ settings: [Key], flags: [String: [String]], said: (String?, [String: String]) throws -> SaidSettings
  ) throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("setting-\(UUID().uuidString).yaml").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    for setting in settings {
      let isOn = setting.declaration.kind == .onOff
      #expect(flags[setting.rawValue] == [isOn ? "true" : Self.bad], "\(setting.flag)")
      let byFlag = try complaint {
        var said = try said(nil, [:])
        said.run.add(flags: [setting.rawValue: [Self.bad]])
        said.system.add(flags: [setting.rawValue: [Self.bad]])
        return said
      }
      #expect(byFlag?.hasPrefix("\(setting.flag): it has a control character in it, U+0001") == true, "\(byFlag ?? setting.flag)")
      if setting.rawValue == Setting.target.rawValue { continue }
      let byVariable = try complaint { try said(nil, [setting.variable: Self.bad]) }
      #expect(byVariable?.hasPrefix("\(setting.variable): it has a control") == true, "\(byVariable ?? setting.variable)")
      try Data("target: http://127.0.0.1:1\n\(setting.rawValue): \"a\\x01b\"\n".utf8).write(to: URL(fileURLWithPath: file))
      let byKey = try complaint { try said(file, [:]) }
      #expect(byKey?.hasPrefix("\(file):2: \(setting.rawValue): it has a control") == true, "\(byKey ?? setting.rawValue)")
    }
  }

  private func flags(_ settings: [some DeclaredSetting]) -> [String] {
    settings.flatMap { $0.declaration.kind == .onOff ? [$0.flag] : [$0.flag, Self.bad] }
  }

  @Test("Every setting of a run is read from its flag, its variable and its key")
  func ofRuns() throws {
    let all = try RunCommand.parse(flags(Setting.allCases))
    let plain = try RunCommand.parse([])
    let flags = [all.options.said, all.target.said, all.confidence.said].reduce(into: [:]) { $0.merge($1) { $1 } }
    try expectThatAreRead(Setting.allCases, flags: flags) { file, environment in
      var command = plain
      command.place = file ?? "http://127.0.0.1:1"
      var said = SaidSettings()
      said.run = try command.said(in: environment)
      return said
    }
    for (key, environment) in [("", ["LOADGEN_TARGET": Self.bad]), ("target: \"a\\x01b\"\n", [:])] {
      let file = FileManager.default.temporaryDirectory.appendingPathComponent("target-\(UUID().uuidString).yaml").path
      defer { try? FileManager.default.removeItem(atPath: file) }
      try Data(key.utf8).write(to: URL(fileURLWithPath: file))
      let error = #expect(throws: ConfigurationError.self) {
        var command = plain
        command.place = file
        _ = try Scenario(command.said(in: environment))
      }
      #expect(error?.description.hasSuffix("U+0001: leave that out") == true)
    }
  }

  @Test("Every setting of a simulated system is read from its flag, its variable and its key")
  func ofSystems() throws {
    let all = try SimulateCommand.parse(flags(SystemSetting.allCases))
    let plain = try SimulateCommand.parse([])
    try expectThatAreRead(SystemSetting.allCases, flags: all.system.said) { file, environment in
      var command = plain
      command.file = file
      return try command.said(in: environment)
    }
  }

  @Test("No name or short flag means two things")
  func names() {
    let names = Setting.allCases.map(\.rawValue) + SystemSetting.allCases.map(\.rawValue)
    #expect(Set(names).count == names.count)
    let short = Setting.allCases.compactMap(\.form.short) + SystemSetting.allCases.compactMap(\.form.short)
    #expect(Set(short).count == short.count && !short.contains("q") && !short.contains("h"))
  }

  @Test("The help has every setting once, under its heading, with its default")
  func help() throws {
    let forms = Setting.allCases.map(\.form)
    let run = RunCommand.helpMessage(columns: 10_000)
    let simulate = SimulateCommand.helpMessage(columns: 10_000)
    try expectOnce(forms, in: run)
    try expectOnce(forms.filter { $0.name != Setting.target.rawValue } + SystemSetting.allCases.map(\.form), in: simulate)
    #expect(run.contains("The first part of the load, counted but not measured (0s).\n"))
    #expect(simulate.contains("How many orders are processed at the same time: a number, or unlimited (8).\n"))
  }

  private func expectOnce(_ forms: [SettingForm], in help: String) throws {
    var heading = ""
    var found: [String: [String]] = [:]
    for line in help.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasSuffix(":"), !line.hasPrefix(" ") { heading = String(line.dropLast()) }
      guard line.hasPrefix("  -"), let flag = line.firstMatch(of: /--([a-z-]+)/) else { continue }
      found[String(flag.output.1), default: []].append(heading)
    }
    for form in forms { #expect(found[form.name] == [form.heading.title.uppercased()], "\(form.name)") }
  }

  @Test("A default that is told is what is taken where it is said")
  func defaults() throws {
    for setting in SystemSetting.allCases where setting.declaration.fallback == nil {
      // Of a list there is nothing by default, and nothing to say.
      if case .list = setting.form.kind { continue }
      var said = LayeredSettings<SystemSetting>()
      said.set(setting, [try #require(setting.form.fallback)], from: setting.flag)
      var system = SystemSetting.defaults
      try said.take(into: &system)
      #expect(system == SystemSetting.defaults, "\(setting)")
    }
    var said = SettingLayers()
    said.set(.target, ["http://127.0.0.1:1"], from: "the target")
    let plain = try Scenario(said, randomSeed: 1)
    for setting in Setting.allCases where setting.declaration.fallback == nil {
      guard let text = setting.form.fallback else { continue }
      var more = said
      more.set(setting, [text], from: setting.flag)
      #expect(try Scenario(more, randomSeed: 1).resolved == plain.resolved, "\(setting)")
    }
  }

  @Test("A value that a report tells is one that can be said", arguments: ["200/s", "0/s..9/s over 1m", nil])
  func told(rate: String?) throws {
    var said = SettingLayers()
    said.set(.target, ["http://127.0.0.1:1"], from: "the target")
    for (setting, text) in [
      (Setting.warmup, "1500ms"), (.duration, "90s"), (.pollFirst, "1s"), (.pollJitter, "12.5%"), (.maxPolls, "30/m"),
      (.auditPrecision, "10ms:2.5%"),
      (.mix, "invalid=0.5%,list=2%"), (.connectRamp, "10s"), (.onInvalid, "warn"), (.name, "mine"),
    ] { said.set(setting, [text], from: setting.flag) }
    if let rate { said.set(.rate, [rate], from: "--rate") } else { said.set(.thinkTime, ["uniform:1s..2s"], from: "--think-time") }
    if rate?.contains("over") == true { said.set(.duration, ["1m"], from: "--duration") }
    let scenario = try Scenario(said, randomSeed: 7)
    var again = SettingLayers()
    for (name, text) in scenario.resolved where name != Setting.threshold.rawValue {
      again.set(try #require(Setting(rawValue: name)), [text], from: "--\(name)")
    }
    let repeated = try Scenario(again)
    #expect(repeated.resolved == scenario.resolved)
    #expect(repeated.hash == scenario.hash)
  }
}
