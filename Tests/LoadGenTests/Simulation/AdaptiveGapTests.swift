import Shared
import Testing

@testable import LoadRun

@Suite("Gaps between polls that adapt, in virtual time")
struct AdaptiveGapTests {
  /// Orders that take long, so that they would be asked for often, at a target whose creates take 16 to 24 ms, and its polls 4 to 12.
  private func scenario(_ seed: UInt64, poll: String) throws -> VirtualScenario {
    var scenario = try VirtualScenario(seed: seed, poll: poll)
    scenario.isOpen = true
    scenario.rate = 50
    scenario.loops = Int(seed % 3) + 1
    scenario.end = LoadEnd(orders: 1_000)
    scenario.core.connections = 100
    scenario.front.handling = 8 * .millisecond...(12 * .millisecond)
    scenario.front.pollHandling = 2 * .millisecond...(6 * .millisecond)
    scenario.target.service = 0...(2 * .second)
    scenario.delay = 10_000...100_000
    return scenario
  }

  @Test("Polls take less of the target's time than creates do, every order is asked for at least once, and what is said is true")
  func staysBelow() throws {
    for seed in 0..<9 as Range<UInt64> {
      let run = try VirtualRun(try scenario(seed, poll: "adaptive"))
      let ledger = run.merged()
      #expect(ledger.counts[.completed] == 1_000, "seed \(seed)")
      #expect(ledger.service.polls < ledger.service.creates, "seed \(seed): \(ledger.service)")
      #expect(ledger.service.polls > ledger.service.creates / 3, "seed \(seed): \(ledger.service)")
      #expect(Set(run.loops.flatMap(\.polls).map(\.index)).count == 1_000, "seed \(seed)")
      let adapted = try #require(ledger.pollGaps.adapted)
      #expect(adapted.lowerBound == 100 * .millisecond && adapted.upperBound > 200 * .millisecond && adapted.upperBound < 20 * .second)
      // What was asked for is what was kept, but for the opening of a connection.
      let gaps = ledger.pollGaps
      #expect(gaps.asked.observed.count == gaps.kept.observed.count)
      #expect((gaps.kept.observed.sum - gaps.asked.observed.sum) / Double(max(1, gaps.kept.observed.count)) < 1e7)
      #expect(run.endFindings + run.bookFindings + run.intervalFindings + run.auditFindings == [], "seed \(seed)")
    }
  }

  @Test("A gap that is given stays as it is, whatever polls cost")
  func fixedStaysFixed() throws {
    for seed in 0..<3 as Range<UInt64> {
      let ledger = try VirtualRun(try scenario(seed, poll: "100ms")).merged()
      #expect(ledger.service.polls > ledger.service.creates, "seed \(seed): \(ledger.service)")
      #expect(ledger.pollGaps.adapted == nil)
      #expect(ledger.pollGaps.asked.observed.min == 100 * .millisecond && ledger.pollGaps.asked.observed.max == 100 * .millisecond)
    }
  }

  @Test("The pages of a list that is searched are polls: they, too, take less of the target's time than creates do")
  func sweeps() throws {
    for seed in 0..<3 as Range<UInt64> {
      func service(_ poll: String) throws -> ServiceTimes {
        var scenario = try scenario(seed, poll: poll)
        scenario.loops = 1
        scenario.core.searchesList = true
        scenario.front.doors.pageSize = 10
        let run = try VirtualRun(scenario)
        #expect(run.merged().counts[.completed] == 1_000)
        #expect(run.endFindings + run.bookFindings + run.intervalFindings == [], "seed \(seed)")
        return run.merged().service
      }
      let (adaptive, fixed) = (try service("adaptive:10ms..5s"), try service("10ms"))
      #expect(adaptive.pollsWhileCreating < adaptive.creates, "seed \(seed): \(adaptive)")
      #expect(fixed.polls > adaptive.polls, "seed \(seed): \(fixed)")
    }
  }
}
