import LoadRun
import LoadStudy

extension Annotation {
  /// Each gate that regressed, and, as a warning unless it fails the comparison, each that is undecided; at most `most` of each level.
  static func list(_ comparison: Comparison) -> [Annotation] {
    let failsUndecided =
      comparison.outcomes.contains(.regression) && !comparison.gates.contains { $0.judged(comparison.method) == .regressed }
    let found = [ComparisonVerdict.regressed, .undecided].flatMap { verdict in
      comparison.gates.filter { $0.judged(comparison.method) == verdict }.map { gate in
        Annotation(
          verdict == .regressed || failsUndecided ? .error : .warning, "\(verdict.rawValue): \(Legible.line(gate.figure, limit: 80))",
          comparison.method.unit == .run ? gate.withinSentence(comparison.method) : gate.sentence(comparison.method))
      }
    }
    return Level.allCases.flatMap { level in found.filter { $0.level == level }.prefix(most) }
  }
}
