import Foundation
import Shared
import Testing

@testable import LoadRun

@Suite("The shape of a load, as settings")
struct LoadShapeTests {
  private func layers(_ values: [Setting: String]) -> SettingLayers {
    var layers = SettingLayers()
    layers.set(.target, ["http://127.0.0.1:1"], from: "--target")
    for (setting, text) in values { layers.set(setting, [text], from: "--\(setting.rawValue)") }
    return layers
  }

  private func withFile<Result>(_ text: String, _ body: (String) throws -> Result) throws -> Result {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("shape-\(UUID().uuidString)").path
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
  }

  @Test("Stages last as long as they say, and --duration and --orders cut them")
  func stages() throws {
    let text = "0/s..100/s over 10s, 100/s for 20s"
    let whole = try Scenario(layers([.rate: text]))
    #expect(whole.load == .stages(try RateStages(text: text), .constant))
    #expect(whole.duration == .seconds(30))
    #expect(whole.orders == nil)
    #expect(whole.expectedOrders == 2_500)
    #expect(whole.arrivalSpan == 30)
    #expect(whole.resolved["rate"] == text)
    #expect(whole.resolved["arrivals"] == "constant")
    let shorter = try Scenario(layers([.rate: text, .duration: "10s"]))
    #expect(shorter.expectedOrders == 500)
    #expect(shorter.arrivalSpan == 10)
    let fewer = try Scenario(layers([.rate: text, .orders: "1500"]))
    #expect(fewer.expectedOrders == 1_500)
    #expect(fewer.arrivalSpan == 20)
    #expect(try Scenario(layers([.rate: text, .arrivals: "poisson"])).expectedOrders == nil)
  }

  @Test("A plain rate is what it was, with or without a word about stages")
  func plainRate() throws {
    #expect(try Scenario(layers([.rate: "200/s", .duration: "1s"])).load == .open(try Rate(text: "200/s"), .constant))
    #expect(try Scenario(layers([.rate: "200/s for 1s"])).expectedOrders == 200)
  }

  @Test("A scenario file has stages as one text, or as a list")
  func file() throws {
    for text in ["rate: 0/s..100/s over 10s, 100/s for 20s\n", "rate:\n  - 0/s..100/s over 10s\n  - 100/s for 20s\n"] {
      let scenario = try withFile("target: http://127.0.0.1:1\n" + text) { path in
        var layers = SettingLayers()
        try ScenarioFile(path).add(to: &layers)
        return try Scenario(layers)
      }
      #expect(scenario.resolved["rate"] == "0/s..100/s over 10s, 100/s for 20s")
    }
  }

  @Test("A recorded schedule is cut by --orders and --duration, and told apart by its due times, not by its name")
  func recorded() throws {
    try withFile("0\n1\n2.5\n") { path in
      let whole = try Scenario(layers([.schedule: path]))
      #expect(whole.load == .recorded(RecordedTimes([0, .second, 2_500 * .millisecond])))
      #expect(whole.expectedOrders == 3)
      #expect(whole.orders == nil)
      #expect(whole.duration == nil)
      #expect(whole.arrivalSpan == 2.5)
      #expect(whole.connections == Scenario.defaultUsers)
      #expect(whole.resolved["schedule"] == path)
      #expect(try Scenario(layers([.schedule: path, .orders: "2"])).arrivalSpan == 1)
      #expect(try Scenario(layers([.schedule: path, .duration: "2s"])).expectedOrders == 2)
      #expect(try Scenario(layers([.schedule: path, .duration: "1m"])).expectedOrders == 3)
      let alike = try withFile("0\n1\n2.5\n") { try Scenario(layers([.schedule: $0])) }
      #expect(alike.hash == whole.hash)
      let other = try withFile("0\n1\n2.6\n") { try Scenario(layers([.schedule: $0])) }
      #expect(other.hash != whole.hash)
    }
  }

  @Test("Users think as they are told to")
  func thinkTime() throws {
    for text in ["500ms", "uniform:0s..1s", "exponential:500ms", "lognormal:500ms,1.0"] {
      let scenario = try Scenario(layers([.concurrency: "5", .thinkTime: text]))
      #expect(scenario.resolved["think-time"] == text)
    }
    #expect(try Scenario(layers([:])).resolved["think-time"] == nil)
  }

  @Test(
    "What contradicts itself is refused in words",
    arguments: [
      ([.rate: "10/s for 10s", .duration: "11s"], "--duration: the stages of --rate last 10s, and 11s is longer"),
      ([.rate: "10/s for 10s", .warmup: "10s"], "leaves nothing of 10s"),
      ([.rate: "10/s for 10s", .thinkTime: "1s"], "--think-time is of a closed load: with --rate nobody waits"),
      ([.rate: "10/s for 10s", .waitFor: "completion"], "with --rate nobody waits"),
      ([.rate: "10/s for 1", .waitFor: "completion"], "--rate: '10/s for 1' is not a rate in stages: stage 1"),
      ([.thinkTime: "soon"], "--think-time: 'soon' is not a duration"),
      ([.thinkTime: "gamma:1s"], "--think-time: 'gamma:1s' is not a think time: the kind 'gamma' is none of"),
      ([.schedule: "/nowhere"], "--schedule: '/nowhere' is not a schedule: it cannot be read"),
    ] as [([Setting: String], String)])
  func contradictions(values: [Setting: String], message: String) {
    let error = #expect(throws: ConfigurationError.self) { try Scenario(layers(values)) }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  @Test(
    "What contradicts a recorded schedule is refused in words",
    arguments: [
      (.rate, "10/s", "--schedule and --rate contradict one another"), (.arrivals, "poisson", "--schedule and --arrivals contradict"),
      (.thinkTime, "1s", "--think-time is of a closed load: with --schedule nobody waits"),
      (.waitFor, "completion", "with --schedule nobody waits"), (.orders, "4", "--orders: 4 orders are more than the 3 of --schedule"),
    ] as [(Setting, String, String)])
  func recordedContradictions(setting: Setting, text: String, message: String) throws {
    try withFile("0\n1\n2\n") { path in
      let error = #expect(throws: ConfigurationError.self) { try Scenario(layers([.schedule: path, setting: text])) }
      #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }
  }

  @Test("A bad line is blamed on setting, file and line")
  func badLine() throws {
    try withFile("0\nsoon\n") { path in
      let error = #expect(throws: ConfigurationError.self) { try Scenario(layers([.schedule: path])) }
      #expect(error?.description.hasPrefix("--schedule: \(path):2: 'soon' is not a due time: ") == true, "\(error?.description ?? "")")
    }
  }
}
