import Shared

extension ClaimBounds {
  /// Compares a quantile of all completed orders with the durations that may stand at its place among them.
  ///
  /// Of n orders, every usual estimator (Hyndman and Fan's nine, and the element at n·q, rounded either way) gives something from the ⌊n·q⌋-th
  /// to the (⌈n·q⌉ + 1)-th; one of them beyond these where the orders are too few.
  func quantileCheck(_ figure: Dialect.Figure, _ span: Dialect.Quantity.Span, _ share: Double)
    -> AuditCheck
  {
    var check = AuditCheck(
      name: figure.name,
      meaning: "what \(share) of the completed orders did not exceed, from \(span.words)",
      unit: .seconds)
    check.condition = condition
    check.mayBeTooEarly = true
    guard figure.isOverAll else {
      check.vacuity =
        "\(figure.name) is of the latest orders, nobody knows how many: where it is of all, declare 'over: all' for it"
      return check
    }
    guard assumptions.final, assumptions.readYourWrites,
      let spread = (span == .completion ? completion : processing).spread
    else { return check }
    guard base?.count(.completed) != nil else {
      check.vacuity =
        "of how many orders \(figure.name) is, is not known: add the figure 'completed' to the dialect"
      return check
    }
    let (bounds, precision) = (self.bounds(spread, share), precision(of: figure))
    check.unboundedBecause = unboundedBecause(base?.count(.completed), gains: true)
    forEachGap(figure, &check, surelyCompleted(figure.quantity))
    forEachScrape(figure) { index, scrape, claim in
      guard let bounds = bounds[index] else { return }
      check.add(
        AuditCheck.Sample(
          at: scrape.window.received, claim: claim,
          range: precision.range(of: claim, figure.printing), bounds: bounds))
    }
    return check
  }

  /// What the quantile may be at each reading, in seconds; `nil` where no order has surely completed, so that it may be anything.
  private func bounds(_ spread: DurationSpread, _ share: Double) -> [Bounds<Double>?] {
    var (least, most, isKnown, isBeyond) = ([Int?](), [Int?](), [Bool](), [(lower: Bool, upper: Bool)]())
    for index in scrapes.indices {
      let ours = byStatus[.completed][index]
      let before = base(at: index)?.count(.completed)
      let fewest = lower(before, ours, at: index)
      let greatest = upper(before, ours, at: index, onlyGrows: true)
      isKnown.append(fewest > 0 && before != nil)
      // An estimator that takes (n + 1)·q goes on in a straight line where that is beyond the orders, as Python's statistics.quantiles does.
      let position = (fewest.double + 1) * share
      isBeyond.append((position < 1, position > fewest.double))
      // Others' orders may have taken any time: none at all, or for ever.
      let others = greatest.flatMap { greatest in ours.upper.map { greatest - Claim.Orders($0) } }
      least.append(
        others.map {
          ClaimBounds.number(max(1, Claim.Orders((fewest.double * share).rounded(.down))) - $0)
        })
      most.append(
        greatest.map {
          ClaimBounds.number(min($0, Claim.Orders(($0.double * share).rounded(.up)) + 1))
        })
    }
    let (rate, grain, lead) = (
      assumptions.clockRate, assumptions.granularity.seconds, assumptions.stampLead.seconds
    )
    return spread.ranked(least: least, most: most).enumerated().map { index, bounds in
      guard isKnown[index] else { return nil }
      let upper = bounds.upper.map { Double($0) / 1e9 * (1 + rate) + grain }
      let lower = max(0, Double(bounds.lower) / 1e9 * (1 - rate) - grain - lead)
      guard isBeyond[index].lower || isBeyond[index].upper else { return Bounds(lower: lower, upper: upper) }
      // By no more than the distance of two orders, and so by no more than the longer one.
      guard let upper else { return isBeyond[index].lower ? nil : Bounds(lower: lower, upper: nil) }
      return Bounds(lower: isBeyond[index].lower ? -upper : lower, upper: isBeyond[index].upper ? 2 * upper : upper)
    }
  }
}
