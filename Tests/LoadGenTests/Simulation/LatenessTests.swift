import Shared
import Testing

@testable import LoadRun

@Suite("A loop's own lateness, in virtual time")
struct LatenessTests {
  /// Creates that are answered in time, and nothing that goes wrong.
  private func scenario(_ seed: UInt64) throws -> VirtualScenario {
    var scenario = try VirtualScenario(seed: seed)
    scenario.isOpen = true
    scenario.rate = 100
    scenario.end = LoadEnd(orders: 100)
    scenario.core.connections = 200
    return scenario
  }

  @Test("A loop that is never busy has no lag, whatever befalls the run", arguments: Seeds.blocks(60, of: 10))
  func idleLoops(seeds: Range<UInt64>) throws {
    for seed in seeds {
      var scenario = try VirtualScenario.random(seed: seed)
      scenario.lag = 0...0
      let ledger = try VirtualRun(scenario).merged()
      #expect(ledger.latencies.loopLag.observed.max ?? 0 == 0, "seed \(seed)")
      #expect(ledger.ownDoing == OwnDoing(), "seed \(seed)")
    }
  }

  @Test("A loop that is busy has lag, and no more than it was busy")
  func busyLoops() throws {
    for seed in 0..<10 as Range<UInt64> {
      var scenario = try scenario(seed)
      scenario.lag = 20 * .millisecond...(80 * .millisecond)
      // Answers that come long after the next poll would be due are nobody's lateness.
      scenario.front.handling = 300 * .millisecond...(400 * .millisecond)
      let lag = try VirtualRun(scenario).merged().latencies.loopLag.observed
      #expect(lag.count > 0 && (lag.max ?? 0) >= 20 * .millisecond, "seed \(seed)")
      let quiet = try {
        scenario.lag = 0...0
        return try VirtualRun(scenario).merged().latencies.loopLag.observed
      }()
      #expect(quiet.max == 0, "seed \(seed)")
    }
  }

  @Test("A request whose answer has come in time is never given up, however late the loop comes to it")
  func looksOnceMore() throws {
    var late = 0
    for seed in 0..<20 as Range<UInt64> {
      var scenario = try scenario(seed)
      scenario.core.requestTimeout = 100 * .millisecond
      // Once on the way in, and once on the way out.
      scenario.front.handling = 25 * .millisecond...(45 * .millisecond)
      scenario.lag = 0...(400 * .millisecond)
      scenario.audits = false
      let run = try VirtualRun(scenario)
      let ledger = run.merged()
      #expect(ledger.failures.count(of: .timeout) == 0, "seed \(seed): \(ledger.failures.sorted)")
      #expect(ledger.counts[.completed] == 100, "seed \(seed): \(ledger.counts)")
      late += ledger.latencies.acceptService.observed.max ?? 0 > 100 * .millisecond ? 1 : 0
      #expect(run.endFindings + run.bookFindings + run.intervalFindings == [], "seed \(seed)")
    }
    #expect(late > 10)
  }

  @Test("A request that is never answered is given up once, and not much later than a late loop has made it")
  func givesUp() throws {
    for seed in 0..<10 as Range<UInt64> {
      var scenario = try scenario(seed)
      scenario.core.requestTimeout = 100 * .millisecond
      scenario.faults.vanishes = 0.3
      scenario.lag = 0...(50 * .millisecond)
      let run = try VirtualRun(scenario)
      let ledger = run.merged()
      #expect(ledger.counts[.ambiguous] + ledger.counts[.errored] > 10, "seed \(seed)")
      // Its time, as much again for a loop that stood still, and what the loop was late both times.
      let longest = ledger.latencies.acceptService.censored.max ?? 0
      #expect(longest <= 4 * 100 * .millisecond, "seed \(seed): \(longest)")
      #expect(run.endFindings + run.bookFindings + run.intervalFindings == [], "seed \(seed)")
    }
  }

  @Test("An order whose connection was closed before it was written goes over another one, and is counted once")
  func staleConnections() throws {
    for seed in 0..<20 as Range<UInt64> {
      var scenario = try scenario(seed)
      scenario.core.connections = 10
      scenario.core.follows = false
      scenario.faults.staleClose = 1
      scenario.core.requestTimeout = 100 * .millisecond
      scenario.lag = 0...(100 * .millisecond)
      scenario.audits = false
      let run = try VirtualRun(scenario)
      let ledger = run.merged()
      #expect(ledger.counts[.errored] == 0 && ledger.counts[.notSent] == 0, "seed \(seed): \(ledger.counts)")
      #expect(ledger.counts.submitted == 100)
      #expect(run.endFindings + run.bookFindings == [], "seed \(seed)")
    }
  }
}
