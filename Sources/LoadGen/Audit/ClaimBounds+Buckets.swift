import Shared

extension ClaimBounds {
  /// Compares each bucket of a histogram with the orders that must and may have completed within its limit (docs/measurement.md, "Prometheus
  /// text").
  func bucketCheck(_ figure: Dialect.Figure, _ span: Dialect.Quantity.Span) -> AuditCheck {
    var check = AuditCheck(
      name: figure.name, meaning: "completed orders whose \(span.rawValue) time was at most each limit", unit: .orders)
    check.condition = condition
    check.source = .buckets
    check.mayBeTooEarly = true
    forEachGap(figure, &check, surelyCompleted(figure.quantity))
    // Without these assumptions no order has surely completed.
    guard assumptions.final, assumptions.readYourWrites, let base,
      let spread = (span == .completion ? completion : processing).spread
    else { return check }
    var bounds: [Double: [Bounds<Int>]] = [:]
    let restarted = restarts.of(figure.quantity)
    for (index, scrape) in scrapes.enumerated() where index > 0 || !hasBaseline {
      for bucket in scrape.claims.buckets[figure.quantity] ?? [] {
        let ours = bounds[bucket.limit] ?? self.bounds(spread, bucket.limit)
        bounds[bucket.limit] = ours
        guard let before = restarted[index].map({ self.before($0, ours) }) ?? base.bucket(figure.quantity, bucket.limit) else { continue }
        check.add(
          AuditCheck.Sample(
            at: scrape.window.received, claim: bucket.count,
            bounds: Bounds(lower: lower(before, ours[index], at: index), upper: upper(before, ours[index], at: index, onlyGrows: true)),
            subject: figure.subject(of: bucket)))
      }
    }
    check.unboundedBecause = unboundedBecause(ClosedRange.none, gains: true)
    return check
  }

  /// A server's times differ from ours by as much as its clock and its stamps allow.
  private func bounds(_ spread: DurationSpread, _ limit: Double) -> [Bounds<Int>] {
    let (rate, grain, lead) = (assumptions.clockRate, assumptions.granularity.seconds, assumptions.stampLead.seconds)
    return spread.bounds(
      count: scrapes.count, sure: { Double($0) / 1e9 * (1 + rate) + grain <= limit },
      maybe: { Double($0) / 1e9 * (1 - rate) - grain - lead <= limit })
  }

  /// Each bucket of an answer must have as many as all those of lower limits.
  func risingCheck(_ figure: Dialect.Figure) -> AuditCheck {
    var check = AuditCheck(
      name: "\(figure.name) by limit", meaning: "never less than those of lower limits", unit: .orders, leastLie: 1)
    check.source = .buckets
    for scrape in scrapes {
      let buckets = scrape.claims.buckets[figure.quantity] ?? []
      for (lower, upper) in zip(buckets, buckets.dropFirst()) {
        check.add(
          AuditCheck.Sample(
            at: scrape.window.received, claim: upper.count, bounds: Bounds(lower: lower.count.orders.lowerBound, upper: nil),
            subject: figure.subject(of: upper)))
      }
    }
    return check
  }
}

extension Dialect.Figure {
  /// As in `order_seconds_bucket{le="0.5"}`.
  func subject(of bucket: Claims.Bucket) -> String { "\(series.first?.name ?? "")_bucket{le=\"\(bucket.text)\"}" }
}

extension AuditedRun {
  /// Whether a figure is a summary, and no histogram, so that there are no buckets to look at.
  func isWithoutBuckets(_ figure: Dialect.Figure) -> Bool {
    guard case .histogram = figure.quantity else { return false }
    return scrapes.contains { $0.claims.buckets[figure.quantity] != nil }
      && scrapes.allSatisfy { $0.claims.buckets[figure.quantity]?.isEmpty ?? true }
  }
}
