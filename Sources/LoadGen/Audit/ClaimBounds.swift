import Shared

/// The bounds that each scrape's figures are compared with. The rules are in `docs/measurement.md`, "Claims of the server".
struct ClaimBounds {
  let scrapes: [Scrape]
  /// What the target said before the first order; `nil` if that could not be read.
  let baseline: Scrape?
  let exclusivity: Exclusivity
  /// Whether all figures of one answer come from the same instant.
  private let isSnapshot: Bool
  /// How many of our own orders must and may exist at each scrape.
  let total: [Bounds<Int>]
  private let byStatus: [OrderStatus: [Bounds<Int>]]
  private let completion: ScrapeTallies.Durations
  private let processing: ScrapeTallies.Durations
  private let neverSeenToEnd: [Int]
  private let firstNeverSeenToEnd: Instant
  /// How many orders others may have sent by each scrape; `nil`: any number.
  let others: [Int?]

  init(scrapes: [Scrape], baseline: Scrape?, tallies: ScrapeTallies, exclusivity: Exclusivity, assumptions: Dialect.Assumptions) {
    isSnapshot = assumptions.snapshot
    self.scrapes = scrapes
    self.baseline = baseline
    self.exclusivity = exclusivity
    let count = scrapes.count
    total = tallies.total.bounds(count: count)
    byStatus = Dictionary(uniqueKeysWithValues: OrderStatus.allCases.map { ($0, tallies.byStatus[$0].bounds(count: count)) })
    completion = tallies.completion
    processing = tallies.processing
    neverSeenToEnd = tallies.neverSeenToEnd.values(count: count)
    firstNeverSeenToEnd = tallies.firstNeverSeenToEnd
    others = Self.others(scrapes, baseline, total, exclusivity, maxAge: assumptions.maxAge.nanoseconds)
  }

  /// How many orders others may have sent by each scrape. If that is to be inferred, it is what the claimed total leaves room for beyond
  /// the baseline and our own orders, at this scrape or at any later one that does not overlap it, whichever is least.
  /// - Parameter maxAge: how old a scrape's figures may be, in nanoseconds. Because of it a later scrape may have the older figures.
  private static func others(
    _ scrapes: [Scrape], _ baseline: Scrape?, _ total: [Bounds<Int>], _ exclusivity: Exclusivity, maxAge: Int64
  ) -> [Int?] {
    switch exclusivity {
    case .declared: return scrapes.map { _ in 0 }
    case .denied: return scrapes.map { _ in nil }
    case .inferred:
      guard let before = baseline?.claims[.total]?.orders else { return scrapes.map { _ in nil } }
      let rooms = zip(scrapes, total).map { scrape, bounds in
        scrape.claims[.total].map { number($0.orders.upperBound - before.lowerBound - Claim.Orders(bounds.lower)) }
      }
      var later = scrapes.count
      var room: Int?
      return scrapes.indices.reversed().map { index -> Int? in
        while later - 1 > index, scrapes[later - 1].window.sent + -maxAge >= scrapes[index].window.received {
          later -= 1
          room = [room, rooms[later]].compactMap(\.self).min()
        }
        return [room, rooms[index]].compactMap(\.self).min()
      }.reversed()
    }
  }

  // MARK: What was there before

  private func before(_ quantity: Dialect.Quantity) -> ClosedRange<Claim.Orders>? { baseline?.claims[quantity]?.orders }

  /// The greatest number of orders from before the run that had not ended, and so may end during it; `nil` if unknown.
  private var unfinishedBefore: Int? {
    if let pending = before(.count(.pending)), let processing = before(.count(.processing)) {
      return Self.number((pending + processing).upperBound)
    }
    // Orders that are not stated to have ended may not have ended.
    guard isSnapshot, let total = before(.total) else { return nil }
    let ended = OrderStatus.allCases.filter(\.hasEnded).reduce(0) { $0 + (before(.count($1))?.lowerBound ?? 0) }
    return Self.number(total.upperBound - ended)
  }

  /// 0 if the number is negative, and limited so that no sum can overflow.
  private static func number(_ orders: Claim.Orders) -> Int { Int(min(max(0, orders), 1 << 50)) }

  // MARK: Checks

  /// Compares each claimed total with the baseline plus our own orders.
  func totalCheck(_ figure: Dialect.Figure) -> AuditCheck {
    var check = AuditCheck(name: figure.field.description, meaning: "all orders ever accepted", unit: .orders)
    forEachScrape(figure) { index, scrape, claim in
      let base = before(.total)
      // Without a baseline there may have been any number of orders before the run, and at least none.
      let upper = base.flatMap { exclusivity == .denied ? nil : $0.upperBound + Claim.Orders(total[index].upper ?? 0) }
      check.add(
        AuditCheck.Sample(
          at: scrape.window.received, claim: claim,
          bounds: Bounds(lower: (base?.lowerBound ?? 0) + Claim.Orders(total[index].lower), upper: upper),
          aboveIsUnexplained: exclusivity == .inferred))
    }
    return check
  }

  /// Compares each claimed count of a status with the orders that must and may be in it.
  func countCheck(_ figure: Dialect.Figure, _ status: OrderStatus) -> AuditCheck {
    var check = AuditCheck(
      name: figure.field.description, meaning: "orders that stand at \(status.rawValue)", unit: .orders)
    guard let bounds = byStatus[status] else { return check }
    forEachScrape(figure) { index, scrape, claim in
      let base = status.hasEnded ? before(.count(status)) : ClosedRange.none
      let upper: Claim.Orders? = bounds[index].upper.flatMap { ours in
        guard let base, let unfinishedBefore, let others = others[index] else { return nil }
        return [ours, unfinishedBefore, others].reduce(base.upperBound) { $0 + Claim.Orders($1) }
      }
      check.add(
        AuditCheck.Sample(
          at: scrape.window.received, claim: claim,
          bounds: Bounds(lower: (base?.lowerBound ?? 0) + Claim.Orders(bounds[index].lower), upper: upper)))
    }
    return check
  }

  /// Compares each claimed mean duration with the bounds of `docs/measurement.md`, "Averages".
  func averageCheck(
    _ figure: Dialect.Figure, _ span: Dialect.Quantity.Span, metrics: Dialect.Metrics, _ assumptions: Dialect.Assumptions
  ) -> AuditCheck {
    var check = AuditCheck(
      name: figure.field.description, meaning: "mean \(span.rawValue) time of the completed orders", unit: .seconds)
    // Without these assumptions no order has surely completed, so that any mean is possible.
    guard assumptions.final, assumptions.readYourWrites, let completed = byStatus[.completed],
      let before = averageBefore(figure)
    else { return check }
    let durations = span == .completion ? completion : processing
    let sureLower = durations.sureLower.values(count: scrapes.count)
    let sureUpper = durations.sureUpper.values(count: scrapes.count)
    forEachScrape(figure) { index, scrape, claim in
      let sure = completed[index].lower
      let claimedCount = assumptions.snapshot ? scrape.claims[.count(.completed)]?.value : nil
      let mean = MeanBounds(
        before: before,
        sure: (sure, sureLower[index], sureUpper[index]),
        maybeLower: durations.maybeLower[index] ?? Spread(),
        maybeUpper: durations.maybeUpper[index] ?? Spread(),
        open: (neverSeenToEnd[index], max(0, scrape.window.received - min(firstNeverSeenToEnd, scrape.window.received))),
        unknown: others[index].flatMap { others in unfinishedBefore.map { $0 + others } },
        taken: claimedCount.map { Int(max(-1, min($0, 1e15))) - before.count - sure })
      guard let bounds = mean.bounds else { return }
      let slack = assumptions.granularity.seconds
      check.add(
        AuditCheck.Sample(
          at: scrape.window.received, claim: claim, range: claim.range(figure.printing),
          bounds: Bounds(
            lower: max(0, bounds.lower / 1e9 * (1 - assumptions.clockRate) - slack),
            upper: bounds.upper.map { $0 / 1e9 * (1 + assumptions.clockRate) + slack })))
    }
    return check
  }

  /// How many orders had completed before the run, and between which bounds their mean duration lay, in nanoseconds; `nil` if the target
  /// did not say.
  private func averageBefore(_ figure: Dialect.Figure) -> (count: Int, mean: ClosedRange<Double>)? {
    guard let completed = baseline?.claims[.count(.completed)]?.value, completed >= 0, completed < 1e15 else { return nil }
    guard completed > 0 else { return (0, 0...0) }
    guard let claim = baseline?.claims[figure.quantity] else { return nil }
    let range = claim.range(figure.printing)
    return (Int(completed), max(0, range.lowerBound) * 1e9...max(0, range.upperBound) * 1e9)
  }

  /// The counts by status in one snapshot must cover all orders, each exactly once. `nil` if the target states no total or no counts.
  func sumCheck(_ metrics: Dialect.Metrics) -> AuditCheck? {
    let counts = metrics.figures.map(\.quantity).filter { if case .count = $0 { true } else { false } }
    guard let total = metrics.figures.first(where: { $0.quantity == .total }), !counts.isEmpty else { return nil }
    var check = AuditCheck(
      name: "sum of counts", meaning: "the counts by status add up to \(total.field)", unit: .orders)
    for scrape in scrapes {
      guard let claimed = scrape.claims[.total], counts.allSatisfy({ scrape.claims[$0] != nil }) else { continue }
      let sum = counts.reduce(.none) { $0 + (scrape.claims[$1]?.orders ?? .none) }
      guard let claim = Claim(text: "\(sum.lowerBound)") else { continue }
      check.add(
        AuditCheck.Sample(
          at: scrape.window.received, claim: claim, orders: sum,
          bounds: Bounds(lower: claimed.orders.lowerBound, upper: claimed.orders.upperBound)))
    }
    return check
  }

  /// Figures that can only grow must not fall from one scrape to a later one that does not overlap it.
  func monotonicChecks(_ metrics: Dialect.Metrics, _ assumptions: Dialect.Assumptions) -> [AuditCheck] {
    metrics.figures.filter { $0.quantity == .total || $0.quantity == .count(.completed) }.map { figure in
      var check = AuditCheck(
        name: "\(figure.field) over time", meaning: "never less than the readings before", unit: .orders, leastLie: 1)
      var earlier = scrapes[...]
      var greatest: Claim.Orders?
      for scrape in scrapes {
        guard let claim = scrape.claims[figure.quantity] else { continue }
        while let first = earlier.first, first.window.received <= scrape.window.sent + -assumptions.maxAge.nanoseconds {
          greatest = [greatest, first.claims[figure.quantity]?.orders.lowerBound].compactMap { $0 }.max()
          earlier.removeFirst()
        }
        guard let greatest else { continue }
        check.add(
          AuditCheck.Sample(
            at: scrape.window.received, claim: claim, bounds: Bounds(lower: greatest, upper: nil)))
      }
      return check
    }
  }

  /// Calls `body` for every reading of the figure, except for the baseline.
  private func forEachScrape(_ figure: Dialect.Figure, _ body: (Int, Scrape, Claim) -> Void) {
    for (index, scrape) in scrapes.enumerated() {
      if index == 0, baseline != nil { continue }
      if let claim = scrape.claims[figure.quantity] { body(index, scrape, claim) }
    }
  }
}

extension ScrapeTallies.Count {
  fileprivate func bounds(count: Int) -> [Bounds<Int>] {
    zip(lower.values(count: count), upper.values(count: count)).map { Bounds(lower: $0, upper: $1) }
  }
}
