import Shared
import Testing

@testable import LoadRun

@Suite("Polls, in virtual time")
struct PollTests {
  /// A quiet run with connections for everything.
  private func quiet(_ seed: UInt64, poll: String = "50ms", longest: Duration = .milliseconds(200)) -> SimulatedCase {
    var quiet = SimulatedCase.quiet(seed, poll: poll)
    quiet.settings[.connections] = "200"
    quiet.system.serviceTime = .uniform(.zero, longest)
    return quiet
  }

  /// Never too early; and where a connection had to be opened for it, late by no more than that.
  private func isKept(_ gap: Int64, _ asked: Int64) -> Bool { (asked...asked + 10 * .millisecond).contains(gap) }

  /// Pairs of polls of one loop that were sent too close together.
  private func tooClose(_ run: Simulation.Result, _ interval: Int64) -> Int {
    Dictionary(grouping: run.pollSends, by: \.loop).values.reduce(0) { sum, polls in
      sum + zip(polls, polls.dropFirst()).count { $1.at - $0.at < interval }
    }
  }

  @Test("Under a cap of R a second no w seconds have more than R·w + 1 polls, and every order is asked for until it has ended")
  func keepsTheCap() throws {
    for seed in 0..<10 as Range<UInt64> {
      var dice = Dice(seed: seed)
      var capped = quiet(seed, poll: "20ms", longest: .seconds(1))
      capped.spread(loops: dice.int(1...3), connections: dice.int(1...20))
      let interval = dice.span(2 * .millisecond...(20 * .millisecond))
      capped.tune { $0.pollInterval = interval }
      let searchesList = dice.chance(0.25)
      if searchesList { capped.searchList() }
      let run = try capped.checked()
      #expect(tooClose(run, interval) == 0, "seed \(seed)")
      #expect(run.ledger.counts[.completed] == 100, "seed \(seed): \(run.ledger.counts)")
      #expect(run.ledger.pollGaps[.cap] > 0 || searchesList, "seed \(seed)")
    }
  }

  @Test("After a stall the polls that have waited for a connection do not come all at once", arguments: [1, 4, 50])
  func keepsTheCapAfterAStall(connections: Int) throws {
    for seed in 0..<5 as Range<UInt64> {
      var stalled = quiet(seed, poll: "20ms")
      stalled.settings[.connections] = "\(connections)"
      stalled.tune { $0.pollInterval = 5 * .millisecond }
      stalled.system.serviceTime = .uniform(.seconds(1), .seconds(2))
      stalled.system.stalls = [SimulatedSystem.Pause(at: .milliseconds(500), lasts: .seconds(2))]
      let run = try stalled.checked()
      #expect(tooClose(run, 5 * .millisecond) == 0, "seed \(seed)")
      #expect(run.ledger.counts[.completed] == 100, "seed \(seed)")
    }
  }

  @Test("A cap that is far too low costs orders their end, and neither the run's nor the books'")
  func givesUpUnderTheCap() throws {
    for seed in 0..<10 as Range<UInt64> {
      var capped = quiet(seed, poll: "20ms")
      capped.tune { $0.pollInterval = 200 * .millisecond }
      capped.settings[.orderTimeout] = "2s"
      capped.system.serviceTime = .uniform(.seconds(1), .seconds(3))
      let run = try capped.checked()
      #expect(run.ledger.counts[.timedOut] > 50)
      #expect(tooClose(run, 200 * .millisecond) == 0)
    }
  }

  @Test("The first poll comes the first delay after the acknowledgement, and the others by the gap")
  func firstDelay() throws {
    for seed in 0..<5 as Range<UInt64> {
      var quiet = quiet(seed, longest: .seconds(1))
      quiet.settings[.pollFirst] = "300ms"
      let run = try quiet.checked()
      let (orders, polls) = (run.orders, run.polls)
      #expect(polls.count == 100)
      for (index, asked) in polls {
        let order = try #require(orders[index]).order
        #expect(isKept(asked[0] - order.createReceived, 300 * .millisecond))
        #expect(zip(asked, asked.dropFirst()).allSatisfy { isKept($1 - $0, 50 * .millisecond) })
      }
    }
  }

  @Test("Gaps are jittered by the order and the poll alone: the same for the same seed, however many loops there are", arguments: [1, 3])
  func jitter(loops: Int) throws {
    for seed in 0..<5 as Range<UInt64> {
      var quiet = quiet(seed, poll: "backoff:50ms..200ms", longest: .seconds(1))
      quiet.spread(loops: loops, connections: 200)
      quiet.settings[.pollJitter] = "30%"
      let run = try quiet.checked()
      let policy = try quiet.scenario().poll
      for (index, asked) in run.polls {
        for (number, (one, next)) in zip(asked, asked.dropFirst()).enumerated() {
          let gap = policy.gap(after: UInt32(number + 1), of: index)
          #expect(isKept(next - one, gap))
          let plain = min(50 << Int64(number + 1), 200) * Int64.millisecond
          #expect((plain * 7 / 10...plain * 13 / 10).contains(gap))
        }
      }
      #expect(try run.polls == quiet.run().polls)
    }
  }

  @Test("The target's Retry-After is kept, with an answer that tells the status as well as with one that does not", arguments: [0, 0.5])
  func retryAfter(useless: Double) throws {
    for seed in 0..<5 as Range<UInt64> {
      var patient = quiet(seed, longest: .seconds(2))
      patient.system.retryAfter = .milliseconds(400)
      patient.system.alwaysAsksForQuiet = true
      patient.system.faults[.useless] = useless
      patient.leaveOutMetrics()
      let run = try patient.checked()
      let gaps = run.polls.values.flatMap { zip($0, $0.dropFirst()).map { $1 - $0 } }
      #expect(gaps.count > 50)
      // From the answer's receipt, which is later than the sending by a round trip at least.
      #expect(gaps.allSatisfy { $0 >= 400 * .millisecond + 2 * 100_000 })
      #expect(run.ledger.counts[.completed] == 100)
      #expect(run.ledger.pollGaps[.retryAfter] >= gaps.count)
    }
  }

  @Test("The gaps that were kept are told beside those that were asked for, with what held them up")
  func tellsTheGaps() throws {
    func gaps(_ change: (inout SimulatedCase) -> Void = { _ in }) throws -> PollGaps {
      var simulated = quiet(1)
      simulated.system.serviceTime = .fixed(.seconds(1))
      change(&simulated)
      return try simulated.checked().ledger.pollGaps
    }
    let kept = try gaps()
    #expect(kept.kept.observed.count > 1_000 && kept.kept.observed.count == kept.asked.observed.count)
    #expect(isKept(kept.kept.observed.min ?? 0, 50 * .millisecond) && isKept(kept.kept.observed.max ?? 0, 50 * .millisecond))
    #expect(PollDelay.allCases.allSatisfy { $0 == .connection || kept[$0] == 0 })
    #expect(try gaps { $0.tune { $0.pollInterval = 5 * .millisecond } }[.cap] > 100)
    #expect(try gaps { $0.settings[.connections] = "1" }[.connection] > 100)
    #expect(try gaps { $0.generator.busy = .second }[.generator] > 10)
    let slow = try gaps { $0.system.answerTime = .uniform(.milliseconds(160), .milliseconds(200)) }
    #expect(slow[.answer] > 100)
    #expect((slow.kept.observed.min ?? 0) >= 160 * .millisecond)
    #expect(slow.asked.observed.max == 50 * .millisecond)
  }

  @Test("A poll whose answer took less than the gap is followed by the next a gap after it was sent, and not after its answer")
  func fromTheSending() throws {
    for seed in 0..<5 as Range<UInt64> {
      var slow = quiet(seed, poll: "100ms")
      slow.system.serviceTime = .fixed(.seconds(1))
      slow.system.pollAnswerTime = .fixed(.milliseconds(50))
      for asked in try slow.checked().polls.values {
        #expect(zip(asked, asked.dropFirst()).allSatisfy { isKept($1 - $0, 100 * .millisecond) }, "seed \(seed)")
      }
    }
  }
}
