import ArgumentParser
import Foundation
import LoadReports
import LoadRun
import Shared

/// `loadgen demo`: starts order-server with a temporary database, and runs a load against it.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Starts an order server, sends it 2,000 orders at 200/s, follows and audits them, and writes a report.",
    discussion: """
      Examples:
        loadgen demo
        loadgen demo --rate 400/s -n 4000 -o reports/mine

      The order-server that lies beside loadgen is started, else the one on PATH, with a temporary database.
      """)

  @OptionGroup var options: RunOptions

  /// Eight workers at a mean of 20 ms process 400 orders/s, twice the demo's rate, so that queues form and dissolve.
  private static let service = "--workers 8 --service-time exponential:20ms --seed 1"

  func run() async throws {
    let server = try Self.server()
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("loadgen-demo-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = "sqlite:" + folder.appendingPathComponent("orders.db").path
    var layers = SettingLayers()
    let origin = "the demo"
    layers.set(.name, ["demo"], from: origin)
    layers.set(.target, ["http://127.0.0.1:{port}"], from: origin)
    layers.set(.serve, ["exec \(Self.quoted(server)) --port {port} --store \(Self.quoted(store)) \(Self.service)"], from: origin)
    let flags = options.said
    if flags[Setting.schedule.rawValue] == nil {
      layers.set(.rate, ["200/s"], from: origin)
      layers.set(.orders, ["2000"], from: origin)
    }
    layers.set(.poll, ["20ms"], from: origin)
    layers.add(flags: flags)
    try await Run(scenario: Scenario(layers), quiet: options.quiet, colour: options.usesColour).execute()
  }

  /// The path of the order-server next to this program, or else of the one on PATH.
  /// - Throws: `ConfigurationError` where there is neither.
  private static func server() throws -> String {
    let own = URL(
      fileURLWithPath: (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0])
    let beside = own.deletingLastPathComponent().appendingPathComponent("order-server").path
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let places = [beside] + path.split(separator: ":").map { "\($0)/order-server" }
    guard let found = places.first(where: FileManager.default.isExecutableFile(atPath:)) else {
      throw ConfigurationError("there is no order-server beside loadgen (\(beside)) or on PATH: build it by 'swift build -c release'")
    }
    return found
  }

  /// The text as a single word for the shell, whatever it contains.
  private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
}
