import LoadRun
package import LoadStudy

/// The comparison as JUnit XML: a test case for each gate, and one more where making the runs ended otherwise than well.
package enum JUnitComparison {
  package static func render(_ comparison: Comparison) -> String {
    let cases = comparison.judgedGates.map { gateCase($0, comparison) } + [broken(comparison), ending(comparison)].compactMap(\.self)
    let began = comparison.baseline.runs.first?.startedAt ?? ""
    return JUnit.document(name: "loadgen compare", seconds: 0, startedAt: began, [JUnit.Suite(name: "compare", cases: cases)])
  }

  private static func gateCase(_ gate: FigureComparison, _ comparison: Comparison) -> JUnit.Case {
    let sentence = gate.sentence(comparison.method)
    let figures = "baseline \(gate.baselineText), candidate \(gate.candidateText)"
    let result: JUnit.Case.Result =
      switch gate.verdict {
      case .regressed: .failed(sentence, kind: gate.verdict.rawValue)
      case .undecided: comparison.failsUndecided ? .failed(sentence, kind: gate.verdict.rawValue) : .skipped(sentence)
      case .improved, .equivalent: .passed
      }
    return JUnit.Case(name: Legible.line(gate.figure), result: result, output: "\(gate.verdict.rawValue): \(sentence) (\(figures))")
  }

  /// `nil` where it is not only the candidate whose runs fail.
  private static func broken(_ comparison: Comparison) -> JUnit.Case? {
    guard comparison.onlyCandidateFails else { return nil }
    let sentence = ComparisonHeadline.broken(comparison)
    return JUnit.Case(name: "the candidate's runs pass", result: .failed(sentence, kind: "regressed"), output: sentence)
  }

  /// Covers outcomes that belong to no gate; `nil` where there are none.
  private static func ending(_ comparison: Comparison) -> JUnit.Case? {
    let others = comparison.outcomes.filter { $0 != .regression && $0 != .passed }.map(\.rawValue)
    guard !others.isEmpty else { return nil }
    let sentence = "making the runs ended with \(others.joined(separator: ", ")): exit code \(comparison.exitCode)"
    return JUnit.Case(
      name: "the runs were carried through", result: .failed(sentence, kind: others.joined(separator: ",")),
      output: "\(comparison.verdict.rawValue), exit code \(comparison.exitCode)")
  }
}
