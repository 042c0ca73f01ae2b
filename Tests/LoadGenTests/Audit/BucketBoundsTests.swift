import Shared
import Testing

@testable import LoadRun

/// A target with a histogram, of whose orders polls tell when they ended, more or less.
@Suite("What the buckets of a histogram are held against")
struct BucketBoundsTests {
  private static let figure = Dialect.Figure(.histogram(.completion), series: [Dialect.SeriesSelector("order_seconds")])
  private static let limits: [Double] = [0.05, 0.1, 0.2, 0.4, .infinity]

  private struct Drawn {
    var scrapes: [Scrape] = []
    var tallies: ScrapeTallies
    var assumptions = Dialect.Assumptions(requeue: .never, clockRate: 0, granularity: .zero)
    /// By what the number of some bucket is off, from the second reading on.
    var lie: (limit: Int, by: Int)?
    /// The process that counts is another from this reading on.
    var restart: Int?

    init(seed: UInt64, lie: (limit: Int, by: Int)? = nil, restarts: Bool = false) {
      var dice = Dice(seed: seed)
      self.lie = lie
      tallies = ScrapeTallies(assumptions: assumptions, histograms: [.completion, .processing])
      var orders: [(history: OrderHistory, created: Int64, ended: Int64, outcome: OrderOutcome)] = []
      for index in 0..<dice.int(1...40) {
        let sent = Int64(index) * .millisecond * 20 + 5 * .millisecond
        let created = sent + dice.span(0...2 * .millisecond)
        let ended = created + dice.span(1...600 * .millisecond)
        var history = OrderHistory(index: UInt64(index), due: Instant(sent), dispatched: Instant(sent))
        history.createWasSent(at: Instant(sent))
        history.createReceived = Instant(created + dice.span(0...2 * .millisecond))
        let gap = dice.pick([Int64.millisecond, 10 * .millisecond, 80 * .millisecond])
        var poll = history.createReceived.nanoseconds
        while poll < ended {
          history.observe(.pending, sent: Instant(poll), received: Instant(poll + .millisecond / 2))
          poll += gap
        }
        let isFollowed = !dice.chance(0.1)
        if isFollowed { history.observe(.ended, sent: Instant(poll), received: Instant(poll + .millisecond)) }
        let outcome: OrderOutcome = isFollowed ? dice.chance(0.2) ? .failed : .completed : .timedOut
        orders.append((history, created, ended, outcome))
      }
      let last = (orders.map(\.ended).max() ?? 0) + 100 * .millisecond
      // An order that was lost sight of may have completed or not.
      let completed = orders.filter { $0.outcome == .completed || $0.outcome == .timedOut && dice.chance(0.5) }
      let restartAt = restarts ? dice.span(100 * .millisecond...last) : -1
      var sent: Int64 = 0
      while true {
        let received = sent + dice.span(1...3 * .millisecond)
        let at = sent + dice.span(0...(received - sent))
        let counted = completed.filter { $0.ended <= at && !(restartAt >= 0 && at > restartAt && $0.ended <= restartAt) }
        if restartAt >= 0, at > restartAt, restart == nil { restart = scrapes.count }
        read(ScrapeWindow(sent: Instant(sent), received: Instant(received)), counted.map { Double($0.ended - $0.created) / 1e9 })
        guard sent < last else { break }
        sent += dice.span(10 * .millisecond...200 * .millisecond)
      }
      for order in orders { tallies.settled(order.history, order.outcome) }
      tallies.finish()
    }

    private mutating func read(_ window: ScrapeWindow, _ durations: [Double]) {
      var claims = Claims()
      claims.started = restart == nil ? "1" : "2"
      claims.isCounter(BucketBoundsTests.figure.quantity, since: nil)
      claims.isCounter(.total, since: nil)
      claims[.total] = Claim(count: 0)
      claims.set(
        BucketBoundsTests.figure.quantity,
        BucketBoundsTests.limits.enumerated().map { place, limit in
          let more = scrapes.isEmpty || lie?.limit != place ? 0 : lie?.by ?? 0
          return Claims.Bucket(limit: limit, text: "\(limit)", count: Claim(count: durations.count { $0 <= limit } + more))
        })
      scrapes.append(Scrape(window: window, claims: claims))
      tallies.read(window)
    }

    func check() -> AuditCheck {
      ClaimBounds(
        AuditedRun(
          scrapes: scrapes, hasBaseline: true, tallies: tallies, metrics: nil, statuses: [], assumptions: assumptions,
          exclusivity: .declared)
      ).check(BucketBoundsTests.figure)
    }
  }

  @Test(
    "True buckets are never contradicted, whatever polls tell of the orders, and whether the process began anew",
    arguments: Seeds.blocks(300))
  func honest(seeds: Range<UInt64>) {
    for seed in seeds {
      for restarts in [false, true] {
        let check = Drawn(seed: seed, restarts: restarts).check()
        #expect(check.verdict == .consistent, "seed \(seed): \(check.sentence)")
      }
    }
  }

  @Test("A bucket that is off by more orders than are undecided is contradicted, and named by its limit", arguments: Seeds.blocks(100))
  func lies(seeds: Range<UInt64>) {
    for seed in seeds {
      for by in [-60, 60] {
        let place = Int(seed % 5)
        let check = Drawn(seed: seed, lie: (place, by)).check()
        #expect(check.verdict == .contradicted, "seed \(seed)")
        #expect(check.sentence.contains("order_seconds_bucket{le=\"\(Self.limits[place])\"} was"), "\(check.sentence)")
      }
    }
  }

  @Test("Several processes that answer in turn are no restarts; one that began later is")
  func processes() {
    func restarts(_ starts: [String?]) -> Restarts {
      Restarts(
        starts.enumerated().map { place, start in
          var claims = Claims()
          claims.started = start
          claims.isCounter(.total, since: nil)
          return Scrape(window: ScrapeWindow(sent: Instant(Int64(place) * 10), received: Instant(Int64(place) * 10 + 5)), claims: claims)
        })
    }
    let anew = restarts(["1.5", nil, "1.5", "2", "2", "3"])
    #expect(anew.processes == 1)
    #expect(anew.of(.total).map { $0?.first } == [nil, nil, nil, 3, 3, 5] && anew.of(.total)[3]?.last == 2)
    #expect(anew.of(.count(.pending)).allSatisfy { $0 == nil }, "what is no counter does not begin anew")
    #expect(restarts(["1", "2", "1"]).processes == 2 && restarts(["3", "2"]).processes == 2)
    #expect(restarts(["1", "2", "1"]).of(.total).allSatisfy { $0 == nil })
  }
}
