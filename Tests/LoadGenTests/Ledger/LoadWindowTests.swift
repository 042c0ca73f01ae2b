import Shared
import Testing

@testable import LoadRun

@Suite("The load window")
struct LoadWindowTests {
  private func instant(_ milliseconds: Int) -> Instant { Instant(Int64(milliseconds) * 1_000_000) }

  @Test(
    "A closed load's window holds what came until the last create of any loop, whichever of them saw it", arguments: 0..<40 as Range<UInt64>
  )
  func closedLoads(seed: UInt64) {
    var dice = Dice(seed: seed)
    let warmup = dice.pick([0, 300 * Int64.millisecond])
    func window() -> LoadWindow {
      var window = LoadWindow(planned: nil, warmup: warmup)
      window.began(at: instant(100))
      return window
    }
    var loops = (0..<3).map { _ in window() }
    var one = window()
    let creates = (0..<3).map { _ in (0..<dice.int(0...20)).map { _ in dice.int(100...2_000) } }
    let polls = (0..<3).map { _ in (0..<dice.int(0...200)).map { _ in dice.int(100...4_000) } }
    for loop in 0..<3 {
      let events = creates[loop].map { ($0, true) } + polls[loop].map { ($0, false) }
      for (at, isCreate) in events.sorted(by: { $0.0 < $1.0 }) {
        if isCreate { loops[loop].createEnded(at: instant(at)) }
        loops[loop].add(isCreate ? LoadWindow.Tally(accepted: 1) : LoadWindow.Tally(polls: 1), at: instant(at))
      }
    }
    for (at, isCreate) in (creates.joined().map { ($0, true) } + polls.joined().map { ($0, false) }).sorted(by: { $0.0 < $1.0 }) {
      if isCreate { one.createEnded(at: instant(at)) }
      one.add(isCreate ? LoadWindow.Tally(accepted: 1) : LoadWindow.Tally(polls: 1), at: instant(at))
    }
    let end = creates.joined().max() ?? 100
    let opens = 100 + Int(warmup / 1_000_000)
    let expected = polls.joined().count { $0 >= opens && $0 <= end }
    for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0]] {
      var merged = loops[order[0]]
      for loop in order.dropFirst() { merged.merge(loops[loop]) }
      #expect(merged.tally.polls == expected, "seed \(seed), \(order)")
      #expect(merged.tally == one.tally && merged.seconds == one.seconds)
      #expect(merged.seconds == Double(max(0, end - opens)) / 1e3)
    }
  }

  @Test("A loop that ended long before another keeps little of what it saw since, and the sum of it")
  func boundedMemory() {
    var early = LoadWindow(planned: nil, warmup: 0)
    early.began(at: instant(0))
    early.createEnded(at: instant(1))
    for at in 0..<100_000 { early.add(LoadWindow.Tally(polls: 1), at: instant(2 + at)) }
    #expect(early.tally.polls == 0)
    var late = LoadWindow(planned: nil, warmup: 0)
    late.began(at: instant(0))
    late.createEnded(at: instant(200_000))
    early.merge(late)
    #expect(early.tally.polls == 100_000)
  }

  @Test("An open load's window ends with its plan, and where it was cut short, there")
  func openLoads() {
    var window = LoadWindow(planned: 15, warmup: 0)
    window.began(at: instant(500))
    window.add(LoadWindow.Tally(accepted: 1), at: instant(400))
    window.add(LoadWindow.Tally(accepted: 1), at: instant(500))
    window.add(LoadWindow.Tally(accepted: 1), at: instant(15_500))
    window.add(LoadWindow.Tally(accepted: 1), at: instant(15_501))
    #expect(window.tally.accepted == 2 && window.seconds == 15)
    window.cut(at: instant(20_000))
    #expect(window.seconds == 15)
    var short = LoadWindow(planned: 15, warmup: Int64.second)
    short.began(at: instant(500))
    short.cut(at: instant(4_000))
    #expect(short.seconds == 2.5)
    var other = LoadWindow(planned: 15, warmup: Int64.second)
    other.began(at: instant(500))
    other.merge(short)
    #expect(other.seconds == 2.5)
  }
}
