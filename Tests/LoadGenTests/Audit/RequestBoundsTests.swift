import Shared
import Testing

@testable import LoadRun

/// A target that counts its requests, some of which are never answered, and tells of them at readings.
@Suite("What figures about requests are held against")
struct RequestBoundsTests {
  private static let figures = Dialect.RequestFigures(
    counter: Dialect.SeriesSelector("http_requests_total"), histogram: Dialect.SeriesSelector("http_request_duration_seconds"),
    countedWithin: .zero, endsWithAnswer: true)
  private static let limits = [0.005, 0.02, 0.05, .infinity]

  private struct Request {
    var kind: RequestKind
    var code: UInt16
    /// By the target's truth: when it was counted, and how long it took.
    var counted: Int64
    var took: Int64
  }

  private enum Lie: CaseIterable { case none, skipsErrors, oneMore, milliseconds, bucket }

  private struct Drawn {
    var scrapes: [Scrape] = []
    var tallies: ScrapeTallies
    let routes: RequestRoutes
    let figures: Dialect.RequestFigures
    let assumptions = Dialect.Assumptions(clockRate: 0, granularity: .zero)
    private let usesHundreds: Bool
    private let lie: Lie

    init(_ seed: UInt64, _ lie: Lie = .none, countedWithin: Duration? = .zero) {
      var dice = Dice(seed: seed)
      var figures = RequestBoundsTests.figures
      figures.countedWithin = countedWithin
      routes = RequestRoutes(.standard)
      self.figures = figures
      self.lie = lie
      usesHundreds = dice.chance(0.3)
      tallies = ScrapeTallies(assumptions: assumptions)
      tallies.requests = RequestTallies(routes, countedWithin: countedWithin)
      var requests: [Request] = []
      var told: [(request: Request, sent: Int64, ended: Int64, isAnswered: Bool)] = []
      for index in 0..<dice.int(20...200) {
        let sent = Int64(index) * 3 * .millisecond + 10 * .millisecond
        let begun = sent + dice.span(0...2 * .millisecond)
        let took = dice.span(1...60 * .millisecond)
        let kind = dice.pick([RequestKind.create, .poll, .cancel])
        let code = dice.pick(kind == .create ? [201, 201, 400, 500] : [200, 404, 503] as [UInt16])
        let late = countedWithin.map { dice.span(0...$0.nanoseconds) } ?? dice.span(0...500 * .millisecond)
        let ended = begun + took + dice.span(0...2 * .millisecond)
        let request = Request(kind: kind, code: code, counted: begun + took + late, took: took)
        let isAnswered = !dice.chance(0.05)
        // What is not answered may be counted all the same, and what a proxy has answered may not.
        let isCounted = isAnswered ? code != 503 || dice.chance(0.5) : dice.chance(0.5)
        if isCounted { requests.append(request) }
        told.append((request, sent, ended, isAnswered))
      }
      let last = (told.map(\.ended).max() ?? 0) + 600 * .millisecond
      // What is told to the core of requests, and of readings, comes in the order of time.
      var events: [(at: Int64, window: ScrapeWindow?, request: Int)] = told.indices.map { (told[$0].ended, nil, $0) }
      var (sent, readings) = (Int64(0), [(window: ScrapeWindow, at: Int64)]())
      while true {
        let received = sent + dice.span(1...3 * .millisecond)
        readings.append((ScrapeWindow(sent: Instant(sent), received: Instant(received)), sent + dice.span(0...(received - sent))))
        events.append((received, readings[readings.count - 1].window, -1))
        guard sent < last else { break }
        sent = received + dice.span(10 * .millisecond...200 * .millisecond)
      }
      for request in told { tallies.requests?.wrote(request.request.kind) }
      for event in events.sorted(by: { $0.at < $1.at }) {
        if let window = event.window {
          tallies.read(window)
        } else if told[event.request].isAnswered || event.request.isMultiple(of: 2) {
          let (request, sent, ended, isAnswered) = told[event.request]
          tallies.requests?.ended(
            request.kind, code: isAnswered ? request.code : 0, sent: Instant(sent), at: Instant(ended), tallies.windows)
        }
      }
      tallies.finish()
      for (index, reading) in readings.enumerated() {
        var claims = Claims()
        claims.requests = self.claims(requests.filter { $0.counted <= reading.at }, isFirst: index == 0)
        scrapes.append(Scrape(window: reading.window, claims: claims))
      }
    }

    private func claims(_ counted: [Request], isFirst: Bool) -> RequestClaims {
      var claims = RequestClaims()
      claims.counter.isThere = true
      claims.histogram.isThere = true
      for request in counted where lie != .skipsErrors || request.code < 400 {
        let place = routes.place(of: request.kind) ?? 0
        let key = RequestClaims.Key(
          routes: 1 << RequestRoutes.Subset(place), status: usesHundreds ? .hundred(UInt8(request.code / 100)) : .code(request.code))
        let seconds = Double(request.took) / 1e9 * (lie == .milliseconds ? 1_000 : 1)
        for family in [\RequestClaims.counter, \.histogram] {
          claims[keyPath: family].methodLabel = "method"
          claims[keyPath: family].routeLabel = "route"
          claims[keyPath: family].statusLabel = "status"
          claims[keyPath: family].count(key, 1)
        }
        let sum = claims.histogram.sums[key]?.first?.value ?? 0
        claims.histogram.sums[key] = [Claim(text: "\(sum + seconds)")].compactMap(\.self)
        let buckets =
          claims.histogram.buckets[key].map { $0.map { $0.count.orders.lowerBound } } ?? RequestBoundsTests.limits.map { _ in 0 }
        claims.histogram.buckets[key] = zip(RequestBoundsTests.limits, buckets).compactMap { limit, count in
          Claim(sum: count + (seconds <= limit ? 1 : 0)).map { Claims.Bucket(limit: limit, text: "\(limit)", count: $0) }
        }
      }
      if !isFirst, lie == .oneMore { for key in claims.counter.counts.keys { claims.counter.count(key, 100) } }
      if !isFirst, lie == .bucket {
        for (key, buckets) in claims.histogram.buckets {
          claims.histogram.buckets[key] = buckets.map { bucket in
            Claims.Bucket(limit: bucket.limit, text: bucket.text, count: bucket.limit == 0.02 ? Claim(count: 1_000) : bucket.count)
          }
        }
      }
      return claims
    }

    func checks(_ exclusivity: Exclusivity = .declared) -> [AuditCheck] {
      ClaimBounds(
        AuditedRun(
          scrapes: scrapes, hasBaseline: true, tallies: tallies, metrics: nil, statuses: [], assumptions: assumptions,
          exclusivity: exclusivity)
      ).requestChecks(figures)
    }
  }

  @Test("True figures are never contradicted, whenever requests are counted", arguments: Seeds.blocks(200))
  func honest(seeds: Range<UInt64>) {
    for seed in seeds {
      for within in [Duration.zero, .milliseconds(100), nil] {
        for exclusivity in [Exclusivity.declared, .inferred, .denied] {
          for check in Drawn(seed, countedWithin: within).checks(exclusivity) {
            #expect(check.verdict == .consistent || check.verdict == .notCheckable, "seed \(seed): \(check.sentence)")
          }
        }
      }
    }
  }

  @Test("Requests of which no figure tells are not checkable, and those that are told are")
  func checkable() throws {
    let checks = Drawn(7).checks()
    let create = try #require(checks.first { $0.name == "POST /orders: http_requests_total" })
    #expect(create.verdict == .consistent && create.sentence.contains("request"), "\(create.sentence)")
    let metrics = try #require(checks.first { $0.name == "GET /metrics: http_requests_total" })
    #expect(metrics.verdict == .notCheckable && metrics.sentence.contains("never had GET /metrics"), "\(metrics.sentence)")
  }

  @Test("A route that has no series, below one that has, may be told as that one: more there is no lie")
  func groups() throws {
    var drawn = Drawn(11)
    let (create, cancel) = (try #require(drawn.routes.place(of: .create)), try #require(drawn.routes.place(of: .cancel)))
    for index in drawn.scrapes.indices {
      var requests = try #require(drawn.scrapes[index].claims.requests)
      for (key, count) in requests.counter.counts where key.routes == 1 << RequestRoutes.Subset(cancel) {
        requests.counter.counts[key] = nil
        let other = RequestClaims.Key(routes: 1 << RequestRoutes.Subset(create), status: key.status)
        requests.counter.counts[other, default: 0] += count
      }
      drawn.scrapes[index].claims.requests = requests
    }
    let checks = drawn.checks()
    for name in ["POST /orders: http_requests_total", "POST /orders/{id}/cancel: http_requests_total"] {
      let check = try #require(checks.first { $0.name == name })
      #expect(check.verdict == .notCheckable, "\(check.sentence)")
    }
  }

  @Test(
    "Errors that are not counted, requests that nobody sent, milliseconds and a bucket that is too full are found",
    arguments: Seeds.blocks(50))
  func lies(seeds: Range<UInt64>) {
    for seed in seeds {
      for (lie, word) in [
        (Lie.skipsErrors, "http_requests_total"), (.oneMore, "http_requests_total"), (.milliseconds, "_sum{"), (.bucket, "le=\"0.02\""),
      ] {
        let found = Drawn(seed, lie).checks().filter { $0.verdict == .contradicted }
        #expect(found.contains { $0.sentence.contains(word) }, "seed \(seed), \(lie): \(found.map(\.sentence))")
      }
    }
  }
}
