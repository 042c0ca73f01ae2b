import Foundation
import Shared
import Testing

@testable import LoadRun

@Suite("A simulated run")
struct SimulationTests {
  static func summary(_ result: Simulation.Result, _ scenario: Scenario) throws -> Summary {
    Summary(RunFacts(result.run, of: scenario, at: try TargetURL(text: "http://simulated"), startedAt: "2026-09-21T14:13:20.000Z"))
  }

  @Test(
    "Whatever the load, the system and what befalls them: every order is accounted for, every range holds the truth, the audit cries no wolf",
    arguments: Seeds.blocks(1_000, of: 100))
  func anything(seeds: Range<UInt64>) throws {
    for seed in seeds {
      let findings = try RunFindings(RandomRun(seed: seed)).all
      #expect(findings.isEmpty, "again with: loadgen self-test --seed \(seed): \(findings.prefix(5).joined(separator: "; "))")
    }
  }

  @Test("The same seed gives the same summary, to the byte")
  func replay() throws {
    var compared = 0
    for seed in 0..<40 as Range<UInt64> {
      let drawn = try RandomRun(seed: seed)
      let scenario = try drawn.scenario()
      let settings = drawn.simulation(scenario)
      var texts: [Data] = []
      for _ in 0..<2 {
        // A login that is lost on the way ends a run before it begins.
        guard let result = try? Simulation(settings).run() else { continue }
        var summary = try Self.summary(result, scenario)
        summary.run.id = ""
        summary.generator.cpuSeconds = nil
        summary.generator.peakMemoryBytes = nil
        texts.append(try summary.json())
      }
      #expect(texts.first == texts.last, "seed \(seed)")
      compared += texts.count / 2
    }
    #expect(compared > 30)
  }

  @Test("The number of event loops changes no draw: as many orders come and end, and take as long")
  func eventLoops() throws {
    for seed in 0..<5 as Range<UInt64> {
      let told = try ["1", "2", "5"].map { loops in
        var spread = SimulatedCase(settings: [
          .rate: "50/s", .arrivals: "poisson", .orders: "300", .connections: "200", .seed: "\(seed)", .eventLoops: loops,
        ])
        spread.system.workers = nil
        spread.system.failureRate = 0.1
        spread.system.serviceTime = try ServiceTime(text: "exponential:100ms")
        let result = try spread.run()
        return (orders: result.run.ledger.counts, took: result.truth.completion.buckets.map { "\($0.index): \($0.count)" })
      }
      #expect(told[0].orders[.completed] > 200 && told[0].orders[.failed] > 10)
      for other in told.dropFirst() {
        for outcome in OrderOutcome.allCases { #expect(other.orders[outcome] == told[0].orders[outcome]) }
        // Which order meets which draw may change, and so which of the draws belong to orders that fail: hardly any.
        #expect(Set(other.took).symmetricDifference(told[0].took).count <= 12, "seed \(seed)")
      }
    }
  }

  @Test("The completion that is told lies around the true one, and closer the more often it is asked")
  func tightness() throws {
    for poll in ["5ms", "50ms", "500ms"] {
      var asked = SimulatedCase(settings: [.rate: "20/s", .orders: "500", .poll: poll, .seed: "3", .orderTimeout: "1h"])
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
    var long = SimulatedCase(settings: [.rate: "100/s", .orders: "5000", .poll: "50ms", .seed: "1"])
    long.system.serviceTime = .fixed(.milliseconds(20))
    let result = try long.run()
    #expect(result.books.total == 5_000)
    #expect(result.slots < 200, "\(result.slots) slots")
  }
}
