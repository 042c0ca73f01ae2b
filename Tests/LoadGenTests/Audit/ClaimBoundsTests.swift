import Shared
import Testing

@testable import LoadRun

/// One order of ours, acknowledged between two scrapes, at a target that had 100 before; the last scrape tells of it, and of what others did.
@Suite("What claims are held against")
struct ClaimBoundsTests {
  private static let total = Dialect.Figure(.total, at: "total")
  private static let completed = Dialect.Figure(.count(.completed), at: "done")
  private static let pending = Dialect.Figure(.count(.pending), at: "open")
  private static let processing = Dialect.Figure(.count(.processing), at: "busy")
  private static let estimate = Dialect.Figure(.estimate, at: "left")
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
    _ scrapes: [Scrape], _ exclusivity: Exclusivity, hasBaseline: Bool = true, isSnapshot: Bool = true, maxAge: Int64 = 0,
    clockRate: Double = 0, isFinal: Bool = true
  ) -> ClaimBounds {
    let assumptions = Dialect.Assumptions(
      snapshot: isSnapshot, final: isFinal, requeue: .never, clockRate: clockRate, maxAge: .nanoseconds(maxAge), granularity: .zero)
    var tallies = ScrapeTallies(assumptions: assumptions)
    tallies.settled(Self.order, .completed)
    for scrape in scrapes { tallies.read(scrape.window) }
    tallies.finish()
    return ClaimBounds(
      AuditedRun(
        scrapes: scrapes, hasBaseline: hasBaseline, tallies: tallies, metrics: nil, statuses: [], assumptions: assumptions,
        exclusivity: exclusivity))
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
      claimBounds([Self.scrape(0, before), Self.scrape(30, after)], exclusivity).countCheck(Self.completed).verdict
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
      return claimBounds(scrapes, .inferred, maxAge: maxAge).countCheck(Self.completed).verdict
    }
    #expect(verdict(maxAge: 10) == .contradicted, "the last figures are of 40 or later")
    #expect(verdict(maxAge: 11) == .consistent)
  }

  @Test("Where every status has a count, they add up to the total; where one has none, to no more than it")
  func sums() throws {
    let metrics = Dialect.Metrics(path: "/", figures: [Self.total, Self.completed, Self.pending])
    func verdict(_ completed: String, _ pending: String, of statuses: Set<OrderStatus>) throws -> AuditCheck.Verdict {
      let scrapes = [
        Self.scrape(0, [Self.total: "7", Self.completed: "7", Self.pending: "0"]),
        Self.scrape(30, [Self.total: "8", Self.completed: completed, Self.pending: pending]),
      ]
      return try #require(claimBounds(scrapes, .declared).sumCheck(metrics, of: statuses)).verdict
    }
    let all: Set<OrderStatus> = [.pending, .completed]
    #expect(try verdict("8", "0", of: all) == .consistent && verdict("5", "3", of: all) == .consistent)
    #expect(try verdict("8", "1", of: all) == .contradicted && verdict("7", "0", of: all) == .contradicted)
    for more in [OrderStatus.processing, .cancelled, .failed] {
      #expect(try verdict("7", "0", of: all.union([more])) == .consistent, "the eighth may be \(more)")
      #expect(try verdict("8", "1", of: all.union([more])) == .contradicted)
    }
    #expect(claimBounds([], .declared).sumCheck(Dialect.Metrics(path: "/", figures: [Self.completed]), of: all) == nil, "there is no total")
  }

  @Test("Where no total says so, the counts together have every order that stands at one of their statuses, and no more")
  func countedOrders() throws {
    func check(
      _ figures: [Dialect.Figure], of statuses: Set<OrderStatus>, _ pending: String, _ completed: String, isSnapshot: Bool = true
    ) -> AuditCheck? {
      let scrapes = [
        Self.scrape(0, [Self.pending: "5", Self.completed: "4", Self.processing: "0"]),
        Self.scrape(30, [Self.pending: pending, Self.completed: completed, Self.processing: "0"]),
      ]
      let bounds = claimBounds(scrapes, .declared, isSnapshot: isSnapshot)
      return bounds.countedCheck(Dialect.Metrics(path: "/", figures: figures), of: statuses)
    }
    func verdict(_ pending: String, _ completed: String, of statuses: Set<OrderStatus>) -> AuditCheck.Verdict? {
      check([Self.pending, Self.completed], of: statuses, pending, completed)?.verdict
    }
    let two: Set<OrderStatus> = [.pending, .completed]
    #expect(verdict("5", "5", of: two) == .consistent && verdict("0", "10", of: two) == .consistent)
    #expect(verdict("4", "5", of: two) == .contradicted, "one from before is nowhere")
    #expect(verdict("5", "6", of: two) == .contradicted && verdict("6", "5", of: two) == .contradicted, "one is counted twice")
    // Those from before may be processing now.
    #expect(verdict("4", "5", of: two.union([.processing])) == .consistent)
    #expect(verdict("0", "4", of: two.union([.processing])) == .contradicted, "ours is nowhere")
    let figures = [Self.pending, Self.completed]
    #expect(check([Self.total] + figures, of: two, "5", "5") == nil, "they are held against the total, and that against the orders")
    #expect(check([Self.total] + figures, of: two.union([.processing]), "0", "4")?.verdict == .contradicted)
    #expect(check([Self.pending, Self.processing], of: two, "5", "5") == nil, "these have a check of their own")
    #expect(check(figures, of: two, "5", "5", isSnapshot: false) == nil)
  }

  @Test("Where orders may change after their end, they may do so within every count, and those from before, too")
  func changesAfterItsEnd() throws {
    func verdicts(_ completed: String, _ pending: String, isFinal: Bool) -> [AuditCheck.Verdict?] {
      let figures = [Self.total, Self.completed, Self.pending]
      let scrapes = [
        Self.scrape(0, [Self.total: "9", Self.completed: "9", Self.pending: "0"]),
        Self.scrape(30, [Self.total: "10", Self.completed: completed, Self.pending: pending]),
      ]
      let bounds = claimBounds(scrapes, .declared, isFinal: isFinal)
      let counted = bounds.countedCheck(Dialect.Metrics(path: "/", figures: figures), of: Set(OrderStatus.allCases))
      return [bounds.check(Self.completed).verdict, bounds.check(Self.pending).verdict, counted?.verdict]
    }
    #expect(verdicts("10", "0", isFinal: true) == [.consistent, .consistent, .consistent])
    #expect(verdicts("0", "0", isFinal: true) == [.contradicted, .consistent, .contradicted])
    #expect(verdicts("4", "6", isFinal: true) == [.contradicted, .contradicted, .consistent])
    for (completed, pending) in [("10", "0"), ("0", "0"), ("4", "6"), ("0", "10")] {
      #expect(verdicts(completed, pending, isFinal: false) == [.consistent, .consistent, .consistent], "\(completed), \(pending)")
    }
    #expect(verdicts("11", "0", isFinal: false).contains(.contradicted))
  }

  @Test("Figures of several instants do not say by their sum how many orders had not ended: one may have been counted in neither")
  func sumsOfSeveralInstants() {
    func verdict(isSnapshot: Bool) -> AuditCheck.Verdict {
      // Five of the hundred ended after the completed were counted, and before the others were.
      let before = [Self.total: "100", Self.completed: "60", Self.pending: "30", Self.processing: "5"]
      let scrapes = [Self.scrape(0, before), Self.scrape(30, [Self.total: "101", Self.completed: "101"])]
      return claimBounds(scrapes, .declared, isSnapshot: isSnapshot).countCheck(Self.completed).verdict
    }
    #expect(verdict(isSnapshot: true) == .contradicted, "35 of 40 could end")
    #expect(verdict(isSnapshot: false) == .consistent)
  }

  @Test("Others' orders have the room that an answer's total leaves, where its figures are of one instant; otherwise that of later answers")
  func roomOfSeveralInstants() {
    func verdict(isSnapshot: Bool, later: String?) -> AuditCheck.Verdict {
      var scrapes = [
        Self.scrape(0, [Self.total: "100", Self.completed: "100"]), Self.scrape(30, [Self.total: "101", Self.completed: "103"]),
      ]
      if let later { scrapes.append(Self.scrape(50, [Self.total: later, Self.completed: "103"])) }
      return claimBounds(scrapes, .inferred, isSnapshot: isSnapshot).countCheck(Self.completed).verdict
    }
    #expect(verdict(isSnapshot: true, later: "103") == .contradicted)
    #expect(verdict(isSnapshot: false, later: "103") == .consistent, "the total was counted before, and two others came and ended")
    #expect(verdict(isSnapshot: false, later: "102") == .contradicted)
    #expect(verdict(isSnapshot: false, later: nil) == .notCheckable)
  }

  @Test("Where figures may be old, orders of just before the run may appear in it: what was there is known by the run's first figures")
  func oldBaseline() {
    func check(_ totals: [String], maxAge: Int64) -> AuditCheck {
      let scrapes = zip([0, 30, 50, 70] as [Int64], totals).map { Self.scrape($0, [Self.total: $1]) }
      return claimBounds(scrapes, .declared, maxAge: maxAge).totalCheck(Self.total)
    }
    // 60 orders came before the run, after the figures of the first answer.
    #expect(check(["100", "160", "161", "161"], maxAge: 0).verdict == .contradicted)
    #expect(check(["100", "160", "161", "161"], maxAge: 40).verdict == .consistent)
    // The answer that was sent at 50 is of 10 at the earliest, which is when the first was received. It may hold ours or not.
    #expect(check(["100", "160", "161", "162"], maxAge: 40).verdict == .consistent)
    #expect(check(["100", "160", "161", "163"], maxAge: 40).verdict == .contradicted)
    #expect(check(["100", "160", "161", "160"], maxAge: 40).verdict == .contradicted)
    #expect(check(["100", "160", "161", "999"], maxAge: 60).verdict == .notCheckable, "that of 70 is the first of the run")
    #expect(check(["100", "160", "161", "0"], maxAge: 40).verdict == .contradicted, "ours is not there")
  }

  @Test("Figures are as old as the answer says: an old one may come after a younger one, and is held against its own time")
  func ages() {
    // Received at 10, 40, 60 and 80; ours is there from 25 on.
    func check(_ answers: [(total: String, age: Int64)]) -> AuditCheck {
      let scrapes = zip([0, 30, 50, 70] as [Int64], answers).map { sent, answer in
        var scrape = Self.scrape(sent, [Self.total: answer.total])
        scrape.window.sent = scrape.window.sent + -answer.age
        scrape.window.age = answer.age
        return scrape
      }
      return claimBounds(scrapes, .declared).totalCheck(Self.total)
    }
    #expect(check([("100", 0), ("101", 1), ("100", 30), ("101", 0)]).verdict == .consistent, "the third may be of 20")
    #expect(check([("100", 0), ("101", 1), ("100", 20), ("101", 0)]).verdict == .contradicted, "the third is of 30 at the earliest")
    #expect(check([("100", 0), ("101", 1), ("100", 30), ("100", 0)]).verdict == .contradicted)
    // What was there before is known by the second answer, the first that is not from before the run.
    #expect(check([("40", 5), ("101", 10), ("101", 0), ("101", 0)]).verdict == .consistent)
    #expect(check([("40", 0), ("101", 10), ("101", 0), ("101", 0)]).verdict == .contradicted)
  }

  @Test("Pending and processing together are the orders that have not ended, wherever between the two an order stands")
  func unfinished() throws {
    let metrics = Dialect.Metrics(path: "/", figures: [Self.total, Self.pending, Self.processing, Self.completed])
    func check(_ pending: String, _ processing: String, before: String = "0", isSnapshot: Bool = true) -> AuditCheck? {
      let scrapes = [
        Self.scrape(0, [Self.total: "9", Self.pending: before, Self.processing: "0", Self.completed: "4"]),
        Self.scrape(15, [Self.total: "10", Self.pending: pending, Self.processing: processing, Self.completed: "4"]),
        Self.scrape(30, [Self.total: "10", Self.pending: pending, Self.processing: processing, Self.completed: "5"]),
      ]
      return claimBounds(scrapes, .declared, isSnapshot: isSnapshot).unfinishedCheck(metrics)
    }
    // By 30 ours had completed, and five of those from before may not have.
    #expect(check("0", "5", before: "5")?.verdict == .consistent && check("5", "0", before: "5")?.verdict == .consistent)
    #expect(check("6", "0", before: "5")?.verdict == .contradicted && check("3", "3", before: "5")?.verdict == .contradicted)
    #expect(check("0", "0")?.verdict == .consistent && check("0", "1")?.verdict == .contradicted)
    #expect(check("0", "0", isSnapshot: false) == nil)
    #expect(claimBounds([], .declared).unfinishedCheck(Dialect.Metrics(path: "/", figures: [Self.pending, Self.completed])) == nil)
    #expect(check("0", "0")?.name == "pending + processing")
  }

  @Test("An estimate of what is left is never negative, and 0 where nothing is left")
  func estimates() {
    func verdict(_ estimate: String, before: String = "100") -> AuditCheck.Verdict {
      let scrapes = [
        Self.scrape(0, [Self.total: "100", Self.completed: before, Self.estimate: "0"]),
        Self.scrape(30, [Self.total: "101", Self.completed: "101", Self.estimate: estimate]),
      ]
      return claimBounds(scrapes, .declared).estimateCheck(Self.estimate).verdict
    }
    #expect(verdict("0") == .consistent && verdict("0.0") == .consistent)
    #expect(verdict("4") == .contradicted && verdict("-4") == .contradicted && verdict("0.5") == .contradicted)
    #expect(verdict("4", before: "99") == .notCheckable, "one from before may not have ended")
    #expect(verdict("-4", before: "99") == .contradicted)
  }

  @Test("An estimate that is the same time for each unfinished order is held against the readings before it, where the dialect says so")
  func proportion() {
    // One order is unfinished at the reading of 30, two at that of 60, and none at that of 90.
    var tallies = ScrapeTallies(assumptions: Dialect.Assumptions())
    let windows = [0, 30, 60, 90].map { ScrapeWindow(sent: Instant($0), received: Instant($0 + 9)) }
    for created in [15, 45] as [Int64] {
      var order = OrderHistory(index: 0, due: Instant(created), dispatched: Instant(created))
      order.createWasSent(at: Instant(created))
      order.createReceived = Instant(created + 2)
      order.observe(.processing, sent: Instant(72), received: Instant(74))
      order.observe(.ended, sent: Instant(76), received: Instant(78))
      tallies.settled(order, .completed)
    }
    for window in windows { tallies.read(window) }
    tallies.finish()
    func verdict(_ estimates: String..., isProportional: Bool = true) -> AuditCheck.Verdict? {
      var figure = Self.estimate
      figure.isProportional = isProportional
      let scrapes = zip(windows, ["0"] + estimates).map { window, estimate -> Scrape in
        var claims: Claims = [.total: Claim(count: 0)]
        claims[.estimate] = Claim(text: estimate)
        return Scrape(window: window, claims: claims)
      }
      let metrics = Dialect.Metrics(path: "/", figures: [figure])
      return ClaimBounds(
        AuditedRun(
          scrapes: scrapes, hasBaseline: true, tallies: tallies, metrics: metrics, statuses: [], assumptions: Dialect.Assumptions(),
          exclusivity: .declared)
      ).proportionCheck(metrics)?.verdict
    }
    #expect(verdict("2.50", "5.00", "0.00") == .consistent && verdict("0.25", "0.51", "0.00") == .consistent)
    #expect(verdict("2.50", "2.50", "0.00") == .contradicted && verdict("2.50", "7.50", "0.00") == .contradicted)
    #expect(verdict("2.50", "5.00", "2.50") == .contradicted && verdict("0.00", "5.00", "0.00") == .contradicted)
    #expect(verdict("2.50", "2.50", "0.00", isProportional: false) == nil)
  }

  @Test("Figures from before the first order alone are no audit, although they add up")
  func silent() {
    func verdict(_ scrapes: [Scrape], hasBaseline: Bool) -> Audit.Verdict {
      var tallies = ScrapeTallies(assumptions: Dialect.Assumptions())
      for scrape in scrapes { tallies.read(scrape.window) }
      tallies.finish()
      return Audit(
        AuditedRun(
          scrapes: scrapes, hasBaseline: hasBaseline, tallies: tallies,
          metrics: Dialect.Metrics(path: "/", figures: [Self.total, Self.completed]), statuses: [.completed],
          assumptions: Dialect.Assumptions(), exclusivity: .declared)
      ).verdict
    }
    let scrapes = [0, 30].map { Self.scrape($0, [Self.total: "3", Self.completed: "3"]) }
    #expect(verdict([scrapes[0]], hasBaseline: true) == .notAvailable)
    #expect(verdict([scrapes[0]], hasBaseline: false) == .consistent && verdict(scrapes, hasBaseline: true) == .consistent)
  }

  @Test("A figure that is gone although it must be more than 0 has vanished; where it may be 0, or was never there, nothing is claimed")
  func vanished() {
    func check(_ found: Claims.Unread?, _ figure: Dialect.Figure, others: [Dialect.Figure: String] = [Self.pending: "0"]) -> AuditCheck {
      var before = Self.scrape(0, [Self.total: "0", Self.completed: "0", Self.processing: "0", Self.estimate: "0"])
      before.claims.hasNoNumber(Self.average.quantity, but: .null)
      var last = Self.scrape(30, others)
      if let found { last.claims.hasNoNumber(figure.quantity, but: found) } else { last.claims = .unreadable }
      let bounds = claimBounds([before, last], .declared)
      return bounds.check(figure)
    }
    for found in [Claims.Unread.nothing, .null, .noNumber, nil] {
      #expect(check(found, Self.total).verdict == .contradicted && check(found, Self.completed).verdict == .contradicted)
      #expect(check(found, Self.average).verdict == .contradicted, "one has completed")
      #expect(check(found, Self.processing).verdict == .notCheckable && check(found, Self.estimate).verdict == .notCheckable)
    }
    let document = Self.scrape(50, [Self.total: "1"])
    var page = Self.scrape(30, [:])
    page.claims = .unreadable
    let before = Self.scrape(0, [Self.total: "0"])
    #expect(claimBounds([before, page, document], .declared).totalCheck(Self.total).verdict == .consistent, "a gateway's page")
    #expect(claimBounds([before, document, page], .declared).totalCheck(Self.total).verdict == .contradicted, "for good")
    #expect(check(.null, Self.total).sentence == "total was null at 0.0 s, although 1 order must have been counted")
    #expect(check(.null, Self.average).sentence == "mean was null at 0.0 s, although 1 order had surely completed")
    #expect(check(.nothing, Self.processing).sentence.hasSuffix("declare missing: 0 for it in the dialect"))
    for found in [Claims.Unread.nothing, nil] {
      var never = [Self.scrape(0, [Self.completed: "0"]), Self.scrape(30, [Self.completed: "1"])]
      for place in never.indices {
        if let found { never[place].claims.hasNoNumber(.total, but: found) } else { never[place].claims = .unreadable }
      }
      #expect(claimBounds(never, .declared).totalCheck(Self.total).verdict == .notCheckable, "it was never there")
    }
  }

  @Test("What only grows must not fall from one reading to one that was sent after it; where both overlap it may")
  func monotony() throws {
    let metrics = Dialect.Metrics(path: "/", figures: [Self.total])
    func verdict(_ totals: [(sent: Int64, text: String)]) throws -> AuditCheck.Verdict {
      let scrapes = totals.map { Self.scrape($0.sent, [Self.total: $0.text]) }
      return try #require(claimBounds(scrapes, .denied).monotonicChecks(metrics).first).verdict
    }
    #expect(try verdict([(0, "5"), (30, "5"), (50, "6")]) == .consistent)
    #expect(try verdict([(0, "5"), (30, "6"), (50, "5")]) == .contradicted)
    #expect(try verdict([(0, "5"), (30, "7"), (35, "6"), (50, "7")]) == .consistent, "the two overlap")
    #expect(try verdict([(0, "5"), (30, "7"), (35, "6"), (50, "6")]) == .contradicted, "the last does not")
  }

  @Test("A mean over the completed orders lies between its bounds, within what its digits and the clock may hide")
  func averages() {
    func verdict(_ mean: String, clockRate: Double = 0) -> AuditCheck.Verdict {
      let scrapes = [
        Self.scrape(0, [Self.total: "0", Self.completed: "0", Self.average: "0"]),
        Self.scrape(30, [Self.total: "1", Self.completed: "1", Self.average: mean]),
      ]
      return claimBounds(scrapes, .declared, clockRate: clockRate).averageCheck(Self.average, .completion).verdict
    }
    // Created in [21, 25] and ended by 28: at most 7 ns.
    #expect(verdict("0.000000007") == .consistent && verdict("0.000000000") == .consistent)
    #expect(verdict("0.000000009") == .contradicted)
    #expect(verdict("0.0000000074", clockRate: 0.1) == .consistent && verdict("0.0000000079", clockRate: 0.1) == .contradicted)
  }
}
