import LoadRun

/// The run as JUnit XML: a test case for each threshold, for each claim of the server, for the validity of the run, and for its being
/// carried through.
enum JUnitReport {
  static func render(_ summary: Summary) -> String {
    let suites = [
      JUnit.Suite(name: "thresholds", cases: summary.thresholds.map(thresholdCase)),
      JUnit.Suite(name: "audit", cases: summary.audit.checks.map { checkCase($0, summary.audit.causeWords) }),
      JUnit.Suite(name: "run", cases: [validity(summary), ending(summary)]),
    ]
    let name = summary.name.isEmpty ? "loadgen" : "loadgen \(summary.name)"
    return JUnit.document(name: name, seconds: summary.run.duration, startedAt: summary.run.startedAt, suites)
  }

  private static func thresholdCase(_ threshold: Summary.Threshold) -> JUnit.Case {
    let observed = Legible.line(threshold.observedText)
    let remark = threshold.remark.isEmpty ? "" : " (\(Legible.line(threshold.remark, limit: 400)))"
    let failure = threshold.verdict == .pass ? nil : "\(Legible.line(threshold.expression)) did not hold: \(observed)\(remark)"
    return JUnit.Case(
      name: Legible.line(threshold.expression), result: failure.map { .failed($0, kind: threshold.verdict.rawValue) } ?? .passed,
      output: observed)
  }

  /// - Parameter cause: why claims are contradicted, if that is known.
  private static func checkCase(_ check: Summary.Check, _ cause: String?) -> JUnit.Case {
    let figures = "claimed \(check.claimedWording), could have been \(check.possibleWording), resolution \(check.resolutionWording)"
    let sentence = check.sentence.isEmpty ? figures : Legible.line(check.sentence, limit: 600)
    let result: JUnit.Case.Result =
      switch check.verdict {
      case .contradicted: .failed([sentence, cause].compactMap(\.self).joined(separator: ". "), kind: check.verdict.rawValue)
      case .notCheckable: .skipped(sentence)
      case .consistent, .unexplained: .passed
      }
    return JUnit.Case(name: Legible.line(check.name), result: result, output: "\(check.verdict.words): \(sentence) (\(figures))")
  }

  private static func validity(_ summary: Summary) -> JUnit.Case {
    let reasons = summary.generator.reasons.map { Legible.line($0, limit: 400) }.joined(separator: " ")
    let sentence = reasons.isEmpty ? "The load generator itself may have changed a verdict." : reasons
    // With `--on-invalid warn` the reasons are given, but do not fail the case.
    let fails = summary.outcomes.contains(.invalid)
    return JUnit.Case(
      name: "the run is valid", result: fails ? .failed(sentence, kind: "invalid") : .passed,
      output: summary.generator.valid ? summary.generator.costWording : sentence)
  }

  /// Covers outcomes that belong to neither a threshold nor a claim.
  private static func ending(_ summary: Summary) -> JUnit.Case {
    let others = summary.outcomes.filter { [.failed, .configuration, .interrupted, .regression].contains($0) }
    let reasons = Headline(summary).reasons.joined(separator: " ")
    return JUnit.Case(
      name: "the run was carried through",
      result: others.isEmpty ? .passed : .failed(reasons, kind: others.map(\.rawValue).joined(separator: ",")),
      output: "\(summary.verdict.rawValue), exit code \(summary.exitCode)")
  }
}
