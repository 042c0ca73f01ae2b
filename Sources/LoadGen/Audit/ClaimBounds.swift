import Shared

/// What each scrape's figures are held against.
struct ClaimBounds {
  let scrapes: [Scrape]
  /// What the target said before the first order; `nil` where it could not be read.
  let baseline: Scrape?
  let exclusivity: Exclusivity
  /// Whether all figures of one answer come from one instant.
  private let isSnapshot: Bool
  /// How many orders must and may exist at each scrape, of ours alone.
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

  /// A total that a scrape and those after it exceed by no more than our own orders leaves no room for anybody else's.
  /// - Parameter maxAge: how old a scrape's figures may be, in nanoseconds: those of a later scrape may be the older ones.
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

  /// Orders from before the run that had not ended, or more: they may end in it. `nil` where that is not known.
  private var unfinishedBefore: Int? {
    if let pending = before(.count(.pending)), let processing = before(.count(.processing)) {
      return Self.number((pending + processing).upperBound)
    }
    // What is not said to have ended may not have.
    guard isSnapshot, let total = before(.total) else { return nil }
    let ended = OrderStatus.allCases.filter(\.hasEnded).reduce(0) { $0 + (before(.count($1))?.lowerBound ?? 0) }
    return Self.number(total.upperBound - ended)
  }

  /// None where it is less than none; and never so many that a sum could overflow.
  private static func number(_ orders: Claim.Orders) -> Int { Int(min(max(0, orders), 1 << 50)) }

  // MARK: Checks

  func totalCheck(_ figure: Dialect.Figure) -> AuditCheck {
    var check = AuditCheck(name: figure.field.description, meaning: "all orders ever accepted", unit: .orders)
    forEachScrape(figure) { index, scrape, claim in
      let base = before(.total)
      // Orders from before are none too few to be none, and without number unless they were counted.
      let upper = base.flatMap { exclusivity == .denied ? nil : $0.upperBound + Claim.Orders(total[index].upper ?? 0) }
      check.add(
        AuditCheck.Sample(
          at: scrape.window.received, claim: claim,
          bounds: Bounds(lower: (base?.lowerBound ?? 0) + Claim.Orders(total[index].lower), upper: upper),
          aboveIsUnexplained: exclusivity == .inferred))
    }
    return check
  }

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

  func averageCheck(
    _ figure: Dialect.Figure, _ span: Dialect.Quantity.Span, metrics: Dialect.Metrics, _ assumptions: Dialect.Assumptions
  ) -> AuditCheck {
    var check = AuditCheck(
      name: figure.field.description, meaning: "mean \(span.rawValue) time of the completed orders", unit: .seconds)
    // Without these there is no order that has surely completed, and so no mean that could not be.
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

  /// How many orders had completed before the run, and what their mean may have been; `nil` where the target did not say.
  private func averageBefore(_ figure: Dialect.Figure) -> (count: Int, mean: ClosedRange<Double>)? {
    guard let completed = baseline?.claims[.count(.completed)]?.value, completed >= 0, completed < 1e15 else { return nil }
    guard completed > 0 else { return (0, 0...0) }
    guard let claim = baseline?.claims[figure.quantity] else { return nil }
    let range = claim.range(figure.printing)
    return (Int(completed), max(0, range.lowerBound) * 1e9...max(0, range.upperBound) * 1e9)
  }

  /// The counts of one snapshot are of all orders, each once.
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

  /// What only ever grows must not fall from one scrape to a later one that does not overlap it.
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

  /// Every reading of the figure but the one that everything is counted from.
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
