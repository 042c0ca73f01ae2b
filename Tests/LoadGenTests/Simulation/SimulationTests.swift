import Foundation
import Shared
import Testing

@testable import LoadGen

@Suite("A simulated run")
struct SimulationTests {
  /// A run, as settings of the command line and of the system.
  private struct Case {
    var settings: [Setting: String]
    var system = SimulatedSystem.Settings()

    func scenario() throws -> Scenario {
      var layers = SettingLayers()
      layers.set(.target, ["http://simulated"], from: "the test")
      for (setting, text) in settings { layers.set(setting, [text], from: "--\(setting.rawValue)") }
      return try Scenario(layers)
    }

    func run() throws -> Simulation.Result {
      try Simulation(try scenario().simulation(of: system)).run()
    }

    /// Any load, any policy, any system.
    static func random(seed: UInt64) throws -> Case {
      var dice = Dice(seed: seed)
      var drawn = Case(settings: [.seed: "\(seed)", .poll: dice.pick(["20ms", "100ms", "1s", "backoff:10ms..2s"])])
      let isOpen = dice.chance(0.6)
      if isOpen {
        drawn.settings[.rate] = dice.pick(["5/s", "40/s", "300/s", "0/s..100/s over 2s, 20/s for 3s"])
        drawn.settings[.arrivals] = dice.pick(["constant", "poisson"])
      } else {
        drawn.settings[.concurrency] = dice.pick(["3", "10", "40"])
        drawn.settings[.waitFor] = dice.pick(["answer", "completion"])
        if dice.chance(0.3) { drawn.settings[.thinkTime] = "exponential:200ms" }
      }
      drawn.settings[.orders] = "\(dice.int(3...120))"
      drawn.settings[.connections] = "\(dice.int(3...30))"
      drawn.settings[.eventLoops] = "\(dice.int(1...3))"
      if dice.chance(0.2) { drawn.settings[.warmup] = "500ms" }
      if dice.chance(0.2) { drawn.settings[.orderTimeout] = "700ms" }
      if dice.chance(0.2) { drawn.settings[.requestTimeout] = "20ms" }
      if dice.chance(0.2) { drawn.settings[.maxPolls] = "50/s" }
      if dice.chance(0.2) { drawn.settings[.noKeepAlive] = "true" }
      if dice.chance(0.3) { drawn.settings[.pollJitter] = "30%" }
      if dice.chance(0.2) { drawn.settings[.maxOutstanding] = "5" }
      drawn.system.workers = dice.pick([nil, 1, 4, 20])
      drawn.system.serviceTime = try ServiceTime(
        text: dice.pick(["0ms", "50ms", "uniform:0ms..300ms", "exponential:100ms", "lognormal:80ms,1"]))
      if dice.chance(0.2) { drawn.system.batchEvery = .milliseconds(700) }
      if dice.chance(0.3) { drawn.system.failureRate = 0.1 }
      drawn.system.networkDelay = try ServiceTime(text: dice.pick(["0ms", "50us", "exponential:2ms", "uniform:0ms..20ms"]))
      drawn.system.answerTime = try ServiceTime(text: dice.pick(["0ms", "100us", "exponential:1ms", "uniform:1ms..10ms"]))
      drawn.system.answerLimit = dice.pick([nil, nil, 1, 8])
      if dice.chance(0.4) { drawn.settings[.mix] = "cancel=20%,duplicate=10%,invalid=5%,list=5%" }
      return drawn
    }
  }

  private static func summary(_ result: Simulation.Result, _ scenario: Scenario) throws -> Summary {
    Summary(
      RunFacts(
        scenario: scenario, target: try TargetURL(text: "http://simulated"), startedAt: "2026-09-21T14:13:20.000Z",
        ledger: result.run.ledger, readings: result.run.readings, hasBaseline: result.run.hasBaseline,
        wasInterrupted: result.run.wasInterrupted, ended: result.run.ended, served: nil, servedIsAlive: nil, usage: .now(),
        busyShare: nil))
  }

  @Test("Whatever the load and the system: every order is accounted for, every interval holds the truth, and the audit cries no wolf")
  func anything() throws {
    for seed in 0..<250 as Range<UInt64> {
      let drawn = try Case.random(seed: seed)
      let result = try drawn.run()
      let counts = result.run.ledger.counts
      #expect(counts.scheduled == counts.submitted + counts[.notSent], "seed \(seed)")
      #expect(
        counts.submitted == counts.accepted + counts[.rejected] + counts[.errored] + counts[.ambiguous], "seed \(seed)")
      #expect(result.truth.outside == 0, "seed \(seed): \(result.truth.firstOutside ?? "")")
      let summary = try Self.summary(result, drawn.scenario())
      #expect(
        summary.audit.verdict != .contradicted,
        "seed \(seed): \(summary.audit.checks.filter { $0.verdict == .contradicted }.map(\.sentence)), \(drawn)")
      #expect(counts[.lost] == 0, "seed \(seed)")
      #expect(result.books.total >= counts.accepted, "seed \(seed)")
      #expect(result.books.total <= counts.accepted + counts[.ambiguous], "seed \(seed)")
    }
  }

  @Test("The same seed gives the same summary, to the byte")
  func replay() throws {
    for seed in 0..<20 as Range<UInt64> {
      let drawn = try Case.random(seed: seed)
      var texts: [Data] = []
      for _ in 0..<2 {
        var summary = try Self.summary(drawn.run(), drawn.scenario())
        summary.run.id = ""
        summary.generator.cpuSeconds = nil
        summary.generator.peakMemoryBytes = nil
        texts.append(try summary.json())
      }
      #expect(texts[0] == texts[1], "seed \(seed)")
    }
  }

  @Test("The completion that is told lies around the true one, and closer the more often it is asked")
  func tightness() throws {
    for poll in ["5ms", "50ms", "500ms"] {
      var asked = Case(settings: [.rate: "20/s", .orders: "500", .poll: poll, .seed: "3", .orderTimeout: "1h"])
      asked.system.workers = nil
      asked.system.serviceTime = try ServiceTime(text: "exponential:400ms")
      let result = try asked.run()
      #expect(result.truth.completed == 500)
      let summary = try Self.summary(result, asked.scenario())
      let told = try #require(summary.intervals["completion"])
      let gap = try Duration(text: poll).seconds
      let (lower, upper) = (try #require(told.lower.mean), try #require(told.upper.mean))
      // The gap, and two ways and an answer on each side of it, to what the histogram keeps.
      #expect(upper - lower < gap + 0.002, "polled every \(poll)")
      let truth = Summary.LatencyFigures(observed: result.truth.completion)
      let mean = try #require(truth.values.mean)
      #expect(lower <= mean * 1.001 && mean * 0.999 <= upper)
    }
  }

  @Test("The system forgets an order once its story is over: memory grows with what is outstanding")
  func memory() throws {
    var long = Case(settings: [.rate: "100/s", .orders: "5000", .poll: "50ms", .seed: "1"])
    long.system.serviceTime = .fixed(.milliseconds(20))
    let result = try long.run()
    #expect(result.books.total == 5_000)
    #expect(result.slots < 200, "\(result.slots) slots")
  }
}
