import Shared
import Testing

@testable import LoadRun

/// Orders that are never asked about, and a target that says how many have ended.
@Suite("How long orders took, by counts alone")
struct EndsByCountsTests {
  /// One order as it was, in nanoseconds; what the generator knows of it is when its create was sent and answered.
  private struct True {
    var sent: Int64
    var created: Int64
    var received: Int64
    var ended: Int64
    var failed: Bool
  }

  /// A run, what happened in it, and what is read of it.
  private struct Drawn {
    var orders: [True] = []
    var scrapes: [Scrape] = []
    var before = (ended: 0, open: [Int64]())
    var assumptions = Dialect.Assumptions(snapshot: true, final: true, requeue: .never, clockRate: 0, maxAge: .zero, granularity: .zero)

    init(seed: UInt64) {
      var dice = Dice(seed: seed)
      for _ in 0..<dice.int(1...60) {
        let sent = 1_000 + dice.span(0...1_000_000)
        let created = sent + dice.span(1...2_000)
        orders.append(
          True(
            sent: sent, created: created, received: created + dice.span(1...2_000), ended: created + dice.span(1...400_000),
            failed: dice.chance(0.2)))
      }
      before.ended = dice.int(0...5)
      before.open = dice.chance(0.3) ? (0..<dice.int(1...3)).map { _ in 1_000 + dice.span(0...1_000_000) } : []
      let last = (orders.map(\.ended) + orders.map(\.received) + before.open).max() ?? 0
      var sent: Int64 = 0
      while sent <= last {
        read(sent: sent, took: dice.span(1...900), &dice)
        sent += 1_000 + dice.span(1...200_000)
      }
      read(sent: last + 1, took: 10, &dice)
    }

    private mutating func read(sent: Int64, took: Int64, _ dice: inout Dice) {
      let at = sent + dice.span(0...took)
      let failed = orders.count { $0.ended <= at && $0.failed }
      let completed = before.ended + before.open.count { $0 <= at } + orders.count { $0.ended <= at && !$0.failed }
      let total = before.ended + before.open.count + orders.count { $0.created <= at }
      scrapes.append(
        Scrape(
          window: ScrapeWindow(sent: Instant(sent), received: Instant(sent + took)),
          claims: [
            .total: Claim(count: total), .count(.completed): Claim(count: completed), .count(.failed): Claim(count: failed),
          ]))
    }

    /// What it says of the orders; those of the first `unanswered` were never acknowledged.
    func ends(_ exclusivity: Exclusivity = .declared, unanswered: Int = 0) -> EndsByCounts? {
      var (tallies, creates) = (ScrapeTallies(assumptions: assumptions), CreateTimes())
      for (index, happened) in orders.enumerated() {
        var order = OrderHistory(index: UInt64(index), due: Instant(happened.sent), dispatched: Instant(happened.sent))
        order.createWasSent(at: Instant(happened.sent))
        if index >= unanswered { order.createReceived = Instant(happened.received) }
        if index >= unanswered { creates.add(order) }
        tallies.settled(order, index >= unanswered ? .untracked : .ambiguous)
      }
      for scrape in scrapes { tallies.read(scrape.window) }
      tallies.finish()
      let run = AuditedRun(
        scrapes: scrapes, hasBaseline: true, tallies: tallies, metrics: nil, statuses: [], assumptions: assumptions,
        exclusivity: exclusivity)
      return EndsByCounts(ClaimBounds(run), at: tallies.windows, creates)
    }

    var mean: Double { Double(orders.reduce(0) { $0 + $1.ended - $1.created }) / Double(orders.count) / 1e9 }
  }

  @Test("The true mean lies in the range, whichever orders the ends were of, and whatever there was before", arguments: Seeds.blocks(400))
  func holds(seeds: Range<UInt64>) throws {
    for seed in seeds {
      let drawn = Drawn(seed: seed)
      for exclusivity in [Exclusivity.declared, .inferred] {
        let ends = try #require(drawn.ends(exclusivity))
        let range = try #require(ends.mean, "seed \(seed): \(ends.obstacle ?? "")")
        // A `Double` holds the two of them exactly but for its last place.
        #expect(range.lowerBound <= drawn.mean + 1e-15 && drawn.mean - 1e-15 <= range.upperBound, "seed \(seed)")
        #expect(ends.orders == drawn.orders.count && ends.obstacle == nil)
      }
    }
  }

  @Test(
    "With nothing from before, the range is as wide as the gaps between readings, and the round trips of creates",
    arguments: Seeds.blocks(100))
  func isTight(seeds: Range<UInt64>) throws {
    for seed in seeds {
      let drawn = Drawn(seed: seed)
      guard drawn.before.open.isEmpty else { continue }
      let range = try #require(drawn.ends()?.mean)
      let windows = drawn.scrapes.map(\.window)
      let gap = zip(windows, windows.dropFirst()).map { $1.received - $0.sent }.max() ?? 0
      let trip = drawn.orders.map { $0.received - $0.sent }.max() ?? 0
      #expect(range.upperBound - range.lowerBound <= Double(gap + trip) / 1e9 + 1e-12, "seed \(seed)")
    }
  }

  @Test("What cannot be told says why: others' orders, creates without an answer, orders that have not ended, ends that may be undone")
  func obstacles() throws {
    let drawn = Drawn(seed: 3)
    func obstacle(_ drawn: Drawn, _ exclusivity: Exclusivity = .declared, unanswered: Int = 0) throws -> String {
      let ends = try #require(drawn.ends(exclusivity, unanswered: unanswered))
      #expect(ends.mean == nil)
      return ends.obstacle ?? ""
    }
    #expect(try obstacle(drawn, .denied).contains("others may have sent orders"))
    #expect(try obstacle(drawn, unanswered: 1).contains("not all creates were answered"))
    var unfinished = drawn
    unfinished.scrapes.removeLast()
    #expect(try obstacle(unfinished).contains("orders had ended at the last reading"))
    var undone = drawn
    undone.assumptions.final = false
    #expect(try obstacle(undone).contains("final: false"))
    var blind = drawn
    blind.scrapes[0].claims = [.total: Claim(count: 0)]
    #expect(try obstacle(blind).contains("before the first order is not known"))
    var silent = drawn
    for index in silent.scrapes.indices { silent.scrapes[index].claims = [.total: Claim(count: 1)] }
    #expect(silent.ends() == nil, "what is never said can't be told, nor missed")
  }
}
