import Shared
import Testing

@testable import LoadRun

@Suite("Users that think, in virtual time")
struct ThinkTimeTests {
  @Test("A user's next order is due exactly its think time after what it waited for", arguments: [false, true])
  func waitsAsLong(forCompletion: Bool) throws {
    for seed in 0..<20 as Range<UInt64> {
      var dice = Dice(seed: seed)
      var scenario = try VirtualScenario(seed: seed, poll: "10ms")
      scenario.users = 1
      scenario.core.usersWaitForCompletion = forCompletion
      scenario.end = LoadEnd(orders: 20)
      let time = ServiceTime.drawn(&dice)
      scenario.thinkTime = time
      let run = try VirtualRun(scenario)
      #expect(run.endFindings + run.bookFindings == [])
      let orders = try (0..<20 as Range<UInt64>).map { try #require(run.common.stories[$0]?.settled.first?.order) }
      let thinking = ClosedSchedule.Thinking(time: time, random: SeededRandom(seed: seed))
      for (number, (order, next)) in zip(orders, orders.dropFirst()).enumerated() {
        let free = forCompletion ? order.endedReceived : order.createReceived
        #expect(next.due - free == thinking.nanoseconds(user: 0, after: UInt32(number)), "seed \(seed), order \(number)")
        #expect(next.dispatched == next.due)
      }
    }
  }

  @Test("A loop that is late when a user has thought counts it as slip")
  func lateLoops() throws {
    var slips = 0
    for seed in 0..<20 as Range<UInt64> {
      var scenario = try VirtualScenario(seed: seed)
      scenario.users = 3
      scenario.lag = (5 * .millisecond)...(50 * .millisecond)
      scenario.thinkTime = .fixed(.milliseconds(20))
      let run = try VirtualRun(scenario)
      #expect(run.endFindings + run.bookFindings == [])
      let orders = run.common.stories.values.compactMap { $0.settled.first?.order }
      slips += orders.count { $0.dispatched > $0.due }
      #expect(orders.allSatisfy { $0.dispatched >= $0.due })
    }
    #expect(slips > 0)
  }

  @Test("A load that is over does not wait for those who still think")
  func endsInTime() throws {
    var scenario = try VirtualScenario(seed: 1)
    scenario.users = 5
    scenario.end = LoadEnd(time: 2 * .second)
    scenario.thinkTime = .fixed(.seconds(3_600))
    let run = try VirtualRun(scenario)
    #expect(run.endFindings + run.bookFindings == [])
    #expect(run.merged().counts.scheduled == 5)
    #expect(run.agenda.now < Instant(60 * .second))
  }
}
