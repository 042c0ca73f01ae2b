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

  init(_ run: AuditedRun) {
    scrapes = run.scrapes.count { !$0.claims.isEmpty }
    isSilent = run.metrics != nil && !run.scrapes.dropFirst(run.hasBaseline ? 1 : 0).contains { !$0.claims.isEmpty }
    exclusivity = run.exclusivity
    assumptions = run.assumptions
    guard let metrics = run.metrics else {
      checks = run.others
      return
    }
    let bounds = ClaimBounds(run)
    var checks: [AuditCheck] = []
    for figure in metrics.figures where !run.isWithoutBuckets(figure) {
      let check = bounds.check(figure)
      checks.append(check)
      if assumptions.snapshot, case .histogram = figure.quantity { checks.append(bounds.risingCheck(figure)) }
      guard case .average(let span) = figure.quantity else { continue }
      if let growth = bounds.growthCheck(figure, span, metrics) { checks.append(growth) }
      if let sampled = bounds.sampleCheck(figure, span, check) { checks.append(sampled) }
    }
    if let requests = metrics.requests { checks += bounds.requestChecks(requests) }
    if let proportion = bounds.proportionCheck(metrics) { checks.append(proportion) }
    if let unfinished = bounds.unfinishedCheck(metrics) { checks.append(unfinished) }
    if let counted = bounds.countedCheck(metrics, of: run.statuses) { checks.append(counted) }
    if assumptions.snapshot, let sum = bounds.sumCheck(metrics, of: run.statuses) { checks.append(sum) }
    if assumptions.final, assumptions.readYourWrites { checks += bounds.monotonicChecks(metrics) }
    self.checks = Self.explained(checks + run.others)
  }
}
