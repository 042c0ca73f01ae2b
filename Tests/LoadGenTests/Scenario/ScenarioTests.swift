import Shared
import Testing

@testable import LoadRun

@Suite("Scenario")
struct ScenarioTests {
  private func layers(_ values: [Setting: String]) -> SettingLayers {
    var layers = SettingLayers()
    for (setting, text) in values { layers.set(setting, [text], from: "--\(setting.rawValue)") }
    return layers
  }

  @Test("Of default, file, environment and flag the last that says anything wins")
  func laterLayersWin() throws {
    let random = SeededRandom(seed: 11)
    for index in 0..<200 as Range<UInt64> {
      let said = random.bits(.orderContent, index)
      var layers = layers([.target: "http://127.0.0.1:1"])
      var expected = Scenario.defaultUsers
      if said & 1 != 0 {
        layers.set(.concurrency, ["2"], from: "load.yaml:1: concurrency")
        expected = 2
      }
      if said & 2 != 0 {
        layers.add(environment: ["LOADGEN_CONCURRENCY": "3"])
        expected = 3
      }
      if said & 4 != 0 {
        layers.set(.concurrency, ["4"], from: "--concurrency")
        expected = 4
      }
      #expect(try Scenario(layers).load == .closed(users: expected))
    }
  }

  @Test("Without flags it is 50 users and 200 orders, polled from every 100 ms on, with the implicit thresholds")
  func defaults() throws {
    let scenario = try Scenario(layers([.target: "http://127.0.0.1:1"]))
    #expect(scenario.load == .closed(users: 50))
    #expect(scenario.orders == 200)
    #expect(scenario.poll.description == "adaptive:100ms..1m")
    #expect(scenario.thresholds.map(\.expression) == ImplicitThreshold.all.dropLast().map(\.threshold.expression))
    #expect(scenario.exclusivity == .inferred)
  }

  @Test("A served target is exclusive, and must stay alive")
  func served() throws {
    let scenario = try Scenario(layers([.target: "http://127.0.0.1:{port}", .serve: "server {port}"]))
    #expect(scenario.exclusivity == .declared)
    #expect(scenario.thresholds.last?.expression == "served.alive==1")
  }

  @Test("The hash tells what is sent, not where or by which seed; no header's value is told")
  func hashAndSecrets() throws {
    let plain: [Setting: String] = [.target: "http://127.0.0.1:1", .orders: "10"]
    let one = try Scenario(layers(plain), randomSeed: 1)
    let other = try Scenario(layers(plain.merging([.target: "http://127.0.0.1:2"]) { $1 }), randomSeed: 2)
    let more = try Scenario(layers(plain.merging([.orders: "11"]) { $1 }), randomSeed: 1)
    #expect(one.hash == other.hash)
    #expect(one.hash != more.hash)
    let secret = try Scenario(layers(plain.merging([.header: "Authorization: Bearer hunter2"]) { $1 }))
    #expect(!secret.resolved.values.contains { $0.contains("hunter2") })
    #expect(secret.resolved["header"] == "Authorization")
  }

  @Test(
    "A header that would end its line, or that follows from the request, is refused without its value",
    arguments: ["X-A: 1\r\nX-B: 2", "Host: elsewhere", "no colon hunter2", "Content-Length: 3", ": empty"])
  func badHeaders(text: String) {
    let error = #expect(throws: ConfigurationError.self) {
      try Scenario(layers([.target: "http://127.0.0.1:1", .header: text]))
    }
    #expect(error?.description.hasPrefix("--header: ") == true)
    #expect(error?.description.contains("X-B") == false)
  }

  @Test(
    "Loops share a plan exactly: every order once, whatever their number",
    arguments: [1, 2, 3, 7], [0, 1, 10, 101] as [UInt64])
  func sharesPartitionThePlan(loops: Int, orders: UInt64) throws {
    let rate = try Rate(text: "100/s")
    var open: [UInt64] = []
    var closed: [UInt64] = []
    for index in 0..<loops {
      let share = LoopShare(index: index, count: loops)
      let end = LoadEnd(orders: orders, time: nil)
      var opened = OpenSchedule(ArrivalTimes(.poisson, rate: rate, random: SeededRandom(seed: 4)), end: end, share: share)
      while let arrival = opened.next() { open.append(arrival.index) }
      var users = ClosedSchedule(users: 20, end: end, share: share)
      var waiting: [UInt32] = []
      while let arrival = users.next() {
        closed.append(arrival.index)
        waiting.append(arrival.user)
      }
      while let user = waiting.popLast(), let arrival = users.freed(user: user, at: 5) {
        closed.append(arrival.index)
        waiting.append(user)
      }
    }
    #expect(open.sorted() == Array(0..<orders))
    #expect(closed.sorted() == Array(0..<orders))
  }
}
