import ArgumentParser
import Foundation
import LoadReports
import LoadRun
import SettingFlags
import Shared

/// `loadgen dialects guess`: writes a dialect file from what an API says of itself.
struct DialectsGuessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "guess",
    abstract: "Writes a dialect file from what an API says of itself, to be checked and mended by hand.",
    discussion: """
      Examples:
        loadgen dialects guess http://127.0.0.1:8000 > my-shop.yaml
        loadgen dialects guess http://127.0.0.1:8000/api -o my-shop.yaml
        LOADGEN_USER=name:password loadgen dialects guess https://orders.example.com -o my-shop.yaml
        loadgen dialects check my-shop.yaml --target http://127.0.0.1:8000

      It reads /openapi.json (OpenAPI 3) and the figures, as at /metrics (JSON, or Prometheus text), and sends no order: GET is all it sends.
      The file says of each key what it was taken from, and has TODO before what is to be filled in.
      Exit codes: 0 a file was written, 104 the target says nothing of itself, or cannot be reached.
      """)

  @Argument(help: "The URL of the API.") var target: String
  @Option(
    name: .shortAndLong, help: ArgumentHelp("The file to write, which must not be there yet (standard output).", valueName: "file"))
  var output: String?
  @OptionGroup var flags: SettingFlags<GuessFlags>

  func run() async throws {
    if let output, FileManager.default.fileExists(atPath: output) { throw Self.isThere(output) }
    let scenario = try scenario()
    let url = try TargetURL(text: target)
    ProxyNote.say(url)
    var explorer = TargetExplorer(scenario, target: url, over: try scenario.tls.client(of: url))
    let file = await explorer.guess()
    for line in explorer.tried { Console.note(line) }
    guard let file else {
      throw ConfigurationError(
        "\(url) says nothing of itself from which a dialect could be guessed: 'loadgen dialects show standard > my-shop.yaml' writes one to start from"
      )
    }
    if let output { try Self.write(file.text, to: output) } else { try Console.result(file.text) }
    Console.note(Self.next(file, url, output ?? "my-shop.yaml"))
  }

  /// What is to be done next, in words.
  private static func next(_ file: GuessedFile, _ url: TargetURL, _ name: String) -> String {
    let open = file.openKeys
    let todo = open.isEmpty ? "" : "fill in \(open.joined(separator: ", ")) (TODO), then "
    return "\(todo)hold it against the API by one order: loadgen dialects check \(name) --target \(url)"
  }

  /// Writes a new file.
  /// - Throws: `ConfigurationError` where there is one already, or it cannot be written.
  private static func write(_ text: String, to path: String) throws(ConfigurationError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o666)
    guard descriptor >= 0 else {
      throw errno == EEXIST ? isThere(path) : ConfigurationError("'\(path)' cannot be written: \(String(cString: strerror(errno)))")
    }
    let failure = Console.write(text, to: descriptor)
    let isClosed = close(descriptor) == 0
    if let number = failure ?? (isClosed ? nil : errno) {
      unlink(path)
      throw ConfigurationError("'\(path)' cannot be written: \(String(cString: strerror(number)))")
    }
  }

  private static func isThere(_ path: String) -> ConfigurationError {
    ConfigurationError("'\(path)' is there already, and is not overwritten: name another file with -o")
  }

  /// The settings of a run that apply to asking, from the environment and from flags.
  private func scenario() throws(ConfigurationError) -> Scenario {
    var layers = SettingLayers()
    let environment = ProcessInfo.processInfo.environment
    for note in SaidSettings.notes(on: environment) { Console.note("note: \(note)") }
    layers.add(environment: environment, taken: GuessFlags.settings)
    layers.set(.target, [target], from: Setting.target.flag)
    layers.add(flags: flags.said)
    return try Scenario(layers)
  }
}

/// The settings of a run that also apply to asking.
enum GuessFlags: FlagGroup {
  static let settings: [Setting] = [.user, .userFile, .header, .insecure, .cacert, .cert, .key, .requestTimeout]

  static let flags = DeclaredFlags(settings.map(\.form))
}
