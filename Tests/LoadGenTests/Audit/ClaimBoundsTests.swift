import Shared
import Testing

@testable import LoadRun

/// One order of ours, acknowledged between two scrapes, at a target that had 100 before; the last scrape tells of it, and of what others did.
@Suite("What claims are held against")
struct ClaimBoundsTests {
  private static let total = Dialect.Figure(.total, at: "total")
  private static let completed = Dialect.Figure(.count(.completed), at: "done")
  private static let pending = Dialect.Figure(.count(.pending), at: "open")
  private static let average = Dialect.Figure(.average(.completion), at: "mean", printing: .nearest)

  private static func scrape(_ sent: Int64, _ claims: [Dialect.Figure: String]) -> Scrape {
    var read = Claims()
    for (figure, text) in claims { read[figure.quantity] = Claim(text: text) }
    return Scrape(window: ScrapeWindow(sent: Instant(sent), received: Instant(sent + 10)), claims: read)
  }

  /// Created in [21, 25] and completed by 28, so that a scrape that is sent at 30 must know of it.
  private static var order: OrderHistory {
    var order = OrderHistory(index: 0, due: Instant(21), dispatched: Instant(21))
    order.createWasSent(at: Instant(21))
    order.createReceived = Instant(25)
    order.observe(.ended, sent: Instant(26), received: Instant(28))
    return order
  }

  private func claimBounds(
    _ scrapes: [Scrape], _ exclusivity: Exclusivity, hasBaseline: Bool = true, isSnapshot: Bool = true, maxAge: Int64 = 0
  ) -> ClaimBounds {
    let assumptions = Dialect.Assumptions(snapshot: isSnapshot, requeue: false, maxAge: .nanoseconds(maxAge))
    var tallies = ScrapeTallies(assumptions: assumptions)
    tallies.settled(Self.order, .completed)
    for scrape in scrapes { tallies.read(scrape.window) }
    tallies.finish()
    return ClaimBounds(
      scrapes: scrapes, baseline: hasBaseline ? scrapes.first : nil, tallies: tallies, exclusivity: exclusivity, assumptions: assumptions)
  }

  private func verdict(total: String, _ exclusivity: Exclusivity, hasBaseline: Bool = true) -> AuditCheck.Verdict {
    let scrapes = [Self.scrape(0, [Self.total: "100"]), Self.scrape(30, [Self.total: total])]
    return claimBounds(scrapes, exclusivity, hasBaseline: hasBaseline).totalCheck(Self.total).verdict
  }

  @Test(
    "A total is what was there before and ours; more is contradicted where nobody else sends, unexplained where that is inferred, and free else"
  )
  func totals() {
    for exclusivity in [Exclusivity.declared, .inferred, .denied] {
      #expect(verdict(total: "100", exclusivity) == .contradicted, "ours is missing")
    }
    #expect(verdict(total: "101", .declared) == .consistent && verdict(total: "101", .inferred) == .consistent)
    #expect(verdict(total: "102", .declared) == .contradicted)
    #expect(verdict(total: "102", .inferred) == .unexplained)
    #expect(verdict(total: "1000000", .denied) == .notCheckable, "any number of others may have come")
    #expect(verdict(total: "0", .declared, hasBaseline: false) == .contradicted)
    #expect(verdict(total: "999", .declared, hasBaseline: false) == .notCheckable, "nobody knows what was there before")
  }

  @Test("Orders from before the run may end in it, and others' may, as far as the total leaves room for them")
  func counts() {
    func verdict(_ before: [Dialect.Figure: String], _ after: [Dialect.Figure: String], _ exclusivity: Exclusivity) -> AuditCheck.Verdict {
      claimBounds([Self.scrape(0, before), Self.scrape(30, after)], exclusivity).countCheck(Self.completed, .completed).verdict
    }
    let done = [Self.total: "100", Self.completed: "100"]
    #expect(verdict(done, [Self.total: "101", Self.completed: "101"], .declared) == .consistent)
    #expect(verdict(done, [Self.total: "101", Self.completed: "100"], .declared) == .contradicted, "it must know of ours")
    #expect(verdict(done, [Self.total: "101", Self.completed: "102"], .declared) == .contradicted)
    // Five of those from before had not ended.
    let five = [Self.total: "100", Self.completed: "95"]
    #expect(verdict(five, [Self.total: "101", Self.completed: "101"], .declared) == .consistent)
    #expect(verdict(five, [Self.total: "101", Self.completed: "102"], .declared) == .contradicted)
    // The total has risen by one more than ours: one of somebody else's.
    #expect(verdict(done, [Self.total: "102", Self.completed: "102"], .inferred) == .consistent)
    #expect(verdict(done, [Self.total: "102", Self.completed: "103"], .inferred) == .contradicted)
  }

  @Test("A later total leaves no room for others' orders where it cannot be the older one")
  func staleTotals() {
    func verdict(maxAge: Int64) -> AuditCheck.Verdict {
      let scrapes = [
        Self.scrape(0, [Self.total: "100", Self.completed: "100"]), Self.scrape(30, [Self.total: "105", Self.completed: "105"]),
        // Of another node, perhaps, that has not heard of the others' four.
        Self.scrape(50, [Self.total: "101", Self.completed: "101"]),
      ]
      return claimBounds(scrapes, .inferred, maxAge: maxAge).countCheck(Self.completed, .completed).verdict
    }
    #expect(verdict(maxAge: 10) == .contradicted, "the last figures are of 40 or later")
    #expect(verdict(maxAge: 11) == .consistent)
  }

  @Test("The counts of one snapshot add up to its total; those of several instants need not")
  func sums() throws {
    let metrics = Dialect.Metrics(path: "/", figures: [Self.total, Self.completed, Self.pending])
    func check(_ completed: String, _ pending: String) throws -> AuditCheck {
      let scrapes = [
        Self.scrape(0, [Self.total: "7", Self.completed: "7", Self.pending: "0"]),
        Self.scrape(30, [Self.total: "8", Self.completed: completed, Self.pending: pending]),
      ]
      return try #require(claimBounds(scrapes, .declared).sumCheck(metrics))
    }
    #expect(try check("8", "0").verdict == .consistent && check("5", "3").verdict == .consistent)
    #expect(try check("8", "1").verdict == .contradicted && check("7", "0").verdict == .contradicted)
    #expect(claimBounds([], .declared).sumCheck(Dialect.Metrics(path: "/", figures: [Self.completed])) == nil, "there is no total")
  }

  @Test("What only grows must not fall from one reading to one that was sent after it; where both overlap it may")
  func monotony() throws {
    let metrics = Dialect.Metrics(path: "/", figures: [Self.total])
    func verdict(_ totals: [(sent: Int64, text: String)]) throws -> AuditCheck.Verdict {
      let scrapes = totals.map { Self.scrape($0.sent, [Self.total: $0.text]) }
      return try #require(claimBounds(scrapes, .denied).monotonicChecks(metrics, Dialect.Assumptions()).first).verdict
    }
    #expect(try verdict([(0, "5"), (30, "5"), (50, "6")]) == .consistent)
    #expect(try verdict([(0, "5"), (30, "6"), (50, "5")]) == .contradicted)
    #expect(try verdict([(0, "5"), (30, "7"), (35, "6"), (50, "7")]) == .consistent, "the two overlap")
    #expect(try verdict([(0, "5"), (30, "7"), (35, "6"), (50, "6")]) == .contradicted, "the last does not")
  }

  @Test("A mean over the completed orders lies between its bounds, within what its digits and the clock may hide")
  func averages() {
    func verdict(_ mean: String, clockRate: Double = 0) -> AuditCheck.Verdict {
      let metrics = Dialect.Metrics(path: "/", figures: [Self.completed, Self.average])
      let scrapes = [
        Self.scrape(0, [Self.total: "0", Self.completed: "0", Self.average: "0"]),
        Self.scrape(30, [Self.total: "1", Self.completed: "1", Self.average: mean]),
      ]
      let assumptions = Dialect.Assumptions(requeue: false, clockRate: clockRate, granularity: .zero)
      return claimBounds(scrapes, .declared).averageCheck(Self.average, .completion, metrics: metrics, assumptions).verdict
    }
    // Created in [21, 25] and ended by 28: at most 7 ns.
    #expect(verdict("0.000000007") == .consistent && verdict("0.000000000") == .consistent)
    #expect(verdict("0.000000009") == .contradicted)
    #expect(verdict("0.0000000074", clockRate: 0.1) == .consistent && verdict("0.0000000079", clockRate: 0.1) == .contradicted)
  }
}
