import Shared

/// Looks for the one defect that explains why a target's figures are contradicted (docs/measurement.md, "Causes").
///
/// For each defect that is known, the figures are taken back to what they would be without it, and the audit is made again: a cause is
/// named only if with it nothing is contradicted any more, and no other does so with as few numbers chosen to make it fit.
struct CauseSearch {
  let run: AuditedRun
  let metrics: Dialect.Metrics
  let evidence: Evidence
  let checks: [AuditCheck]
  /// The names of the contradicted ones.
  let contradicted: Set<String>

  /// - Parameter audit: the one of the run.
  /// - Returns: `nil` where no cause is looked for: figures are not contradicted, or are not there, or more than figures is
  ///   contradicted, or the run had more orders than are kept.
  init?(_ run: AuditedRun, _ audit: Audit, _ evidence: Evidence) {
    let found = audit.checks.filter { $0.verdict == .contradicted }
    guard let metrics = run.metrics, metrics.source != .list, evidence.isComplete, !found.isEmpty, run.hasBaseline,
      found.allSatisfy({ !AuditCheck.isConformance($0.name) && $0.source != .orders })
    else { return nil }
    self.run = run
    self.metrics = metrics
    self.evidence = evidence
    checks = audit.checks
    contradicted = Set(found.map(\.name))
  }

  var cause: Cause? {
    guard suspectedAverages.isEmpty || run.scrapes.count * evidence.orders.count <= Self.mostWork else { return nil }
    let families = [
      [severalProcesses, counted, told, bucketed, { averaged().filter(isSharp) }, surelyConstant],
      [lead, shifted, repeated, forgotten, divided, constant, numbers, averaged, scaledAverages, lateAverages, lateEstimate, ordered],
      [dividedAtRandom],
    ]
    for family in families {
      let holding = family.flatMap { $0() }.filter(holds)
      guard let first = holding.first else { continue }
      return first.isTelling && holding.allSatisfy { $0.cause.isLike(first.cause) } ? first.cause : nil
    }
    return nil
  }

  /// The most orders times readings that averages are looked at for: a second or two for each supposition.
  private static let mostWork = 4_000_000

  func holds(_ supposition: Supposition) -> Bool { supposition.holds(explaining: contradicted) }

  /// Whether the figures of a supposition were off by several times what its own bounds leave open, so that it hardly fits by accident.
  private func isSharp(_ supposition: Supposition) -> Bool {
    let supposed = supposition.runs.flatMap { Audit($0).checks }
    return supposition.tested.contains { name in
      let honest = checks.first { $0.name.hasSameBytes(as: name) }?.samples ?? []
      let left = supposed.filter { $0.name.hasSameBytes(as: name) }.flatMap(\.samples)
      return honest.contains { sample in
        left.contains { $0.at == sample.at && sample.outsideBy > 1.5 * ($0.resolution ?? .infinity) }
      }
    }
  }

  // MARK: What is suspected

  /// The figures that may be the wrong ones: those of which a check alone is contradicted, and all counts where only their sum is.
  var suspects: [Dialect.Figure] {
    let own = metrics.figures.filter { figure in
      ["", " growth", " over time", " each"].contains { isContradicted("\(figure.name)\($0)") }
    }
    guard AuditCheck.sums.contains(where: isContradicted) else { return own }
    return own + metrics.figures.filter { !$0.quantity.isDuration && !own.contains($0) }
  }

  var suspectedCounts: [Dialect.Figure] { suspects.filter { !$0.quantity.isDuration } }

  /// Each suspected average by itself, and both at once; none where a number of orders is contradicted, too: a wrong average is no reason
  /// for that.
  var suspectedAverages: [[Dialect.Figure]] {
    guard suspectedCounts.isEmpty else { return [] }
    let averages = suspects.filter(\.quantity.isAverage)
    return averages.map { [$0] } + (averages.count > 1 ? [averages] : [])
  }

  /// The names of the checks in which some figures have a part.
  func checks(of figures: [Dialect.Figure]) -> Set<String> {
    var names: Set<String> = []
    for figure in figures {
      for suffix in ["", " growth", " over time", " each", AuditCheck.bySample] { names.insert("\(figure.name)\(suffix)") }
      if !figure.quantity.isDuration { names.formUnion(AuditCheck.sums) }
      guard figure.quantity == .count(.completed) else { continue }
      names.formUnion(metrics.figures.filter(\.quantity.isAverage).map { "\($0.name) growth" })
    }
    return names
  }

  /// The averages of which one is contradicted by itself, and not only in how it grows.
  var ownAverages: [[Dialect.Figure]] {
    suspectedAverages.filter { figures in figures.contains { isContradicted($0.name) } }
  }

  func figure(_ quantity: Dialect.Quantity) -> Dialect.Figure? { metrics.figures.first { $0.quantity == quantity } }

  /// Indices of the readings that can be wrong: all but the one from before the first order.
  var readings: Range<Int> { 1..<max(1, run.scrapes.count) }

  /// The samples of a figure's own check.
  func samples(_ figure: Dialect.Figure) -> [AuditCheck.Sample] {
    checks.first { $0.name.hasSameBytes(as: figure.name) }?.samples ?? []
  }

  func isContradicted(_ name: String) -> Bool { checks.contains { $0.verdict == .contradicted && $0.name.hasSameBytes(as: name) } }

  static func names(_ figures: [Dialect.Figure]) -> [String] { figures.map(\.name) }

  static func list(_ figures: [Dialect.Figure]) -> String { names(figures).joined(separator: " and ") }
}

extension Dialect.Quantity {
  var isAverage: Bool { if case .average = self { true } else { false } }
}

extension [Dialect.Figure] {
  /// The verb after their names.
  var isOrAre: String { count > 1 ? "are" : "is" }
}
