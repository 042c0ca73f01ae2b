import Shared

/// What an audit looks at: what a target said of itself, and what was seen of its orders.
struct AuditedRun: Sendable {
  /// All scrapes that brought figures, in order; `tallies` must have been told of the same ones.
  var scrapes: [Scrape]
  /// Whether the first of them was made before the first order was sent.
  var hasBaseline: Bool
  var tallies: ScrapeTallies
  /// What a sample of the orders that was polled densely tells of all; `nil` if there is none.
  var sample: SampleTallies?
  /// `nil` if the target states nothing about itself.
  var metrics: Dialect.Metrics?
  /// Those that an order of this target can have.
  var statuses: Set<OrderStatus>
  /// Whether an order that is processing is counted as pending, because the target has one word for both.
  var processingIsPending = false
  /// The orders at one status are counted among those at another; only ever supposed.
  var countedAs: (status: OrderStatus, other: OrderStatus)?
  var assumptions: Dialect.Assumptions
  var exclusivity: Exclusivity
  /// Checks that do not come from scrapes.
  var others: [AuditCheck] = []
  /// Whether a counter without a known start may have begun anew where it fell; denied only where several processes are supposed.
  var excusesFalls = true
}

extension AuditedRun {
  /// When its counters began anew.
  var restarts: Restarts {
    Restarts(
      scrapes, openSince: tallies.connections.openSince(count: scrapes.count), maxAge: assumptions.maxAge, excusesFalls: excusesFalls)
  }
}

extension AuditedRun {
  /// - Parameters:
  ///   - scrapes: all scrapes that brought figures, in order; the ledger must have been told of the same ones.
  ///   - hasBaseline: whether the first of them was made before the first order was sent.
  /// - Returns: `nil` if the target states nothing about itself and there is nothing else to check.
  init?(_ ledger: Ledger, scrapes: [Scrape], hasBaseline: Bool, dialect: Dialect, exclusivity: Exclusivity) {
    var others = Audit.conformanceChecks(
      ledger.traffic, refusesDuplicates: dialect.create.duplicates == .refused,
      endsStay: dialect.assumptions.final && dialect.assumptions.readYourWrites, at: ledger.lastEvent)
    let contents = ledger.contents
    if let check = Audit.contentCheck(own: contents.own, anothers: contents.anothers, at: ledger.lastEvent) { others.append(check) }
    if let metrics = dialect.orderMetrics, ledger.orderClaims.count > 0 { others.append(Audit.orderCheck(ledger.orderClaims, metrics)) }
    if let check = Audit.sharedIDCheck(ledger.sharedIDs, at: ledger.lastEvent) { others.append(check) }
    let requeue = dialect.assumptions.requeue
    if let check = Audit.wentBackCheck(ledger.wentBackWrongly, requeue, at: ledger.lastEvent) { others.append(check) }
    if let check = Audit.identityCheck(ledger.takenForAnother, at: ledger.lastEvent) { others.append(check) }
    let words = dialect.status.words
    guard dialect.metrics != nil || !others.isEmpty else { return nil }
    self.init(
      scrapes: scrapes, hasBaseline: hasBaseline, tallies: ledger.tallies,
      sample: ledger.settings.hasSample ? ledger.sample : nil, metrics: dialect.metrics,
      statuses: Set(
        OrderStatus.allCases.filter { !words.words(for: $0).isEmpty && !($0 == .processing && words.processingIsPending) }),
      processingIsPending: words.processingIsPending, assumptions: dialect.assumptions,
      exclusivity: exclusivity, others: others)
  }
}
