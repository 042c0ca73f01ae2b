import Shared
import Testing

@testable import LoadRun

@Suite("Gaps between polls that adapt, in virtual time")
struct AdaptiveGapTests {
  /// Orders that take long, so that they would be asked for often, at a system whose creates take 16 to 24 ms, and its polls 4 to 12.
  private func run(_ seed: UInt64, poll: String, loops: Int = 1, searchesList: Bool = false) throws -> Simulation.Result {
    var asked = SimulatedCase.quiet(seed, rate: 50, orders: 1_000, poll: poll)
    asked.spread(loops: loops, connections: 100)
    asked.system.answerTime = .uniform(.milliseconds(16), .milliseconds(24))
    asked.system.pollAnswerTime = .uniform(.milliseconds(4), .milliseconds(12))
    asked.system.serviceTime = .uniform(.zero, .seconds(2))
    asked.system.networkDelay = .uniform(.microseconds(10), .microseconds(100))
    asked.system.pageSize = 10
    if searchesList { asked.searchList() }
    return try asked.checked()
  }

  @Test("Polls take less of the target's time than creates do, every order is asked for at least once, and what is said is true")
  func staysBelow() throws {
    for seed in 0..<9 as Range<UInt64> {
      let run = try run(seed, poll: "adaptive", loops: Int(seed % 3) + 1)
      let ledger = run.ledger
      #expect(ledger.counts[.completed] == 1_000, "seed \(seed)")
      #expect(ledger.service.polls < ledger.service.creates, "seed \(seed): \(ledger.service)")
      #expect(ledger.service.polls > ledger.service.creates / 3, "seed \(seed): \(ledger.service)")
      #expect(run.polls.count == 1_000, "seed \(seed)")
      let adapted = try #require(ledger.pollGaps.adapted)
      #expect(adapted.lowerBound == 100 * .millisecond && adapted.upperBound > 200 * .millisecond && adapted.upperBound < 20 * .second)
      // What was asked for is what was kept, but for the opening of a connection.
      let gaps = ledger.pollGaps
      #expect(gaps.asked.observed.count == gaps.kept.observed.count)
      #expect((gaps.kept.observed.sum - gaps.asked.observed.sum) / Double(max(1, gaps.kept.observed.count)) < 1e7)
    }
  }

  @Test("A gap that is given stays as it is, whatever polls cost")
  func fixedStaysFixed() throws {
    for seed in 0..<3 as Range<UInt64> {
      let ledger = try run(seed, poll: "100ms", loops: Int(seed % 3) + 1).ledger
      #expect(ledger.service.polls > ledger.service.creates, "seed \(seed): \(ledger.service)")
      #expect(ledger.pollGaps.adapted == nil)
      #expect(ledger.pollGaps.asked.observed.min == 100 * .millisecond && ledger.pollGaps.asked.observed.max == 100 * .millisecond)
    }
  }

  @Test("The pages of a list that is searched are polls: they, too, take less of the target's time than creates do")
  func sweeps() throws {
    for seed in 0..<3 as Range<UInt64> {
      func service(_ poll: String) throws -> ServiceTimes {
        let run = try run(seed, poll: poll, searchesList: true)
        #expect(run.ledger.counts[.completed] == 1_000)
        return run.ledger.service
      }
      let (adaptive, fixed) = (try service("adaptive:10ms..5s"), try service("10ms"))
      #expect(adaptive.pollsWhileCreating < adaptive.creates, "seed \(seed): \(adaptive)")
      #expect(fixed.polls > adaptive.polls, "seed \(seed): \(fixed)")
    }
  }
}
