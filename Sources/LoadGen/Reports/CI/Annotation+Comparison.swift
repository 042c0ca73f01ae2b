import LoadRun
import LoadStudy

extension Annotation {
  /// Each gate that regressed, and, as a warning unless it fails the comparison, each that is undecided; at most `most` of each level.
  static func list(_ comparison: Comparison) -> [Annotation] {
    let found = [ComparisonVerdict.regressed, .undecided].flatMap { verdict in
      comparison.gates.filter { $0.judged(comparison.method) == verdict }.map { gate in
        Annotation(
          verdict == .regressed || comparison.failsUndecided ? .error : .warning,
          "\(verdict.rawValue): \(Legible.line(gate.figure, limit: 80))",
          comparison.method.unit == .run ? gate.withinSentence(comparison.method) : gate.sentence(comparison.method))
      }
    }
    let broken =
      comparison.onlyCandidateFails ? [Annotation(.error, "regressed: the candidate's runs", ComparisonHeadline.broken(comparison))] : []
    return Level.allCases.flatMap { level in (broken + found).filter { $0.level == level }.prefix(most) }
  }
}
