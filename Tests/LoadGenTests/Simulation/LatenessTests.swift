import Shared
import Testing

@testable import LoadRun

/// That a loop which is never busy has no lag, whatever befalls the run, is the self-test's.
@Suite("A loop's own lateness, in virtual time")
struct LatenessTests {
  /// Creates that are answered in time, and nothing that goes wrong.
  private func quiet(_ seed: UInt64, busy: Int64) -> SimulatedCase {
    var quiet = SimulatedCase.quiet(seed)
    quiet.settings[.connections] = "200"
    quiet.generator.busy = busy
    return quiet
  }

  @Test("A loop that is busy has lag, and no more than it was busy")
  func busyLoops() throws {
    for seed in 0..<10 as Range<UInt64> {
      func lag(busy: Int64) throws -> LatencyHistogram {
        var busy = quiet(seed, busy: busy)
        // Answers that come long after the next poll would be due are nobody's lateness.
        busy.system.answerTime = .uniform(.milliseconds(600), .milliseconds(800))
        return try busy.checked().ledger.latencies.loopLag.observed
      }
      let lag80 = try lag(busy: 80 * .millisecond)
      #expect(lag80.count > 0 && (20 * .millisecond...80 * .millisecond).contains(lag80.max ?? 0), "seed \(seed): \(lag80.max ?? 0)")
      #expect(try lag(busy: 0).max == 0, "seed \(seed)")
    }
  }

  @Test("A request whose answer has come in time is never given up, however late the loop comes to it")
  func looksOnceMore() throws {
    var late = 0
    for seed in 0..<20 as Range<UInt64> {
      var busy = quiet(seed, busy: 400 * .millisecond)
      busy.settings[.requestTimeout] = "100ms"
      busy.system.answerTime = .uniform(.milliseconds(50), .milliseconds(90))
      busy.leaveOutMetrics()
      let ledger = try busy.checked().ledger
      #expect(ledger.failures.count(of: .timeout) == 0, "seed \(seed): \(ledger.failures.sorted)")
      #expect(ledger.counts[.completed] == 100, "seed \(seed): \(ledger.counts)")
      late += ledger.latencies.acceptService.observed.max ?? 0 > 100 * .millisecond ? 1 : 0
    }
    #expect(late > 10)
  }

  @Test("A request that is never answered is given up once, and not much later than a late loop has made it")
  func givesUp() throws {
    for seed in 0..<10 as Range<UInt64> {
      var busy = quiet(seed, busy: 50 * .millisecond)
      busy.settings[.requestTimeout] = "100ms"
      busy.system.faults[.vanished] = 0.3
      let ledger = try busy.checked().ledger
      #expect(ledger.counts[.ambiguous] + ledger.counts[.errored] > 10, "seed \(seed)")
      // Its time, as much again for a loop that stood still, and what the loop was late both times.
      let longest = ledger.latencies.acceptService.censored.max ?? 0
      #expect(longest <= 4 * 100 * .millisecond, "seed \(seed): \(longest)")
    }
  }

  @Test("An order whose connection was closed before it was written goes over another one, and is counted once")
  func staleConnections() throws {
    for seed in 0..<20 as Range<UInt64> {
      var busy = quiet(seed, busy: 100 * .millisecond)
      busy.settings[.connections] = "10"
      busy.settings[.noFollow] = "true"
      busy.settings[.requestTimeout] = "100ms"
      busy.system.faults[.staleClose] = 1
      busy.leaveOutMetrics()
      let counts = try busy.checked().ledger.counts
      #expect(counts[.errored] == 0 && counts[.notSent] == 0, "seed \(seed): \(counts)")
      #expect(counts.submitted == 100)
    }
  }
}
