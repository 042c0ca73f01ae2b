import Shared

extension Audit {
  /// Everything about a run that can be checked; `nil` if the target states nothing about itself and there is nothing else to check.
  /// - Parameters:
  ///   - scrapes: all scrapes that brought figures, in order; the ledger must have been told of the same ones.
  ///   - hasBaseline: whether the first of them was made before the first order was sent.
  init?(_ ledger: Ledger, scrapes: [Scrape], hasBaseline: Bool, dialect: Dialect, exclusivity: Exclusivity) {
    var others = Self.conformanceChecks(
      ledger.traffic, refusesDuplicates: dialect.create.duplicates == .refused, at: ledger.lastEvent)
    if let metrics = dialect.orderMetrics, ledger.orderClaims.count > 0 { others.append(Self.orderCheck(ledger.orderClaims, metrics)) }
    if let check = Self.sharedIDCheck(ledger.sharedIDs, at: ledger.lastEvent) { others.append(check) }
    let requeue = dialect.assumptions.requeue
    if let check = Self.wentBackCheck(ledger.wentBackWrongly, requeue, at: ledger.lastEvent) { others.append(check) }
    if let check = Self.identityCheck(ledger.takenForAnother, at: ledger.lastEvent) { others.append(check) }
    guard dialect.metrics != nil || !others.isEmpty else { return nil }
    self.init(
      scrapes, hasBaseline: hasBaseline, tallies: ledger.tallies, metrics: dialect.metrics,
      statuses: Set(OrderStatus.allCases.filter { !dialect.status.words.words(for: $0).isEmpty }), assumptions: dialect.assumptions,
      exclusivity: exclusivity, others: others)
  }
}
