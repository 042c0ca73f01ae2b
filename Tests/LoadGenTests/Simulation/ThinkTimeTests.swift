import Shared
import Testing

@testable import LoadRun

@Suite("Users that think, in virtual time")
struct ThinkTimeTests {
  private func thinking(_ seed: UInt64, users: Int, _ time: ServiceTime, poll: String = "50ms", orders: Int = 40) -> SimulatedCase {
    var thinking = SimulatedCase.quiet(seed, orders: orders, poll: poll)
    thinking.close(users: users)
    thinking.scenarioChange = { $0.thinkTime = time }
    return thinking
  }

  @Test("A user's next order is due exactly its think time after what it waited for", arguments: [false, true])
  func waitsAsLong(forCompletion: Bool) throws {
    for seed in 0..<20 as Range<UInt64> {
      var dice = Dice(seed: seed)
      let time = ServiceTime.drawn(&dice)
      var alone = thinking(seed, users: 1, time, poll: "10ms", orders: 20)
      alone.settings[.waitFor] = forCompletion ? "completion" : "answer"
      let told = try alone.checked().orders
      let orders = try (0..<20 as Range<UInt64>).map { try #require(told[$0]).order }
      let thoughts = ClosedSchedule.Thinking(time: time, random: SeededRandom(seed: seed))
      for (number, (order, next)) in zip(orders, orders.dropFirst()).enumerated() {
        let free = forCompletion ? order.endedReceived : order.createReceived
        #expect(next.due - free == thoughts.nanoseconds(user: 0, after: UInt32(number)), "seed \(seed), order \(number)")
        #expect(next.dispatched == next.due)
      }
    }
  }

  @Test("A loop that is late when a user has thought counts it as slip")
  func lateLoops() throws {
    var slips = 0
    for seed in 0..<20 as Range<UInt64> {
      var late = thinking(seed, users: 3, .fixed(.milliseconds(20)))
      late.generator.busy = 50 * .millisecond
      let orders = try late.checked().orders.values.map(\.order)
      slips += orders.count { $0.dispatched > $0.due }
      #expect(orders.allSatisfy { $0.dispatched >= $0.due })
    }
    #expect(slips > 0)
  }

  @Test("A load that is over does not wait for those who still think")
  func endsInTime() throws {
    var slow = thinking(1, users: 5, .fixed(.seconds(3_600)))
    slow.settings[.orders] = nil
    slow.settings[.duration] = "2s"
    let run = try slow.checked()
    #expect(run.ledger.counts.scheduled == 5)
    #expect(run.run.ended < Instant(60 * .second))
  }
}
