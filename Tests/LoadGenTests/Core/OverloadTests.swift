import Shared
import Testing

@testable import LoadRun

@Suite("More than can be sent, in virtual time")
struct OverloadTests {
  private struct Outbox: Actions {
    mutating func perform(_ action: Action) {}
  }

  /// What a core has in its books that is woken up at some times only, and reaches nobody.
  private func ledger(rate: Double, arrivals: Arrivals = .constant, end: LoadEnd, wakes: [Int64]) throws -> Ledger {
    var settings = try SimulatedCase.quiet(1).scenario().coreSettings(LoopShare(index: 0, count: 1))
    settings.scrapesMetrics = false
    settings.maxOutstanding = 100
    let times = ArrivalTimes(arrivals, rate: try #require(Rate(perSecond: rate)), random: SeededRandom(seed: 1))
    let books = Ledger.Settings(warmup: 0, epochAtZero: 0, assumptions: Dialect.Assumptions(), audits: false)
    var core = Core(
      settings: settings, plan: LoadSchedule.open(OpenSchedule(times, end: end, share: LoopShare(index: 0, count: 1))),
      record: Ledger(settings: books))
    var out = Outbox()
    core.handle(.start(Instant(0)), into: &out)
    for wake in wakes { core.handle(.wake(Instant(wake)), into: &out) }
    #expect(core.outstanding <= 100)
    core.handle(.stop(Instant(wakes.last ?? 0)), into: &out)
    #expect(core.timers.next == nil)
    return core.record
  }

  @Test("A thousand million orders a second are counted in no time, each once, and all that was due is in the latencies")
  func counts() throws {
    let ledger = try ledger(rate: 1e9, end: LoadEnd(time: .second), wakes: [5, 1_000, 1_000_000, 400_000_000, 2 * .second])
    let counts = ledger.counts
    #expect(counts.scheduled == 1_000_000_000)
    #expect(counts.scheduled == counts.submitted + counts[.notSent])
    #expect(ledger.latencies.slip.observed.count == 1_000_000_000)
    #expect(ledger.latencies.accept.censored.count == 1_000_000_000)
    #expect(ledger.latencies.connectionWait.observed.count + ledger.latencies.connectionWait.censored.count == 1_000_000_000)
    #expect(ledger.blocks.items.reduce(0) { $0 + $1.scheduled } == 1_000_000_000)
    // Of those that were due between 0.4 s and 1 s, and were found at 2 s, the earliest was late by 1.6 s.
    let latest = try #require(ledger.latencies.slip.observed.max)
    #expect(latest == 1_599_999_999)
    #expect(ledger.ownDoing.notSent > 900_000_000)
  }

  @Test("What is counted together is what would be counted one by one", arguments: Arrivals.allCases)
  func comesToTheSame(arrivals: Arrivals) throws {
    // Woken up for each of them, none is counted together with others.
    let often = try ledger(rate: 1_000, arrivals: arrivals, end: LoadEnd(time: 2 * .second), wakes: (0...2_000).map { $0 * .millisecond })
    let seldom = try ledger(rate: 1_000, arrivals: arrivals, end: LoadEnd(time: 2 * .second), wakes: [2 * .second])
    #expect(often.counts.scheduled == seldom.counts.scheduled && often.counts.scheduled > 1_900)
    // But for a stretch, a 64th of the time, at the end of each second.
    #expect(zip(often.blocks.items, seldom.blocks.items).allSatisfy { abs($0.scheduled - $1.scheduled) <= 40 })
    #expect(often.counts[.notSent] == seldom.counts[.notSent])
    #expect(often.ownDoing.all == 0 && seldom.ownDoing.notSent > 1_800)
  }

  @Test("Passing over what is due by some time leaves what listing it all leaves, whatever the kind of open load and the share")
  func passes() throws {
    for seed in 0..<300 as Range<UInt64> {
      var dice = Dice(seed: seed)
      let drawn = DrawnPlan(&dice, seed: seed)
      let loops = dice.int(1...3)
      let share = LoopShare(index: dice.int(0...loops - 1), count: loops)
      var listed = try drawn.plan(share)
      var all: [Arrival] = []
      while let arrival = listed.next() { all.append(arrival) }
      var plan = try drawn.plan(share)
      var place = 0
      for _ in 0..<4 {
        let time = dice.span(0...(2 * .second))
        var passed = 0
        while true {
          let (count, drawn) = plan.pass(by: time, most: 7)
          passed += count
          if drawn < 7 { break }
        }
        let due = all[place...].prefix { $0.due <= time }.count
        #expect(passed == due, "seed \(seed)")
        place += due
        // One is listed in between.
        let next = plan.next()
        #expect(next?.index == (place < all.count ? all[place].index : nil), "seed \(seed)")
        #expect(next?.due == (place < all.count ? all[place].due : nil), "seed \(seed)")
        place = min(all.count, place + 1)
      }
    }
  }
}
