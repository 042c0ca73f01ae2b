import LoadRun
import LoadStudy

/// What every report of a comparison says first: whether the candidate is worse, and by what.
struct ComparisonHeadline: Sendable, Equatable {
  /// `REGRESSED`, `UNDECIDED`, `IMPROVED` or `EQUIVALENT`: the worst that is said of any gate.
  let word: String
  /// How many runs there are, and how they belong together.
  let subject: String
  /// A sentence for each gate that is not equivalent, or one for all where all are.
  let reasons: [String]
  /// What has to be known beside it.
  let warnings: [String]
  let verdict: ComparisonVerdict

  init(_ comparison: Comparison) {
    let gates = comparison.gates
    let verdicts = gates.map { $0.judged(comparison.method) }
    let isBroken = comparison.onlyCandidateFails
    verdict = isBroken ? .regressed : [.regressed, .undecided, .improved].first(where: verdicts.contains) ?? .equivalent
    word = verdict.rawValue.uppercased()
    subject = Self.subject(comparison)
    let order: [ComparisonVerdict] = [.regressed, .improved, .undecided]
    let told = order.flatMap { verdict in zip(gates, verdicts).filter { $0.1 == verdict }.map(\.0.self) }
    let sentences = told.map { gate in
      comparison.method.unit == .run ? gate.withinSentence(comparison.method) : gate.sentence(comparison.method)
    }
    reasons = (isBroken ? [Self.broken(comparison)] : []) + (sentences.isEmpty ? [Self.unchanged(gates, comparison.method)] : sentences)
    warnings = Self.warnings(comparison)
  }

  /// As said where only the candidate's runs fail.
  static func broken(_ comparison: Comparison) -> String {
    let (count, place) = (comparison.candidate.runs.count, comparison.candidate.runs.first?.place ?? "")
    return
      "\(count == 1 ? "The candidate's run" : "All \(count) runs of the candidate") failed by their own thresholds or audit, and none of the "
      + "baseline's did: see \(Legible.line(place, limit: 200))."
  }

  private static func unchanged(_ gates: [FigureComparison], _ method: Comparison.Method) -> String {
    let ratios = gates.contains { $0.scale == .ratio } ? ["the margin of \(Figure.share(method.margin))"] : []
    let shares =
      gates.contains { $0.scale == .difference } ? ["that of shares, \(FigureComparison.points(method.shareMargin, signed: false)) pp"] : []
    return
      "\(gates.count == 1 ? "The gate is as it was" : "All \(gates.count) gates are as they were"): what the runs leave open lies within "
      + "\((ratios + shares).joined(separator: ", and "))."
  }

  private static func warnings(_ comparison: Comparison) -> [String] {
    var warnings: [String] = []
    if !comparison.forced.isEmpty { warnings.append("These runs are not of the same, and were compared all the same (--force):") }
    warnings += comparison.forced.map { Legible.line($0, limit: 400) }
    warnings += comparison.leftOut.prefix(5).map { Legible.line($0, limit: 400) + "." }
    if comparison.leftOut.count > 5 { warnings.append("… and \(comparison.leftOut.count - 5) more runs.") }
    if comparison.method.unit == .run {
      warnings.append("Judged by two single runs (--judge-single-runs): on another day the same program may differ as much.")
    }
    for (name, side) in [("baseline", comparison.baseline), ("candidate", comparison.candidate)] {
      let failed = side.runs.filter { $0.verdict != .pass }
      guard let first = failed.first, !(name == "candidate" && comparison.onlyCandidateFails) else { continue }
      warnings.append(
        "\(failed.count) of the \(side.runs.count) runs of the \(name) did not pass by their own thresholds or audit: see "
          + Legible.line(first.place, limit: 200))
    }
    return warnings
  }

  private static func subject(_ comparison: Comparison) -> String {
    func runs(_ count: Int) -> String { "\(Figure.count(count)) run\(count == 1 ? "" : "s")" }
    let method = comparison.method
    let (before, after) = (comparison.baseline.runs.count, comparison.candidate.runs.count)
    let together =
      switch method.unit {
      case .pair: method.isSequential ? "in pairs, looked at after each" : "in pairs"
      case .sitting:
        "in no pairs; the side with fewer has \(Figure.count(method.observations)) sitting\(method.observations == 1 ? "" : "s")"
      case .run: "compared by what differed within them"
      }
    return "\(runs(after)) of the candidate beside \(runs(before)) of the baseline, \(together)"
  }
}

extension FigureComparison {
  /// What two single runs say of themselves, as a sentence.
  func withinSentence(_ method: Comparison.Method) -> String {
    guard let within else { return "\(Legible.line(figure, limit: 60)) can't be told: these runs are too short to say." }
    let interval = Self.interval(within.lower, within.upper, scale)
    let words =
      switch within.verdict {
      case .regressed: "is worse in these runs"
      case .improved: "is better in these runs"
      case .equivalent: "is as it was in these runs"
      case .undecided: "can't be told by these runs"
      }
    return "\(Legible.line(figure, limit: 60)) \(words): \(interval), by \(within.batches) batches of each."
  }
}
