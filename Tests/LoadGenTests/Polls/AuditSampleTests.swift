import Shared
import Testing

@testable import LoadRun

/// A sample of the orders that is polled densely, in runs whose requests all take the same time.
@Suite("A sample, polled densely")
struct AuditSampleTests {
  private func ledger(seed: UInt64, poll: String, precision: String?, first: String? = nil) throws -> Ledger {
    var made = SimulatedCase(settings: [
      .seed: "\(seed)", .rate: "40/s", .duration: "5s", .exclusive: "true", .poll: poll, .orderTimeout: "30s",
    ])
    made.settings[.auditPrecision] = precision
    made.settings[.pollFirst] = first
    made.system.workers = nil
    made.system.serviceTime = .exponential(mean: .milliseconds(700))
    // Nor does it matter whether a connection has been opened before.
    made.system.networkDelay = .fixed(.zero)
    made.system.answerTime = .fixed(.milliseconds(2))
    return try made.run().run.ledger
  }

  @Test(
    "The polls between leave all others as they are, so that these show of the sample what they show of all orders",
    arguments: ["300ms", "backoff:50ms..2s"])
  func plainPolls(poll: String) throws {
    for (seed, share) in zip(0..<8 as Range<UInt64>, ["100%", "30%", "5%", "100%", "50%", "1%", "20%", "100%"]) {
      let first = seed.isMultiple(of: 3) ? "70ms" : nil
      let plain = try ledger(seed: seed, poll: poll, precision: nil, first: first)
      let dense = try ledger(seed: seed, poll: poll, precision: "10ms:\(share)", first: first)
      let completed = plain.evidence.orders.filter { $0.outcome == .completed }
      #expect(completed.count == plain.counts[.completed] && dense.sample.completed == completed.count && completed.count > 150)
      // Requests of one instant are written some nanoseconds after one another.
      let difference = dense.sample.completion.plain - completed.reduce(0) { $0 + Int128($1.history.completion.lower) }
      #expect(difference.magnitude <= 1_000, "seed \(seed): \(difference) ns")
      #expect(dense.sample.sampled > 0 && (share == "100%") == (dense.sample.sampled == dense.sample.completed))
    }
  }

  @Test("The ends of the sample are known as precisely as was said, and two round trips")
  func precision() throws {
    for seed in 0..<4 as Range<UInt64> {
      let ledger = try ledger(seed: seed, poll: "1s", precision: "10ms:100%")
      for order in ledger.evidence.orders {
        let bounds = order.history.completion
        #expect(try #require(bounds.upper) - bounds.lower <= 10 * .millisecond + 2 * 2 * .millisecond + 1_000)
      }
    }
  }

  @Test("By itself it is so large that its polls are about as many as all others")
  func size() throws {
    func polls(_ precision: String?) throws -> Double {
      try (0..<8 as Range<UInt64>).reduce(0) { try $0 + Double(ledger(seed: $1, poll: "200ms", precision: precision).polls) }
    }
    let (plain, dense) = (try polls(nil), try polls("20ms"))
    #expect((1.6...2.2).contains(dense / plain), "\(dense) polls, and \(plain) without")
  }

  @Test("The mean of a whole lies within what any sample of it says, and that is as tight as the formula")
  func means() throws {
    let assumptions = Dialect.Assumptions(requeue: .never)
    func order(plain: Int64, lower: Int64, upper: Int64) -> (OrderHistory, OrderHistory) {
      var alone = OrderHistory(index: 0, due: Instant(0), dispatched: Instant(0))
      alone.createWasSent(at: Instant(0))
      alone.createReceived = Instant(0)
      alone.observe(.unfinished, sent: Instant(plain), received: Instant(plain))
      var history = alone
      history.observe(.unfinished, sent: Instant(lower), received: Instant(lower))
      history.observe(.ended, sent: Instant(upper), received: Instant(upper))
      return (history, alone)
    }
    for seed in 0..<300 as Range<UInt64> {
      var draws = Draws(SeededRandom(seed: seed), .randomRun)
      let (all, share) = (draws.int(1...400), draws.pick([0.05, 0.3, 0.9, 1]))
      var tallies = SampleTallies()
      var (sum, widest) = (Int64(0), Int64(0))
      for _ in 0..<all {
        let plain = Int64(draws.int(0...1_000))
        // Most orders end soon after a plain poll, some late.
        let rest = Int64(draws.chance(0.9) ? draws.int(0...50) : draws.int(0...500))
        let next = plain + 500
        sum += plain + rest
        if draws.chance(share) {
          let (history, alone) = order(plain: plain, lower: plain + rest / 10 * 10, upper: plain + rest / 10 * 10 + 10)
          tallies.completed(history, assumptions)
          tallies.sampled(history, plain: alone, assumptions)
          widest = max(widest, rest / 10 * 10 + 10)
        } else {
          tallies.completed(order(plain: plain, lower: plain, upper: next).0, assumptions)
          widest = max(widest, 500)
        }
      }
      guard let bounds = tallies.mean(tallies.completion) else {
        #expect(tallies.sampled == 0)
        continue
      }
      let mean = Double(sum) / Double(all)
      #expect(bounds.lower <= mean && mean <= bounds.upper ?? 0, "seed \(seed)")
      // Of 1,000 of 10,000 rests below 0.5 s, 0.5 s √(0.9001 · 21.4164 / 2,000) = 49.09 ms on either side.
      let (count, left) = (Double(tallies.sampled), 1 - Double(tallies.sampled - 1) / Double(all))
      let error = Double(widest) * (left * 21.416413 / 2 / count).squareRoot()
      #expect(try #require(bounds.upper) - bounds.lower <= 2 * error + 10.001, "seed \(seed)")
    }
  }
}
