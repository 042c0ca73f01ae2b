import Shared

extension ClaimBounds {
  /// Compares each claimed mean duration with the bounds of `docs/measurement.md`, "Averages".
  func averageCheck(_ figure: Dialect.Figure, _ span: Dialect.Quantity.Span) -> AuditCheck {
    var check = AuditCheck(
      name: figure.name, meaning: "mean \(span.rawValue) time of the completed orders", unit: .seconds)
    check.condition = condition
    check.mayBeTooEarly = true
    // Without these assumptions no order has surely completed, so that any mean is possible.
    guard assumptions.final, assumptions.readYourWrites else { return check }
    let completed = byStatus[.completed]
    let durations = span == .completion ? completion : processing
    let sureLower = durations.sureLower.values(count: scrapes.count)
    let sureUpper = durations.sureUpper.values(count: scrapes.count)
    forEachGap(figure, &check, surelyCompleted(figure.quantity))
    let precision = precision(of: figure)
    guard let base, let before = base.average(figure, precision) else { return check }
    let restarted = restarts.of(figure.quantity)
    forEachScrape(figure) { index, scrape, claim in
      // A mean of the orders since a restart is of others than those that are known.
      guard isAfterBase(index), restarted[index] == nil else { return }
      let sure = completed[index].lower
      // A sum and a count of different instants have a mean only where no order can have completed between the two.
      let isQuiet = completed[index].upper == sure && others[index] == 0 && base.unfinished == 0
      guard assumptions.snapshot || !figure.isOfHistogram || isQuiet else { return }
      let claimed = assumptions.snapshot ? scrape.claims[.count(.completed)] : nil
      let claimedCount = claimed.flatMap { $0.orders.lowerBound == $0.orders.upperBound || $0.supposed == nil ? $0.value : nil }
      let mean = MeanBounds(
        before: before,
        sure: (sure, sureLower[index], sureUpper[index]),
        maybeLower: durations.maybeLower[index] ?? Spread(),
        maybeUpper: durations.maybeUpper[index] ?? Spread(),
        open: (neverSeenToEnd[index], max(0, scrape.window.received - min(firstNeverSeenToEnd, scrape.window.received))),
        unknown: others[index].flatMap { others in base.unfinished.map { $0 + others } },
        taken: claimedCount.map { Int(max(-1, min($0, 1e15))) - before.count - sure })
      guard let bounds = mean.bounds else { return }
      let slack = assumptions.granularity.seconds
      let lead = assumptions.stampLead.seconds
      check.add(
        AuditCheck.Sample(
          at: scrape.window.received, claim: claim, range: precision.range(of: claim, figure.printing),
          bounds: Bounds(
            lower: max(0, bounds.lower / 1e9 * (1 - assumptions.clockRate) - slack - lead),
            upper: bounds.upper.map { $0 / 1e9 * (1 + assumptions.clockRate) + slack })))
    }
    return check
  }

  /// Compares how far the sum of all durations, a claimed mean times a claimed number of completed orders, grows from one reading to the next
  /// with the durations of the orders that completed between the two. `nil` where the target does not say both of one instant.
  func growthCheck(_ figure: Dialect.Figure, _ span: Dialect.Quantity.Span, _ metrics: Dialect.Metrics) -> AuditCheck? {
    guard assumptions.snapshot, metrics.figures.contains(where: { $0.quantity == .count(.completed) }) else { return nil }
    var check = AuditCheck(
      name: "\(figure.name) growth",
      meaning: "\(span.rawValue) times, added up, of the orders that completed between two readings", unit: .seconds)
    check.mayBeTooEarly = true
    guard assumptions.final, assumptions.readYourWrites, let unknown = base?.unfinished else { return check }
    let durations = (span == .completion ? completion : processing).new
    let precision = precision(of: figure)
    let restarted = restarts.of(figure.quantity)
    for (index, scrape) in scrapes.enumerated().dropFirst()
    where restarted[index]?.first != index && scrapes[index - 1].isSurely(before: scrape, assumptions.maxAge) {
      guard isAfterBase(index), let others = others[index], let sums = sums(figure, precision, index) else { continue }
      let sure = durations.sure(at: index)
      let open = max(0, scrape.window.received - min(firstNeverSeenToEnd, scrape.window.received))
      let mean = MeanBounds(
        before: (0, 0...0), sure: (sure.count, sure.lower, sure.upper), maybeLower: durations.maybeLower[index] ?? Spread(),
        maybeUpper: durations.maybeUpper[index] ?? Spread(), open: (neverSeenToEnd[index], open), unknown: unknown + others,
        taken: sums.count - sure.count)
      guard let bounds = mean.sums, let claim = Claim(text: "\((sums.growth * 1e6).rounded() / 1e6)") else { continue }
      let slack = assumptions.granularity.seconds * Double(sums.count)
      let lead = assumptions.stampLead.seconds * Double(sums.count)
      check.add(
        AuditCheck.Sample(
          at: scrape.window.received, claim: claim, range: sums.range,
          bounds: Bounds(
            lower: max(0, bounds.lower / 1e9 * (1 - assumptions.clockRate) - slack - lead),
            upper: bounds.upper.map { $0 / 1e9 * (1 + assumptions.clockRate) + slack }),
          durations: sums.count))
    }
    return check
  }

  /// By how much the sum of all durations grew from the reading before, in seconds, and for how many more completed orders. `nil` where that
  /// is not claimed, or the number is none that can be.
  private func sums(
    _ figure: Dialect.Figure, _ precision: PrintedPrecision, _ index: Int
  ) -> (count: Int, growth: Double, range: ClosedRange<Double>)? {
    func sum(_ scrape: Scrape) -> (count: Double, value: Double, range: ClosedRange<Double>)? {
      guard let orders = scrape.claims[.count(.completed)]?.orders, orders.lowerBound == orders.upperBound,
        0...Claim.Orders(1 << 50) ~= orders.lowerBound
      else { return nil }
      let count = orders.lowerBound.double
      guard count > 0 else { return (0, 0, 0...0) }
      guard let mean = scrape.claims[figure.quantity] else { return nil }
      let range = precision.range(of: mean, figure.printing)
      return (count, count * mean.value, count * range.lowerBound...count * range.upperBound)
    }
    guard let before = sum(scrapes[index - 1]), let after = sum(scrapes[index]), after.count >= before.count else { return nil }
    // A mean near the greatest `Double` has no sum.
    guard
      [before.range.lowerBound, before.range.upperBound, after.range.lowerBound, after.range.upperBound].allSatisfy({ $0.magnitude < 1e300 }
      )
    else { return nil }
    // Sums of so many `Double`s, and a mean that the target may have kept in single precision.
    let rounding = (after.value.magnitude + before.value.magnitude) * 0x1p-23
    return (
      Int(after.count - before.count), after.value - before.value,
      after.range.lowerBound - before.range.upperBound - rounding...after.range.upperBound - before.range.lowerBound + rounding
    )
  }

  func precision(of figure: Dialect.Figure) -> PrintedPrecision {
    PrintedPrecision(scrapes.lazy.compactMap { $0.claims[figure.quantity] })
  }
}
