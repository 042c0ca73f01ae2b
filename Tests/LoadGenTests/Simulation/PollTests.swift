import Shared
import Testing

@testable import LoadRun

@Suite("Polls, in virtual time")
struct PollTests {
  /// A quiet run with many orders.
  private func scenario(_ seed: UInt64, poll: String = "50ms") throws -> VirtualScenario {
    var scenario = try VirtualScenario(seed: seed, poll: poll)
    scenario.isOpen = true
    scenario.rate = 100
    scenario.end = LoadEnd(orders: 100)
    scenario.core.connections = 200
    scenario.core.poll.random = SeededRandom(seed: seed)
    return scenario
  }

  /// When each order was asked for, by its number.
  private func polls(_ run: VirtualRun) -> [UInt64: [Instant]] {
    Dictionary(grouping: run.loops.flatMap(\.polls), by: \.index).mapValues { $0.map(\.at) }
  }

  /// Never too early; and where a connection had to be opened for it, late by no more than that.
  private func isKept(_ gap: Int64, _ asked: Int64) -> Bool { (asked...asked + 10 * .millisecond).contains(gap) }

  /// Pairs of polls of one loop that were sent too close together.
  private func tooClose(_ run: VirtualRun) -> Int {
    let interval = run.scenario.core.pollInterval
    return run.loops.reduce(0) { sum, loop in
      sum + zip(loop.polls, loop.polls.dropFirst()).filter { $1.at - $0.at < interval }.count
    }
  }

  @Test("Under a cap of R a second no w seconds have more than R·w + 1 polls, and every order is asked for until it has ended")
  func keepsTheCap() throws {
    for seed in 0..<10 as Range<UInt64> {
      var dice = Dice(seed: seed)
      var scenario = try scenario(seed, poll: "20ms")
      scenario.loops = dice.int(1...3)
      scenario.core.connections = dice.int(1...20)
      scenario.core.pollInterval = dice.span(2 * .millisecond...(20 * .millisecond))
      scenario.core.searchesList = dice.chance(0.25)
      scenario.target.service = 0...(.second)
      let run = try VirtualRun(scenario)
      let ledger = run.merged()
      #expect(tooClose(run) == 0, "seed \(seed)")
      #expect(ledger.counts[.completed] == 100, "seed \(seed): \(ledger.counts)")
      #expect(run.endFindings + run.bookFindings + run.intervalFindings + run.mergeFindings == [], "seed \(seed)")
      #expect(ledger.pollGaps[.cap] > 0 || scenario.core.searchesList, "seed \(seed)")
    }
  }

  @Test("After a stall the polls that have waited for a connection do not come all at once", arguments: [1, 4, 50])
  func keepsTheCapAfterAStall(connections: Int) throws {
    for seed in 0..<5 as Range<UInt64> {
      var scenario = try scenario(seed, poll: "20ms")
      scenario.core.connections = connections
      scenario.core.pollInterval = 5 * .millisecond
      scenario.target.service = .second...(2 * .second)
      scenario.stalls = [(500 * .millisecond, 2 * .second)]
      let run = try VirtualRun(scenario)
      #expect(tooClose(run) == 0, "seed \(seed)")
      #expect(run.merged().counts[.completed] == 100, "seed \(seed)")
      #expect(run.endFindings + run.bookFindings + run.intervalFindings == [], "seed \(seed)")
    }
  }

  @Test("A cap that is far too low costs orders their end, and neither the run's nor the books'")
  func givesUpUnderTheCap() throws {
    for seed in 0..<10 as Range<UInt64> {
      var scenario = try scenario(seed, poll: "20ms")
      scenario.core.pollInterval = 200 * .millisecond
      scenario.core.orderTimeout = 2 * .second
      scenario.target.service = .second...(3 * .second)
      let run = try VirtualRun(scenario)
      let ledger = run.merged()
      #expect(ledger.counts[.timedOut] > 50)
      #expect(run.endFindings + run.bookFindings + run.intervalFindings == [], "seed \(seed)")
      #expect(tooClose(run) == 0)
    }
  }

  @Test("The first poll comes the first delay after the acknowledgement, and the others by the gap")
  func firstDelay() throws {
    for seed in 0..<5 as Range<UInt64> {
      var scenario = try scenario(seed)
      scenario.core.poll.delay = 300 * .millisecond
      scenario.target.service = 0...(.second)
      let run = try VirtualRun(scenario)
      let polls = polls(run)
      #expect(polls.count == 100)
      for (index, story) in run.common.stories {
        guard let order = story.settled.first?.order, let asked = polls[index] else { continue }
        #expect(isKept(asked[0] - order.createReceived, 300 * .millisecond))
        #expect(zip(asked, asked.dropFirst()).allSatisfy { isKept($1 - $0, 50 * .millisecond) })
      }
    }
  }

  @Test("Gaps are jittered by the order and the poll alone: the same for the same seed, however many loops there are", arguments: [1, 3])
  func jitter(loops: Int) throws {
    for seed in 0..<5 as Range<UInt64> {
      var scenario = try scenario(seed, poll: "backoff:50ms..200ms")
      scenario.loops = loops
      scenario.core.poll.jitter = 0.3
      scenario.target.service = 0...(.second)
      let run = try VirtualRun(scenario)
      let policy = scenario.core.poll
      for (index, asked) in polls(run) {
        for (number, (one, next)) in zip(asked, asked.dropFirst()).enumerated() {
          let gap = policy.gap(after: UInt32(number + 1), of: index)
          #expect(isKept(next - one, gap))
          let plain = min(50 << Int64(number + 1), 200) * Int64.millisecond
          #expect((plain * 7 / 10...plain * 13 / 10).contains(gap))
        }
      }
      #expect(polls(run) == polls(try VirtualRun(scenario)))
    }
  }

  @Test("The target's Retry-After is kept, with an answer that tells the status as well as with one that does not", arguments: [0, 0.5])
  func retryAfter(useless: Double) throws {
    for seed in 0..<5 as Range<UInt64> {
      var scenario = try scenario(seed)
      scenario.front.pollPatience = 400 * .millisecond
      scenario.front.useless = useless
      scenario.audits = false
      scenario.target.service = 0...(2 * .second)
      let run = try VirtualRun(scenario)
      let gaps = polls(run).values.flatMap { zip($0, $0.dropFirst()).map { $1 - $0 } }
      #expect(gaps.count > 50)
      // From the answer's receipt, which is later than the sending by a round trip at least.
      #expect(gaps.allSatisfy { $0 >= 400 * .millisecond + 2 * scenario.delay.lowerBound })
      #expect(run.merged().counts[.completed] == 100)
      #expect(run.merged().pollGaps[.retryAfter] >= gaps.count)
    }
  }

  @Test("The gaps that were kept are told beside those that were asked for, with what held them up")
  func tellsTheGaps() throws {
    var quiet = try scenario(1)
    quiet.target.service = .second...(.second)
    let kept = try VirtualRun(quiet).merged().pollGaps
    #expect(kept.kept.observed.count > 1_000 && kept.kept.observed.count == kept.asked.observed.count)
    #expect(isKept(kept.kept.observed.min ?? 0, 50 * .millisecond) && isKept(kept.kept.observed.max ?? 0, 50 * .millisecond))
    #expect(PollDelay.allCases.allSatisfy { $0 == .connection || kept[$0] == 0 })
    func delayed(_ change: (inout VirtualScenario) -> Void) throws -> PollGaps {
      var scenario = quiet
      change(&scenario)
      return try VirtualRun(scenario).merged().pollGaps
    }
    #expect(try delayed { $0.core.pollInterval = 5 * .millisecond }[.cap] > 100)
    #expect(try delayed { $0.core.connections = 1 }[.connection] > 100)
    #expect(try delayed { $0.front.handling = 80 * .millisecond...(100 * .millisecond) }[.answer] > 100)
    #expect(try delayed { $0.lag = 500 * .millisecond...(.second) }[.generator] > 10)
    let slow = try delayed { $0.front.handling = 80 * .millisecond...(100 * .millisecond) }
    #expect((slow.kept.observed.min ?? 0) >= 160 * .millisecond)
    #expect(slow.asked.observed.max == 50 * .millisecond)
  }
}
