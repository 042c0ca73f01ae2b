import ArgumentParser
import Foundation
import LoadReports
import LoadRun
import SettingFlags
import Shared

/// `loadgen dialects check`: explains a dialect, and tries it on an API.
struct DialectsCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Says what is understood by a dialect, and holds it against an API by one order.",
    discussion: """
      Examples:
        loadgen dialects check my-shop.yaml
        loadgen dialects check my-shop.yaml --target http://127.0.0.1:8000
        LOADGEN_USER=name:password loadgen dialects check basic-auth --target http://127.0.0.1:8000

      With --target one order is sent for real. Each request and answer is shown, without secrets, and what was understood of it.
      Exit codes: 0 all was understood, 104 the file or something that the API said was not.
      """)

  @Argument(help: "A dialect file, or a dialect's name.") var dialect: String
  @Option(help: "The URL of the API that one order is sent to.") var target: String?
  @OptionGroup var flags: SettingFlags<CheckFlags>

  func run() async throws {
    let dialect = try Dialect.named(dialect)
    guard let target else {
      print("\(dialect.name)\(dialect.summary.isEmpty ? "" : ": \(dialect.summary)")\n")
      for sentence in dialect.sentences { print(sentence) }
      print("\nThe file says nothing wrong. Hold it against the API by one order: add --target URL.")
      return
    }
    let scenario = try scenario(target)
    let url = try TargetURL(text: target)
    ProxyNote.say(url)
    var check = DialectCheck(scenario, target: url, over: try scenario.tls.client(of: url))
    await check.run()
    if !check.problems.isEmpty { throw ExitCode(Int32(Outcome.configuration.exitCode)) }
  }

  /// The settings of a run that apply to a single order, from the environment and from flags.
  private func scenario(_ target: String) throws(ConfigurationError) -> Scenario {
    var layers = SettingLayers()
    let environment = ProcessInfo.processInfo.environment
    for note in SaidSettings.notes(on: environment) { Console.note("note: \(note)") }
    layers.set(.orderTimeout, [CheckFlags.orderTimeout.text], from: Setting.orderTimeout.flag)
    layers.add(environment: environment, taken: CheckFlags.settings)
    layers.set(.target, [target], from: Setting.target.flag)
    layers.set(.dialect, [dialect], from: Setting.dialect.flag)
    layers.add(flags: flags.said)
    return try Scenario(layers)
  }
}

/// The settings of a run that also apply to a single order.
enum CheckFlags: FlagGroup {
  static let settings: [Setting] = [.user, .userFile, .header, .insecure, .cacert, .cert, .key, .orderTimeout, .requestTimeout]
  /// A single order is not waited for as long as those of a run.
  static let orderTimeout = Duration.seconds(10)

  static let flags = DeclaredFlags(
    settings.map { setting in
      var form = setting.form
      if setting == .orderTimeout { form.fallback = orderTimeout.text }
      return form
    })
}
