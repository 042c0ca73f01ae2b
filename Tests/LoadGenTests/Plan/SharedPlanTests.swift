import Shared
import Testing

@testable import LoadRun

@Suite("Several loops share one plan")
struct SharedPlanTests {
  private struct Due: Equatable {
    var index: UInt64
    var due: Int64
  }

  /// All that a share's plan says by itself, in its order.
  private func arrivals(_ drawn: DrawnPlan, loop: Int, of loops: Int) throws -> [Due] {
    var plan = try drawn.plan(LoopShare(index: loop, count: loops))
    var arrivals: [Due] = []
    while let arrival = plan.next() { arrivals.append(Due(index: arrival.index, due: arrival.due)) }
    return arrivals
  }

  @Test("Whatever the kind of open load, one to four loops have together what one has alone: each order once, due at the same nanosecond")
  func oneToFourLoops() throws {
    for seed in 0..<300 as Range<UInt64> {
      var dice = Dice(seed: seed)
      let drawn = DrawnPlan(&dice, seed: seed)
      let alone = try arrivals(drawn, loop: 0, of: 1)
      #expect(alone.map(\.index) == Array(0..<UInt64(alone.count)))
      for loops in 1...4 {
        let parts = try (0..<loops).map { try arrivals(drawn, loop: $0, of: loops) }
        for (loop, part) in parts.enumerated() {
          #expect(part.allSatisfy { Int($0.index % UInt64(loops)) == loop }, "seed \(seed)")
          #expect(zip(part, part.dropFirst()).allSatisfy { $0.due <= $1.due }, "seed \(seed)")
        }
        #expect(parts.flatMap(\.self).sorted { $0.index < $1.index } == alone, "seed \(seed), \(loops) loops")
      }
    }
  }

  @Test("Users think alike, however many loops they are split among")
  func thinkingUsers() throws {
    for seed in 0..<100 as Range<UInt64> {
      var dice = Dice(seed: seed)
      let thinking = ClosedSchedule.Thinking(time: .drawn(&dice), random: SeededRandom(seed: seed))
      /// How long each user of the plan thinks, thought by thought.
      func thoughts(_ loops: Int) throws -> [[Int64]] {
        var all = [[Int64]](repeating: [], count: 12)
        for loop in 0..<loops {
          var plan = ClosedSchedule(users: 12, thinking: thinking, end: LoadEnd(), share: LoopShare(index: loop, count: loops))
          var users: [UInt32] = []
          while let arrival = plan.next() { users.append(arrival.user) }
          for turn in 0..<5 as Range<Int64> {
            for user in users {
              let now = turn * 60 * .second + Int64(user)
              let freed = plan.freed(user: user, at: now)
              let order = try #require(freed)
              all[Int(user) * loops + loop].append(order.due - now)
              // It is told again when it is due, and the user thinks anew only after that.
              if order.due > now { #expect(plan.freed(user: user, at: order.due)?.index == order.index) }
            }
          }
        }
        return all
      }
      let alone = try thoughts(1)
      #expect(alone.allSatisfy { $0.count == 5 })
      for loops in 2...4 { #expect(try thoughts(loops) == alone, "seed \(seed), \(loops) loops") }
    }
  }

  @Test("Nobody thinks about an order that is due after the end, or that others have taken")
  func thinksNotInVain() {
    let thinking = ClosedSchedule.Thinking(time: .fixed(.seconds(5)), random: SeededRandom(seed: 1))
    let share = LoopShare(index: 0, count: 1)
    var timed = ClosedSchedule(users: 1, thinking: thinking, end: LoadEnd(time: 10 * .second), share: share)
    #expect(timed.next()?.due == 0)
    #expect(timed.freed(user: 0, at: 2 * .second)?.due == 7 * .second)
    #expect(timed.freed(user: 0, at: 7 * .second)?.index == 1)
    #expect(timed.freed(user: 0, at: 8 * .second) == nil)
    var counted = ClosedSchedule(users: 2, thinking: thinking, end: LoadEnd(orders: 3), share: share)
    #expect(counted.next()?.user == 0)
    #expect(counted.next()?.user == 1)
    #expect(counted.freed(user: 1, at: 1)?.index == 2)
    #expect(counted.freed(user: 0, at: 2) == nil)
  }
}
