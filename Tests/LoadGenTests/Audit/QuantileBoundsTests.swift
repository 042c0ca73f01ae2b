import Shared
import Testing

@testable import LoadRun

@Suite("What a quantile is held against")
struct QuantileBoundsTests {
  /// The estimators that people use: R's nine, as numpy names them, and elements of a sorted list.
  private enum Estimator: CaseIterable {
    case invertedCDF, averagedInvertedCDF, closestObservation, interpolatedInvertedCDF, hazen,
      weibull, linear, medianUnbiased
    case normalUnbiased, elementAtShare, elementBeforeShare, exclusive

    func quantile(_ share: Double, of sorted: [Double]) -> Double {
      let (n, np) = (Double(sorted.count), Double(sorted.count) * share)
      func at(_ rank: Double) -> Double { sorted[min(sorted.count, max(1, Int(rank))) - 1] }
      func between(_ position: Double) -> Double {
        let lower = position.rounded(.down)
        return at(lower) + (position - lower) * (at(lower + 1) - at(lower))
      }
      switch self {
      case .invertedCDF: return at(np.rounded(.up))
      case .averagedInvertedCDF:
        return np == np.rounded() ? (at(np) + at(np + 1)) / 2 : at(np.rounded(.up))
      case .closestObservation: return at(np.rounded(.toNearestOrEven))
      case .interpolatedInvertedCDF: return between(np)
      case .hazen: return between(np + 0.5)
      case .weibull: return between((n + 1) * share)
      case .linear: return between((n - 1) * share + 1)
      case .medianUnbiased: return between((n + 1.0 / 3) * share + 1.0 / 3)
      case .normalUnbiased: return between((n + 0.25) * share + 0.375)
      case .elementAtShare: return at(np.rounded(.down) + 1)
      case .elementBeforeShare: return at(np.rounded(.down))
      case .exclusive:
        // Python's statistics.quantiles: it goes on beyond the last two, and the first two.
        guard sorted.count > 1 else { return at(1) }
        let position = (n + 1) * share
        let lower = min(n - 1, max(1, position.rounded(.down)))
        return at(lower) + (position - lower) * (at(lower + 1) - at(lower))
      }
    }
  }

  private struct Drawn {
    var scrapes: [Scrape] = []
    var tallies: ScrapeTallies
    let figure: Dialect.Figure
    let share: Double
    private let assumptions = Dialect.Assumptions(requeue: .never, clockRate: 0, granularity: .zero)

    /// - Parameter factor: by what the target's figure is too large.
    init(seed: UInt64, _ estimator: Estimator, factor: Double = 1, isOverAll: Bool = true) {
      var dice = Dice(seed: seed)
      share = dice.pick([0.5, 0.9, 0.95, 0.99, 0.25, 0.01])
      var figure = Dialect.Figure(.quantile(.completion, share), at: "p")
      figure.isOverAll = isOverAll
      self.figure = figure
      tallies = ScrapeTallies(assumptions: assumptions, histograms: [.completion])
      var orders: [(created: Int64, ended: Int64)] = []
      for index in 0..<dice.int(1...120) {
        let sent = Int64(index) * 5 * .millisecond + 5 * .millisecond
        let created = sent + dice.span(0...2 * .millisecond)
        let ended = created + dice.span(10 * .millisecond...400 * .millisecond)
        var history = OrderHistory(
          index: UInt64(index), due: Instant(sent), dispatched: Instant(sent))
        history.createWasSent(at: Instant(sent))
        history.createReceived = Instant(created + dice.span(0...2 * .millisecond))
        var poll = history.createReceived.nanoseconds
        while poll < ended {
          history.observe(.pending, sent: Instant(poll), received: Instant(poll + .millisecond / 2))
          poll += 10 * .millisecond
        }
        history.observe(.ended, sent: Instant(poll), received: Instant(poll + .millisecond))
        tallies.settled(history, .completed)
        orders.append((created, ended))
      }
      let last = (orders.map(\.ended).max() ?? 0) + 100 * .millisecond
      // What was there before: some completed orders, of which only their number is known.
      let before =
        dice.chance(0.3)
        ? (0..<dice.int(1...5)).map { _ in Double(dice.span(.millisecond...2 * .second)) / 1e9 }
        : []
      var sent: Int64 = 0
      while true {
        let received = sent + dice.span(1...3 * .millisecond)
        let at = sent + dice.span(0...(received - sent))
        let durations =
          (before + orders.filter { $0.ended <= at }.map { Double($0.ended - $0.created) / 1e9 })
          .sorted()
        var claims = Claims()
        claims[.count(.completed)] = Claim(count: durations.count)
        claims[.total] = Claim(count: before.count + orders.count { $0.created <= at })
        if !durations.isEmpty {
          claims[figure.quantity] = Claim(
            text: "\(estimator.quantile(share, of: durations) * factor)")
        }
        let window = ScrapeWindow(sent: Instant(sent), received: Instant(received))
        scrapes.append(Scrape(window: window, claims: claims))
        tallies.read(window)
        guard sent < last else { break }
        sent = received + dice.span(10 * .millisecond...200 * .millisecond)
      }
      tallies.finish()
    }

    var check: AuditCheck {
      ClaimBounds(
        AuditedRun(
          scrapes: scrapes, hasBaseline: true, tallies: tallies, metrics: nil, statuses: [],
          assumptions: assumptions,
          exclusivity: .declared)
      ).check(figure)
    }
  }

  @Test(
    "A true quantile is never contradicted, whatever the estimator", arguments: Seeds.blocks(100))
  func honest(seeds: Range<UInt64>) {
    var consistent = 0
    for seed in seeds {
      for estimator in Estimator.allCases {
        let check = Drawn(seed: seed, estimator).check
        #expect(check.verdict != .contradicted, "seed \(seed), \(estimator): \(check.sentence)")
        if check.verdict == .consistent { consistent += 1 }
      }
    }
    #expect(consistent > seeds.count * Estimator.allCases.count / 2)
  }

  @Test(
    "A quantile that is three times as large, or a third, is found", arguments: Seeds.blocks(50))
  func lies(seeds: Range<UInt64>) {
    var found = 0
    for seed in seeds {
      for factor in [3.0, 1.0 / 3]
      where Drawn(seed: seed, .linear, factor: factor).check.verdict == .contradicted { found += 1 }
    }
    // Of few orders, next to others from before, it may be anything.
    #expect(found > seeds.count, "\(found) of \(2 * seeds.count)")
  }

  @Test("Without 'over: all' nothing is held against it, and the report says which key is missing")
  func window() {
    let check = Drawn(seed: 3, .linear, factor: 100, isOverAll: false).check
    #expect(
      check.verdict == .notCheckable && check.sentence.contains("over: all"), "\(check.sentence)")
  }

  @Test("A file has one quantile or several; each mistake is told in words that name the key")
  func files() throws {
    func file(_ quantile: String, _ format: String = "json") -> String {
      """
      create: {path: /orders, body: '{}', id: {body: id}}
      status: {path: "/orders/{id}", field: status, words: {completed: DONE}}
      metrics: {path: /metrics, format: \(format), figures: {completed: done, completion_quantile: \(quantile)}}
      """
    }
    let one = try DialectFile.read(
      file("{field: p95, q: 0.95, over: all, unit: 1ms}"), path: "a.yaml")
    let figure = try #require(one.metrics?.figures.last)
    #expect(
      figure.quantity == .quantile(.completion, 0.95) && figure.isOverAll
        && figure.unit == .milliseconds(1))
    let several = try DialectFile.read(
      file(
        #"[{field: 'took{quantile="0.5"}', q: 0.5}, {field: 'took{quantile="0.99"}', q: 0.99}]"#,
        "prometheus"), path: "a.yaml")
    #expect(
      several.metrics?.figures.map(\.quantity) == [
        .count(.completed), .quantile(.completion, 0.5), .quantile(.completion, 0.99),
      ])
    for dialect in [one, several] {
      #expect(
        try DialectFile.read(DialectWriter.text(dialect), path: "b.yaml").metrics
          == dialect.metrics, "\(DialectWriter.text(dialect))")
    }
    for (wrong, words) in [
      ("p95", "is a mapping"), ("{field: p95}", "there is no 'q'"),
      ("{field: p95, q: 95}", "a share between 0 and 1"),
      ("{field: p95, q: 0.95, over: 1m}", "can be all"),
      ("[{field: a, q: 0.5}, {field: b, q: 0.5}]", "twice"),
    ] {
      let error = #expect(throws: (any Error).self) {
        try DialectFile.read(file(wrong), path: "a.yaml")
      }
      #expect(
        "\(error.map { "\($0)" } ?? "")".contains(words), "\(wrong): \(String(describing: error))")
    }
  }
}
