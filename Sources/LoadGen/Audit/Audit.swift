import Shared

/// Compares what the target states about itself with what was observed from outside. A claim is contradicted only if it lies outside of
/// everything that could be true (`docs/measurement.md`, "Claims of the server"). There are no tolerances.
struct Audit: Sendable {
  let checks: [AuditCheck]
  /// How many scrapes brought figures.
  let scrapes: Int
  /// Whether the target states figures, and there are none but those from before the first order: what it says of orders is not known.
  private let isSilent: Bool
  let exclusivity: Exclusivity
  let assumptions: Dialect.Assumptions

  /// The worst verdict of all checks; `notAvailable` if none of them could have found anything.
  enum Verdict: Sendable { case consistent, contradicted, unexplained, notAvailable }

  var verdict: Verdict {
    let verdicts = checks.map(\.verdict)
    if verdicts.contains(.contradicted) { return .contradicted }
    if verdicts.contains(.unexplained) { return .unexplained }
    return verdicts.contains(.consistent) && !isSilent ? .consistent : .notAvailable
  }

  /// - Parameters:
  ///   - scrapes: all scrapes that brought figures, in order; `tallies` must have been told of the same ones.
  ///   - hasBaseline: whether the first of them was made before the first order was sent.
  ///   - metrics: `nil` if the target states nothing about itself.
  ///   - statuses: those that an order of this target can have.
  ///   - others: checks that do not come from scrapes.
  init(
    _ scrapes: [Scrape], hasBaseline: Bool, tallies: ScrapeTallies, metrics: Dialect.Metrics?,
    statuses: Set<OrderStatus>, assumptions: Dialect.Assumptions, exclusivity: Exclusivity, others: [AuditCheck] = []
  ) {
    self.scrapes = scrapes.count { !$0.claims.isEmpty }
    isSilent = metrics != nil && !scrapes.dropFirst(hasBaseline ? 1 : 0).contains { !$0.claims.isEmpty }
    self.exclusivity = exclusivity
    self.assumptions = assumptions
    guard let metrics else {
      checks = others
      return
    }
    let claimBounds = ClaimBounds(
      scrapes: scrapes, hasBaseline: hasBaseline, tallies: tallies, exclusivity: exclusivity, assumptions: assumptions)
    var checks: [AuditCheck] = []
    for figure in metrics.figures {
      switch figure.quantity {
      case .total: checks.append(claimBounds.totalCheck(figure))
      case .count(let status): checks.append(claimBounds.countCheck(figure, status))
      case .average(let span):
        checks.append(claimBounds.averageCheck(figure, span))
        if let growth = claimBounds.growthCheck(figure, span, metrics) { checks.append(growth) }
      case .estimate: checks.append(claimBounds.estimateCheck(figure))
      }
    }
    if let unfinished = claimBounds.unfinishedCheck(metrics) { checks.append(unfinished) }
    if assumptions.snapshot, let sum = claimBounds.sumCheck(metrics, of: statuses) { checks.append(sum) }
    if assumptions.final, assumptions.readYourWrites { checks += claimBounds.monotonicChecks(metrics) }
    self.checks = Self.explained(checks + others)
  }
}
