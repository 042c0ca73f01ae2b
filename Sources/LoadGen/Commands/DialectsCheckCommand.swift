import ArgumentParser
import Foundation
import LoadReports
import LoadRun
import Shared

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
  @Option(name: .shortAndLong, help: "The account that sends it, as in name:password; better by LOADGEN_USER or --user-file.")
  var user: String?
  @Option(help: "A file of accounts, a line name:password each; the first is taken.") var userFile: String?
  @Option(name: [.customShort("H"), .long], help: "A header for every request, as in 'X-Trace: 1' (repeatable).") var header: [String] = []
  @OptionGroup var tls: TLSOptions
  @Option(help: "How long the order is followed (10s).") var orderTimeout: String?
  @Option(help: "A request without a complete answer by then is given up (10s).") var requestTimeout: String?

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

  /// Accounts, headers and limits are said and read as for a run.
  private func scenario(_ target: String) throws(ConfigurationError) -> Scenario {
    var layers = SettingLayers()
    let taken: [Setting] = [.user, .userFile, .header, .orderTimeout, .requestTimeout, .insecure, .cacert, .cert, .key]
    layers.addEnvironment(taken)
    let said: [(Setting, String?)] = [
      (.target, target), (.dialect, dialect), (.user, user), (.userFile, userFile), (.orderTimeout, orderTimeout),
      (.requestTimeout, requestTimeout),
    ]
    for (setting, text) in said {
      if let text { layers.set(setting, [text], from: "--\(setting.rawValue)") }
    }
    tls.add(to: &layers)
    if !header.isEmpty { layers.set(.header, header, from: "--header") }
    if layers[.orderTimeout] == nil { layers.set(.orderTimeout, ["10s"], from: "--order-timeout") }
    return try Scenario(layers)
  }
}
