import Shared
import Testing

@testable import LoadRun

@Suite("The cap on polls, by itself")
struct RateLimiterTests {
  @Test("Whatever comes when, none is sent too early, none out of turn, none later than it must be, and all are sent")
  func keepsThePace() {
    for seed in 0..<100 as Range<UInt64> {
      var dice = Dice(seed: seed)
      let interval = dice.span(1...(.second))
      var limiter = RateLimiter(interval: interval)
      var now = Instant(0)
      var sent: [(number: UInt32, at: Instant)] = []
      func serve(until end: Instant) {
        while limiter.holdsAny, limiter.next <= end {
          let at = limiter.next
          guard let order = limiter.release(at: at) else { return }
          sent.append((order.slot, at))
          limiter.sent(at: at)
        }
      }
      var came: [Instant] = []
      for number in 0..<200 as Range<UInt32> {
        // Many at once, and pauses in which all are served.
        if dice.chance(0.3) { now = now + dice.span(0...(20 * interval)) }
        serve(until: now)
        came.append(now)
        if limiter.allows(at: now) {
          sent.append((number, now))
          limiter.sent(at: now)
        } else {
          limiter.hold(Handle(slot: number, generation: 0))
        }
      }
      serve(until: .never)
      #expect(sent.map(\.number) == Array(0..<200), "seed \(seed)")
      for (place, poll) in sent.enumerated() {
        let earliest = place == 0 ? came[0] : max(came[place], sent[place - 1].at + interval)
        #expect(poll.at == earliest, "seed \(seed)")
      }
    }
  }

  @Test("Without a cap nothing is ever held")
  func noCap() {
    var limiter = RateLimiter(interval: 0)
    for _ in 0..<10 {
      #expect(limiter.allows(at: Instant(5)))
      limiter.sent(at: Instant(5))
    }
  }

  @Test("Loops keep a rate together", arguments: [1, 2, 3, 7])
  func shares(loops: Int) throws {
    for text in ["500/s", "1/h", "3/s", "0.7/s", "100000000000/s"] {
      let rate = try Rate(text: text)
      let interval = RateLimiter.interval(of: rate, loops: loops)
      #expect(interval > 0)
      #expect(Double(loops) * 1e9 / Double(interval) <= rate.perSecond * (1 + 1e-12))
    }
    #expect(RateLimiter.interval(of: try Rate(text: "500/s"), loops: 2) == 4 * .millisecond)
  }
}
