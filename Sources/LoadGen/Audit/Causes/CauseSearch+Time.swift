import Shared

/// Defects of what the figures are about: of another time, of a part of the time, or of a part of the orders.
extension CauseSearch {
  // MARK: Late

  /// All figures, or one that only grows, or the averages, as they were some time ago.
  func shifted() -> [Supposition] {
    let growing = metrics.figures.filter { $0.quantity.onlyGrows }
    var found: [Supposition] = []
    if let late = lateness(growing) { found.append(self.late(metrics.figures, by: late, isAll: true)) }
    for figure in suspects where figure.quantity.onlyGrows && contradictions(of: figure) >= Self.neededForOne {
      if let late = lateness([figure]) { found.append(self.late([figure], by: late, isAll: false)) }
    }
    return found
  }

  /// Orders come so evenly that a figure that lacks some of them now and then looks late, too, where it is seen few times.
  private static let neededForOne = 4

  /// At how many readings the figure says what cannot be.
  private func contradictions(of figure: Dialect.Figure) -> Int { samples(figure).count(where: \.isContradicted) }

  /// By how much figures that only grow are late, in nanoseconds; `nil` where that differs by more than a tenth, or they are not.
  private func lateness(_ figures: [Dialect.Figure]) -> ClosedRange<Int64>? {
    // The least by which one of them must be late, and the most by which another one can be.
    var (least, most) = (Int64(0), Int64.max)
    for figure in figures {
      let times = GrowthTimes(evidence, figure.quantity)
      guard let base = run.scrapes[0].claims[figure.quantity]?.orders else { continue }
      for index in readings {
        guard let claim = run.scrapes[index].claims[figure.quantity]?.orders else { continue }
        let window = run.scrapes[index].window
        let (fewest, all) = (claim.lowerBound - base.upperBound, claim.upperBound - base.lowerBound)
        guard all >= 0 else { return nil }
        // It says fewer than there surely were: it is from before one more surely was.
        if let next = times.surely(Int(clamping: all)) { least = max(least, window.sent - next + 1) }
        // It says as many as this: it is from after so many may have been.
        if fewest > 0 {
          guard let last = times.perhaps(Int(clamping: fewest) - 1) else { return nil }
          most = min(most, window.received - last - 1)
        }
      }
    }
    guard least > 0, most > 0, most < .max else { return nil }
    return least <= most ? least...most : least - most <= least / 10 ? most...least : nil
  }

  private func late(_ figures: [Dialect.Figure], by late: ClosedRange<Int64>, isAll: Bool) -> Supposition {
    var shifted = isAll ? run : run.with(only: figures)
    for index in run.scrapes.indices {
      shifted.scrapes[index].window.sent = run.scrapes[index].window.sent + -late.upperBound
      shifted.scrapes[index].window.received = run.scrapes[index].window.received + -late.lowerBound
    }
    shifted.tallies = ScrapeTallies(
      evidence.orders, at: shifted.scrapes.map(\.window), assumptions: run.assumptions,
      histograms: metrics.spansOfSpreads)
    shifted.tallies.connections = run.tallies.connections
    let words = "\(isAll ? "every figure" : Self.list(figures)) is told \(Self.range(late)) late"
    return Supposition(
      cause: Cause(kind: .late, figures: isAll ? [] : Self.names(figures), words: words),
      runs: isAll ? [shifted] : [shifted, run.without(figures)], tested: Self.names(figures.filter { $0.quantity.onlyGrows }),
      // At no reading may all have ended any more, so that an estimate of 0 cannot be missed.
      broken: isAll
        ? checks(of: figures.filter { $0.quantity == .estimate }) : checks(of: figures).subtracting(Self.names(figures)))
  }

  /// The averages alone, as they were some time ago.
  func lateAverages() -> [Supposition] {
    ownAverages.compactMap { figures in
      let averages = figures + metrics.figures.filter { $0.quantity == .count(.completed) }
      return late(figures, steps: 4, tested: Self.names(figures)) { range in
        // How many orders had completed by then is not told.
        let shifted = late(averages, by: range, isAll: false).runs[0].without(averages.filter { !$0.quantity.isAverage })
        return meansSomething(figures, shifted) ? shifted : nil
      }
    }
  }

  /// Whether no average is told at a reading by which no order can have completed.
  private func meansSomething(_ averages: [Dialect.Figure], _ shifted: AuditedRun) -> Bool {
    guard run.scrapes[0].claims[.count(.completed)]?.value == 0 else { return true }
    let completed = shifted.tallies.byStatus[.completed].upper.values(count: shifted.scrapes.count)
    return readings.allSatisfy { index in
      completed[index] > 0 || averages.allSatisfy { shifted.scrapes[index].claims[$0.quantity].map { $0.value == 0 } ?? true }
    }
  }

  /// The estimate alone, as it was some time ago.
  func lateEstimate() -> [Supposition] {
    guard let estimate = figure(.estimate), estimate.isProportional, isContradicted("\(estimate.name) each") else { return [] }
    // One that never changes is of no time.
    let texts = readings.compactMap { run.scrapes[$0].claims[.estimate]?.text }
    guard texts.contains(where: { !$0.hasSameBytes(as: texts[0]) }) else { return [] }
    let names = ["\(estimate.name) each"]
    // How many orders there were within a quarter of the time would leave too much open.
    return [late([estimate], steps: 16, tested: names) { late([estimate], by: $0, isAll: false).runs[0] }].compactMap(\.self)
  }

  /// Figures that are told some time late. Nothing tells by how much, so that all times are tried, up to the run's length or a minute.
  /// - Parameters:
  ///   - steps: each time is longer than the one before by a part of so many of it.
  ///   - shifted: the run as it would be if they were told so much late; `nil` if they cannot be.
  private func late(
    _ figures: [Dialect.Figure], steps: Int64, tested: [String], _ shifted: (ClosedRange<Int64>) -> AuditedRun?
  ) -> Supposition? {
    guard evidence.orders.count <= Self.mostReplayed, let end = run.scrapes.last?.window.received.nanoseconds else { return nil }
    var times: [Int64] = [20_000_000]
    while let last = times.last, last < min(end, 60_000_000_000) { times.append(last + last / steps) }
    func supposition(_ range: ClosedRange<Int64>, _ words: String) -> Supposition? {
      shifted(range).map {
        Supposition(
          cause: Cause(kind: .late, figures: Self.names(figures), words: words), runs: [$0, run.without(figures)], tested: tested,
          broken: checks(of: figures).subtracting(tested))
      }
    }
    let holding = times.map { $0...$0 + $0 / steps }.filter { supposition($0, "").map(holds) ?? false }
    guard let first = holding.first, let last = holding.last else { return nil }
    return supposition(
      first, "\(Self.list(figures)) \(figures.isOrAre) told \(Self.range(first.lowerBound...last.upperBound)) late")
  }

  /// The most orders that are looked at anew for each of many times.
  private static let mostReplayed = 20_000

  /// - Parameter nanoseconds: up to the greatest number there is where there is no upper end.
  static func range(_ nanoseconds: ClosedRange<Int64>) -> String {
    let (low, high) = (Duration.nanoseconds(nanoseconds.lowerBound).rounded, Duration.nanoseconds(nanoseconds.upperBound).rounded)
    guard nanoseconds.upperBound < .max else { return "\(low) or more" }
    return low == high ? low : "\(low) to \(high)"
  }

  // MARK: Cached

  /// Answers that are told again for some time: where figures are contradicted, all of them are those of the reading before.
  func repeated() -> [Supposition] {
    let contradicted = Set(checks.flatMap { $0.samples.filter(\.isContradicted).map(\.at) + $0.vanished.map(\.at) })
    // Readings that tell what an earlier one told, with the least time that they must be after it.
    var copies: [(index: Int, after: Int64)] = []
    // When the answer that is told again was made: not before the reading that first had it was sent, nor after its receipt.
    var source = run.scrapes.first
    var (least, most) = (Int64(0), Int64.max)
    for index in readings {
      let scrape = run.scrapes[index]
      guard let last = source, !scrape.claims.isEmpty else { continue }
      if scrape.claims.hasSameFigures(as: last.claims) {
        copies.append((index, scrape.window.sent - last.window.received))
        if contradicted.contains(scrape.window.received) { least = max(least, scrape.window.sent - last.window.received) }
      } else {
        // The reading from before the first order may have been answered by another cache, or by none.
        if let before = run.scrapes.first, last.window != before.window { most = min(most, scrape.window.received - last.window.sent) }
        source = scrape
      }
    }
    guard least > 0, least <= most else { return [] }
    // Counters that never change at all may as well be those of another process than the one to which the orders came.
    guard most < .max || !metrics.hasCounters else { return [] }
    var fresh = run
    for copy in copies where copy.after <= most { fresh.scrapes[copy.index].claims = Claims() }
    let words = "every answer is told again for a while, a time from \(Self.range(least...most))"
    // What the copies contradict is explained by what they are copies of.
    return [Supposition(cause: Cause(kind: .cached, figures: [], words: words), runs: [fresh], broken: checks(of: metrics.figures))]
  }

  // MARK: Forgotten

  /// What only grows began again at 0, once.
  func forgotten() -> [Supposition] {
    let growing = metrics.figures.filter { $0.quantity.onlyGrows }
    // Where as many were counted since as had been forgotten, nothing falls.
    // Of what was forgotten before the first reading nothing is known but that several figures lack it.
    let place =
      readings.dropFirst().first { index in growing.contains { falls($0, at: index) } }
      ?? readings.first { index in growing.count { isContradicted($0, at: index) } > (index == readings.lowerBound ? 1 : 0) }
    guard let place else { return [] }
    var added: [Dialect.Quantity: ClosedRange<Double>] = [:]
    for figure in growing {
      guard let range = missing(figure, from: place) else { return [] }
      added[figure.quantity] = range
    }
    guard let completed = added[.count(.completed)] ?? added[.total] else { return [] }
    let longest = Double(evidence.orders.map { $0.endedReceived == .never ? 0 : $0.endedReceived - $0.createSent }.max() ?? 0) / 1e9
    let before = run.scrapes[place - 1]
    let supposed = run.supposing(growing + metrics.figures.filter(\.quantity.isAverage)) { index, figure, printed in
      guard index >= place else { return (printed.lowerBound, printed.upperBound) }
      if let range = added[figure.quantity] {
        return (printed.lowerBound + range.lowerBound, printed.upperBound + range.upperBound)
      }
      // The sum of all durations was forgotten with their number.
      guard let count = run.scrapes[index].claims[.count(.completed)]?.value, let known = before.claims[.count(.completed)]?.value,
        let mean = before.claims[figure.quantity]?.range(figure.printing) ?? (known == 0 ? 0...0 : nil)
      else { return nil }
      let least = max(0, mean.lowerBound) * known
      let most = mean.upperBound * known + max(0, completed.upperBound - known) * longest
      let (fewest, all) = (count + completed.lowerBound, count + completed.upperBound)
      guard fewest > 0 else { return (0, .greatestFiniteMagnitude) }
      return ((max(0, printed.lowerBound) * count + least) / all, (printed.upperBound * count + most) / fewest)
    }
    let (from, to) = (before.window.sent, run.scrapes[place].window.received)
    let words =
      "it forgot at some time from \(Duration.nanoseconds(from.nanoseconds).rounded) to \(Duration.nanoseconds(to.nanoseconds).rounded) "
      + "what it had counted, as after a restart"
    return supposed.map { supposed in
      var supposed = supposed
      // Nothing was completed since.
      for index in place..<max(place, run.scrapes.count) where run.scrapes[index].claims[.count(.completed)]?.value == 0 {
        for figure in metrics.figures where figure.quantity.isAverage { supposed.scrapes[index].claims.ignore(figure.quantity) }
      }
      return [
        Supposition(
          cause: Cause(kind: .forgot, figures: [], words: words), runs: [supposed],
          tested: Self.names(growing.filter { suspects.contains($0) }),
          broken: Set(metrics.figures.filter(\.quantity.isAverage).flatMap { ["\($0.name) growth", "\($0.name)"] }))
      ]
    } ?? []
  }

  private func isContradicted(_ figure: Dialect.Figure, at index: Int) -> Bool {
    samples(figure).contains { $0.at == run.scrapes[index].window.received && $0.isContradicted }
  }

  private func falls(_ figure: Dialect.Figure, at index: Int) -> Bool {
    guard let before = run.scrapes[index - 1].claims[figure.quantity], let after = run.scrapes[index].claims[figure.quantity] else {
      return false
    }
    return after.orders.upperBound < before.orders.lowerBound
  }

  /// How many orders a figure must lack at all readings from one on; `nil` where no number does.
  private func missing(_ figure: Dialect.Figure, from place: Int) -> ClosedRange<Double>? {
    guard let before = run.scrapes[place - 1].claims[figure.quantity]?.orders.doubles else { return nil }
    let first = run.scrapes[place].window.received
    var (least, most) = (before.lowerBound, Double.infinity)
    for sample in samples(figure) where sample.at >= first {
      least = max(least, sample.absoluteBounds.lower - sample.range.upperBound)
      most = min(most, (sample.absoluteBounds.upper ?? .infinity) - sample.range.lowerBound)
    }
    return least <= most && most.isFinite ? least...most : nil
  }

  // MARK: One of several

  /// Each of several processes counts its own orders, shared out in turn, and any of them answers.
  func divided() -> [Supposition] {
    oneOf { count, isTotal, statuses, printed in
      // Each is given as many as any other, or one more. How many of them have ended may differ.
      let spread = isTotal ? count * statuses - 1 : Self.spread(count, printed)
      return (max(0, count * printed.lowerBound - spread), count * printed.upperBound + spread)
    }
  }

  /// Four standard deviations of what is shared out by chance: of a binomial distribution.
  private static func spread(_ count: Double, _ printed: ClosedRange<Double>) -> Double {
    4 * (count * (count - 1) * max(1, printed.upperBound)).squareRoot() + count
  }

  /// Each of several processes counts its own orders, shared out by chance. Then it happens that figures fall.
  func dividedAtRandom() -> [Supposition] {
    guard readings.dropFirst().contains(where: { index in metrics.figures.contains { $0.quantity.onlyGrows && falls($0, at: index) } })
    else {
      return []
    }
    return oneOf { count, _, _, printed in
      let spread = Self.spread(count, printed)
      return (max(0, count * printed.lowerBound - spread), count * printed.upperBound + spread)
    } isLikely: { count, samples in
      // By chance a reading is far off now and then, and not one reading as the other.
      let squares = samples.map { sample in
        let (least, most) = (count * sample.range.lowerBound, count * sample.range.upperBound)
        let off = max(0, sample.bounds.lower - most, sample.bounds.upper.map { least - $0 } ?? 0)
        return off * off / (count * (count - 1) * max(1, sample.range.upperBound))
      }
      return squares.reduce(0, +) <= Self.mostSquares * Double(squares.count)
    }
  }

  /// What the mean of the squares of deviations, in standard deviations, may be: four times as much as is to be expected.
  private static let mostSquares = 4.0

  /// - Parameter whole: of what number of orders a process with so many of them may have its part, given the number of processes, whether
  ///   it is of all orders, and how many statuses there are. `isLikely`: whether the readings of a figure can be those of so many.
  private func oneOf(
    _ whole:
      @escaping (_ count: Double, _ isTotal: Bool, _ statuses: Double, _ printed: ClosedRange<Double>) -> (least: Double, most: Double),
    isLikely: (_ count: Double, _ samples: [AuditCheck.Sample]) -> Bool = { _, _ in true }
  ) -> [Supposition] {
    let counts = metrics.figures.filter { !$0.quantity.isDuration }
    let averages = metrics.figures.filter(\.quantity.isAverage)
    // Each process tells the truth of its own orders, so that they add up. Most numbers of processes are wrong, and that can be seen by one
    // figure alone.
    let addUp = checks.contains { $0.name.hasSameBytes(as: AuditCheck.sumOfCounts) && $0.verdict == .consistent }
    guard counts.count > 1, addUp,
      let grown = counts.first(where: { suspects.contains($0) && $0.quantity.onlyGrows }), let means = partMeans(averages)
    else { return [] }
    let statuses = Double(counts.count - 1)
    let fitting = (2...64).filter { count in
      samples(grown).allSatisfy { sample in
        let whole = whole(Double(count), grown.quantity == .total, statuses, sample.range)
        return whole.most >= sample.bounds.lower && sample.bounds.upper.map { whole.least <= $0 } ?? true
      } && isLikely(Double(count), samples(grown))
    }
    func supposition(_ count: Int, _ words: String) -> Supposition? {
      let supposed = run.supposing(counts) { _, figure, printed in whole(Double(count), figure.quantity == .total, statuses, printed) }
      return supposed.map {
        Supposition(
          cause: Cause(kind: .oneOfSeveral, figures: [], words: words), runs: [$0.without(metrics.figures.filter(\.quantity.isDuration))],
          checks: means, tested: Self.names(counts.filter { suspects.contains($0) && $0.quantity.onlyGrows }),
          broken: checks(of: metrics.figures.filter(\.quantity.isDuration)).union(metrics.figures.map { "\($0.name) over time" }))
      }
    }
    let holding = fitting.filter { supposition($0, "").map(holds) ?? false }
    guard let first = holding.first, let last = holding.last else { return [] }
    let number = first == last ? "\(first)" : "\(first) to \(last)"
    return [supposition(first, "one of \(number) processes answers at a time, and each counts its own orders alone")].compactMap(\.self)
  }

  /// The checks that a mean over a part of the completed orders lies between the shortest and the longest of them; `nil` where one does not.
  private func partMeans(_ averages: [Dialect.Figure]) -> [AuditCheck]? {
    var checks: [AuditCheck] = []
    for figure in averages {
      guard case .average(let span) = figure.quantity, let durations = CompletedDurations(evidence, span, run.assumptions) else { continue }
      let precision = PrintedPrecision(run.scrapes.lazy.compactMap { $0.claims[figure.quantity] })
      var check = AuditCheck(name: figure.name, meaning: "mean of a part of the completed orders", unit: .seconds)
      for index in readings {
        guard let claim = run.scrapes[index].claims[figure.quantity], let bounds = durations.extremes(run.scrapes[index].window) else {
          continue
        }
        // Of no orders the mean may be told as 0.
        let lower = claim.value == 0 ? 0 : bounds.lower / 1e9
        check.add(
          AuditCheck.Sample(
            at: run.scrapes[index].window.received, claim: claim, range: precision.range(of: claim, figure.printing),
            bounds: Bounds(lower: lower, upper: bounds.upper.map { $0 / 1e9 })))
      }
      if check.verdict == .contradicted { return nil }
      if check.verdict == .consistent { checks.append(check) }
    }
    return checks
  }
}

extension Dialect.Quantity {
  /// Whether it never falls.
  var onlyGrows: Bool { self == .total || status?.hasEnded ?? false }
}

extension Claims {
  /// Whether all figures were printed alike.
  fileprivate func hasSameFigures(as other: Claims) -> Bool {
    Dialect.Quantity.allCases.allSatisfy { quantity in
      switch (self[quantity], other[quantity]) {
      case (nil, nil): true
      case (let one?, let two?): one.text.hasSameBytes(as: two.text)
      default: false
      }
    }
  }
}

/// When each of the orders that a figure counts was surely counted at the latest, and when it may have been at the earliest.
private struct GrowthTimes {
  private let latest: [Instant]
  private let earliest: [Instant]

  init(_ evidence: Evidence, _ quantity: Dialect.Quantity) {
    var (latest, earliest): ([Instant], [Instant]) = ([], [])
    for order in evidence.orders where order.outcome.mayExist {
      if let status = quantity.status {
        let ended = OrderOutcome(ended: status)
        if order.outcome == ended { latest.append(order.endedReceived) }
        if order.outcome == ended || !order.outcome.hasEnded { earliest.append(order.lastUnfinishedSent) }
      } else {
        if order.outcome.wasAccepted { latest.append(order.createReceived) }
        earliest.append(order.createSent)
      }
    }
    self.latest = latest.filter { $0 != .never }.sorted()
    self.earliest = earliest.filter { $0 != .never }.sorted()
  }

  /// When at least one order more than this many was surely counted; `nil` where there were never so many.
  func surely(_ count: Int) -> Instant? { latest.indices.contains(count) ? latest[count] : nil }

  /// After when one more than this many may have been counted; `nil` where there were never so many.
  func perhaps(_ count: Int) -> Instant? { earliest.indices.contains(count) ? earliest[count] : nil }
}
