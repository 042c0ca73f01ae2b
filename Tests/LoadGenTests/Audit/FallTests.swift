import Shared
import Testing

@testable import LoadRun

/// A target that tells counters and no start of theirs, by one process that is killed and started again, or by several that answer in turn.
@Suite("Counters that fall, of which no start is told")
struct FallTests {
  private static let total = Dialect.Figure(.total, series: [Dialect.SeriesSelector("orders_accepted_total")])
  private static let completed = Dialect.Figure(.count(.completed), series: [Dialect.SeriesSelector("orders_completed_total")])
  private static let buckets = Dialect.Figure(.histogram(.completion), series: [Dialect.SeriesSelector("order_seconds")])
  private static let limits: [Double] = [0.02, 0.05, .infinity]

  private enum Connections: CaseIterable {
    /// One for the readings and one for the orders, which stay open for as long as the process that has them.
    case kept
    /// One for the orders that stays open; each reading has a new one.
    case keptForOrders
    /// A new one for each request.
    case closed
  }

  private struct Order {
    var process: Int
    var created, ended: Int64
    var counts: Bool { ended != .max }
  }

  private struct Drawn {
    private(set) var scrapes: [Scrape] = []
    private(set) var evidence = Evidence()
    private var tallies: ScrapeTallies
    private let assumptions = Dialect.Assumptions(snapshot: false, requeue: .never, clockRate: 0, granularity: .zero)

    /// - Parameters:
    ///   - processes: how many answer in turn.
    ///   - restarts: whether the one process is killed and started again, at some time.
    init(_ seed: UInt64, processes: Int = 1, restarts: Bool = false, _ connections: Connections) {
      var dice = Dice(seed: seed)
      tallies = ScrapeTallies(assumptions: assumptions, histograms: [.completion])
      let count = dice.int(60...120)
      let last = Int64(count) * 10 * .millisecond + 200 * .millisecond
      // Late enough for the counters to have more than what comes from one reading to the next.
      let killed = restarts ? last / 2 + dice.span(0...last / 4) : .max
      /// Since when a connection may have been open on which a request is answered that is sent at this time.
      func opened(_ sent: Int64, isKept: Bool) -> Instant { Instant(!isKept ? sent - 1_000 : sent > killed ? killed + 1_000 : 0) }
      var orders: [Order] = []
      for index in 0..<count {
        let sent = Int64(index) * 10 * .millisecond + 5 * .millisecond
        let created = sent + dice.span(0...Int64.millisecond)
        let wouldEnd = created + dice.span(1...80 * .millisecond)
        let isLost = created <= killed && wouldEnd > killed
        orders.append(Order(process: dice.int(0...processes - 1), created: created, ended: isLost ? .max : wouldEnd))
        var history = OrderHistory(index: UInt64(index), due: Instant(sent), dispatched: Instant(sent))
        history.createWasSent(at: Instant(sent))
        history.createReceived = Instant(created + .millisecond)
        if !isLost { history.observe(.ended, sent: Instant(wouldEnd), received: Instant(wouldEnd + .millisecond)) }
        let outcome: OrderOutcome = isLost ? .lost : .completed
        tallies.settled(history, outcome)
        evidence.add(history, outcome, at: Instant(last))
      }
      var sent: Int64 = 1_000
      while sent < last {
        let received = sent + dice.span(1...2 * .millisecond)
        // What was asked for before the process was killed, it has answered.
        let at = sent <= killed ? min(killed, sent + dice.span(0...received - sent)) : received
        let process = dice.int(0...processes - 1)
        let counted = orders.filter { $0.process == process && ($0.created > killed || at <= killed) }
        read(
          ScrapeWindow(
            sent: Instant(sent), received: Instant(received), opened: opened(sent, isKept: connections == .kept)),
          created: counted.count { $0.created <= at },
          durations: counted.filter { $0.ended <= at }.map { Double($0.ended - $0.created) / 1e9 })
        sent = received + dice.span(20 * .millisecond...60 * .millisecond)
      }
      for order in orders where order.counts {
        tallies.answered(opened: opened(order.ended, isKept: connections != .closed), sent: Instant(order.ended))
      }
      tallies.finish()
    }

    private mutating func read(_ window: ScrapeWindow, created: Int, durations: [Double]) {
      var claims = Claims()
      for figure in [FallTests.total, FallTests.completed, FallTests.buckets] { claims.isCounter(figure.quantity, since: nil) }
      claims[.total] = Claim(count: created)
      claims[.count(.completed)] = Claim(count: durations.count)
      claims.set(
        FallTests.buckets.quantity,
        FallTests.limits.map { limit in
          Claims.Bucket(limit: limit, text: "\(limit)", count: Claim(count: durations.count { $0 <= limit }))
        })
      scrapes.append(Scrape(window: window, claims: claims))
      tallies.read(window)
    }

    var run: AuditedRun {
      AuditedRun(
        scrapes: scrapes, hasBaseline: true, tallies: tallies,
        metrics: Dialect.Metrics(
          .prometheus(Dialect.Request("GET", Template("/metrics"))), figures: [FallTests.total, FallTests.completed, FallTests.buckets]),
        statuses: [.pending, .processing, .completed], assumptions: assumptions, exclusivity: .declared)
    }

    var hasFall: Bool {
      zip(scrapes, scrapes.dropFirst()).contains { ($0.claims[.total]?.value ?? 0) > ($1.claims[.total]?.value ?? 0) }
    }
  }

  @Test(
    "One process that was killed and started again is consistent, whichever connections were kept until then", arguments: Seeds.blocks(200))
  func restarted(seeds: Range<UInt64>) {
    for seed in seeds {
      for connections in Connections.allCases {
        let drawn = Drawn(seed, restarts: true, connections)
        #expect(drawn.hasFall, "seed \(seed)")
        let checks = Audit(drawn.run).checks
        #expect(checks.allSatisfy { $0.verdict == .consistent }, "seed \(seed), \(connections): \(checks.map(\.sentence))")
      }
    }
  }

  @Test(
    "Several processes are contradicted: where a connection stayed open, as a fall, and where none did, by what is held against it then")
  func several() throws {
    var named = 0
    for seed in 0..<60 as Range<UInt64> {
      for connections in [Connections.keptForOrders, .closed] {
        let drawn = Drawn(seed, processes: 4, connections)
        let audit = Audit(drawn.run)
        #expect(audit.verdict == .contradicted, "seed \(seed), \(connections)")
        let overTime = try #require(audit.checks.first { $0.name == "orders_accepted_total over time" })
        #expect((overTime.verdict == .contradicted) == (connections == .keptForOrders), "seed \(seed): \(overTime.sentence)")
        if connections == .keptForOrders {
          #expect(overTime.sentence.contains("A connection stayed open meanwhile"), "\(overTime.sentence)")
        }
        guard let cause = CauseSearch(drawn.run, audit, drawn.evidence)?.cause else { continue }
        #expect(cause.kind == .severalProcesses && cause.words.contains("processes answer in turn"), "seed \(seed): \(cause.words)")
        named += 1
      }
    }
    #expect(named > 100, "\(named) of 120 were named")
  }

  @Test("An order too few is found all the same where one process tells it that was restarted")
  func lies() {
    for seed in 0..<40 as Range<UInt64> {
      for connections in Connections.allCases {
        var run = Drawn(seed, restarts: true, connections).run
        for index in run.scrapes.indices {
          let told = Int(run.scrapes[index].claims[.total]?.value ?? 0)
          run.scrapes[index].claims[.total] = Claim(count: max(0, told - 5))
        }
        #expect(Audit(run).verdict == .contradicted, "seed \(seed), \(connections)")
      }
    }
  }

  // MARK: Which falls are restarts

  /// Readings at 10, 20, …, each received 2 later.
  private func restarts(
    _ told: [(total: Int, completed: Int)?], scraped: [Int64] = [], answered: [(opened: Int64, sent: Int64)] = [], started: String? = nil
  ) -> Restarts {
    var tallies = ScrapeTallies(assumptions: Dialect.Assumptions(requeue: .never))
    let scrapes = told.enumerated().map { place, numbers in
      let sent = Int64(place + 1) * 10
      var claims = Claims()
      claims.started = started
      if let numbers {
        for quantity in [Dialect.Quantity.total, .count(.completed)] { claims.isCounter(quantity, since: nil) }
        claims[.total] = Claim(count: numbers.total)
        claims[.count(.completed)] = Claim(count: numbers.completed)
      }
      let window = ScrapeWindow(
        sent: Instant(sent), received: Instant(sent + 2), opened: scraped.isEmpty ? .never : Instant(scraped[place]))
      tallies.read(window)
      return Scrape(window: window, claims: claims)
    }
    for (opened, sent) in answered { tallies.answered(opened: Instant(opened), sent: Instant(sent)) }
    return Restarts(scrapes, openSince: tallies.connections.openSince(count: scrapes.count))
  }

  @Test("A fall of one counter is a new beginning of all in its text, unless a connection stayed open from before it until after it")
  func excuses() {
    let told: [(total: Int, completed: Int)?] = [(0, 0), (5, 0), (6, 0), (2, 0)]
    func first(_ answered: [(opened: Int64, sent: Int64)], scraped: [Int64] = []) -> [Int?] {
      restarts(told, scraped: scraped, answered: answered).of(.count(.completed)).map { $0?.first }
    }
    // Readings from 30 to 32, and from 40 to 42.
    #expect(first([]) == [nil, nil, nil, 3])
    #expect(first([(30, 42)]) == [nil, nil, nil, nil], "it had been open all the time")
    #expect(first([(0, 50), (45, 60)]) == [nil, nil, nil, nil])
    #expect(first([(31, 42)]) == [nil, nil, nil, 3], "it may have been opened after the restart")
    #expect(first([(0, 41)]) == [nil, nil, nil, 3], "it may have been closed before the restart")
    #expect(first([(0, 35), (36, 60)]) == [nil, nil, nil, 3], "one was closed before the other was opened")
    #expect(first([], scraped: [5, 5, 5, 5]) == [nil, nil, nil, nil], "the readings' own connection was open")
    #expect(first([], scraped: [5, 5, 5, 35]) == [nil, nil, nil, 3])
    let kept = restarts(told, answered: [(0, 60)])
    #expect(kept.provenFall(of: .total) != nil && kept.processes == 1)
    #expect(restarts(told, started: "1.5").of(.total).allSatisfy { $0 == nil }, "the start is told, and is the same")
  }

  @Test("Where a reading between has no figures, the connection must have outlasted both gaps")
  func gaps() {
    let told: [(total: Int, completed: Int)?] = [(0, 0), (6, 3), nil, (2, 1)]
    #expect(restarts(told).of(.total).map { $0?.first } == [nil, nil, nil, 3])
    #expect(restarts(told).of(.total)[3]?.last == 1)
    #expect(restarts(told, answered: [(20, 42)]).of(.total).allSatisfy { $0 == nil })
    #expect(restarts(told, answered: [(20, 32), (30, 42)]).of(.total).allSatisfy { $0 == nil }, "one was open while the other was opened")
    #expect(restarts(told, answered: [(20, 32), (33, 60)]).of(.total).map { $0?.first } == [nil, nil, nil, 3])
  }

  @Test("What is known of connections does not depend on how many loops had them, nor on their order")
  func merged() {
    for seed in 0..<50 as Range<UInt64> {
      var dice = Dice(seed: seed)
      let answers = (0..<dice.int(0...30)).map { _ in (opened: Instant(dice.span(0...100)), readings: dice.int(0...8)) }
      var (whole, parts) = (OldestConnections(), [OldestConnections(), OldestConnections()])
      for answer in answers { whole.answered(opened: answer.opened, after: answer.readings) }
      for answer in answers.reversed() { parts[dice.int(0...1)].answered(opened: answer.opened, after: answer.readings) }
      var merged = parts[1]
      merged.merge(parts[0])
      let expected = (0..<6).map { reading in answers.filter { $0.readings > reading }.map(\.opened).min() ?? .never }
      #expect(whole.openSince(count: 6) == expected && merged.openSince(count: 6) == expected, "seed \(seed)")
    }
  }
}
