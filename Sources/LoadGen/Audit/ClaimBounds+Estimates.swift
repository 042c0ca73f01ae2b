import Shared

extension ClaimBounds {
  /// An estimate of what is left to do is never negative, and 0 once nothing can be unfinished.
  func estimateCheck(_ figure: Dialect.Figure) -> AuditCheck {
    var check = AuditCheck(
      name: figure.name, meaning: "the time for orders that have not ended, 0 where there are none", unit: .seconds)
    check.whereSeen = "where no order was left; its size elsewhere is not checked"
    forEachScrape(figure) { index, scrape, claim in
      let mayBeUnfinished = upper(base(at: index).map { _ in .none }, unfinished[index], at: index)
      check.add(
        AuditCheck.Sample(
          at: scrape.window.received, claim: claim, range: claim.range(figure.printing),
          bounds: Bounds(lower: 0, upper: mayBeUnfinished == 0 ? 0 : nil)))
    }
    forEachGap(figure, &check) { Self.words(Claim.Orders(unfinished[$0].lower), "had surely not ended") }
    return check
  }

  /// Where an estimate is the same time for each order that has not ended, the readings before bound that time, and so the estimate. `nil` where
  /// the dialect does not say so.
  func proportionCheck(_ metrics: Dialect.Metrics) -> AuditCheck? {
    guard let figure = metrics.figures.first(where: { $0.quantity == .estimate && $0.isProportional }) else { return nil }
    var check = AuditCheck(
      name: "\(figure.name) each", meaning: "the estimate, held against the time for each unfinished order in the readings before it",
      unit: .seconds)
    // What all readings so far leave of the time for one order, in seconds.
    var one = Bounds<Double>(lower: 0, upper: nil)
    let precision = precision(of: figure)
    forEachScrape(figure) { index, scrape, claim in
      let most = upper(base(at: index).map { _ in .none }, unfinished[index], at: index).map(\.double)
      let least = Double(unfinished[index].lower)
      let range = precision.range(of: claim, figure.printing)
      guard range.lowerBound.magnitude < 1e290, range.upperBound < 1e290 else { return }
      if one.lower > 0 || one.upper != nil {
        check.add(
          AuditCheck.Sample(
            at: scrape.window.received, claim: claim, range: range,
            bounds: Bounds(lower: one.lower * least * (1 - Self.rounding), upper: product(one.upper, most).map { $0 * (1 + Self.rounding) })
          ))
      }
      let lower = max(one.lower, most.map { $0 > 0 ? range.lowerBound / $0 : 0 } ?? 0)
      let upper = [one.upper, least > 0 ? range.upperBound / least : nil].compactMap(\.self).min()
      // A reading that contradicts those before it says nothing of those after it.
      if upper.map({ lower <= $0 }) ?? true { one = Bounds(lower: lower, upper: upper) }
    }
    return check
  }

  /// A target may have kept the time, or the estimate, in single precision.
  private static let rounding = 0x1p-23

  private func product(_ one: Double?, _ many: Double?) -> Double? {
    guard let one, let many else { return many == 0 ? 0 : nil }
    return one * many
  }
}
