import LoadRun

/// The run as JUnit XML: a test case for each threshold, for each claim of the server, for the validity of the run, and for its being
/// carried through.
enum JUnitReport {
  static func render(_ summary: Summary) -> String {
    let suites = [
      Suite(name: "thresholds", cases: summary.thresholds.map(thresholdCase)),
      Suite(name: "audit", cases: summary.audit.checks.map { checkCase($0, summary.audit.causeWords) }),
      Suite(name: "run", cases: [validity(summary), ending(summary)]),
    ]
    let name = summary.name.isEmpty ? "loadgen" : "loadgen \(summary.name)"
    let time = Figure.decimal(summary.run.duration)
    let total = suites.map(\.cases.count).reduce(0, +)
    let failures = suites.map(\.failures).reduce(0, +)
    let skipped = suites.map(\.skipped).reduce(0, +)
    let root: Markup = """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="\(name)" tests="\(total)" failures="\(failures)" errors="0" skipped="\(skipped)" time="\(time)">
      \(suites.map { $0.markup(startedAt: summary.run.startedAt) })</testsuites>

      """
    return root.text
  }

  private static func thresholdCase(_ threshold: Summary.Threshold) -> Case {
    let observed = Legible.line(threshold.observedText)
    let remark = threshold.remark.isEmpty ? "" : " (\(Legible.line(threshold.remark, limit: 400)))"
    let failure = threshold.verdict == .pass ? nil : "\(Legible.line(threshold.expression)) did not hold: \(observed)\(remark)"
    return Case(
      name: Legible.line(threshold.expression), result: failure.map { .failed($0, kind: threshold.verdict.rawValue) } ?? .passed,
      output: observed)
  }

  /// - Parameter cause: why claims are contradicted, if that is known.
  private static func checkCase(_ check: Summary.Check, _ cause: String?) -> Case {
    let figures = "claimed \(check.claimedWording), could have been \(check.possibleWording), resolution \(check.resolutionWording)"
    let sentence = check.sentence.isEmpty ? figures : Legible.line(check.sentence, limit: 600)
    let result: Case.Result =
      switch check.verdict {
      case .contradicted: .failed([sentence, cause].compactMap(\.self).joined(separator: ". "), kind: check.verdict.rawValue)
      case .notCheckable: .skipped(sentence)
      case .consistent, .unexplained: .passed
      }
    return Case(name: Legible.line(check.name), result: result, output: "\(check.verdict.words): \(sentence) (\(figures))")
  }

  private static func validity(_ summary: Summary) -> Case {
    let reasons = summary.generator.reasons.map { Legible.line($0, limit: 400) }.joined(separator: " ")
    let sentence = reasons.isEmpty ? "The load generator itself may have changed a verdict." : reasons
    // With `--on-invalid warn` the reasons are given, but do not fail the case.
    let fails = summary.outcomes.contains(.invalid)
    return Case(
      name: "the run is valid", result: fails ? .failed(sentence, kind: "invalid") : .passed,
      output: summary.generator.valid ? summary.generator.costWording : sentence)
  }

  /// Covers outcomes that belong to neither a threshold nor a claim.
  private static func ending(_ summary: Summary) -> Case {
    let others = summary.outcomes.filter { [.failed, .configuration, .interrupted, .regression].contains($0) }
    let reasons = Headline(summary).reasons.joined(separator: " ")
    return Case(
      name: "the run was carried through",
      result: others.isEmpty ? .passed : .failed(reasons, kind: others.map(\.rawValue).joined(separator: ",")),
      output: "\(summary.verdict.rawValue), exit code \(summary.exitCode)")
  }
}

extension JUnitReport {
  /// A group of test cases.
  struct Suite {
    let name: String
    let cases: [Case]

    var failures: Int { cases.filter { if case .failed = $0.result { true } else { false } }.count }
    var skipped: Int { cases.filter { if case .skipped = $0.result { true } else { false } }.count }

    func markup(startedAt: String) -> Markup {
      """
        <testsuite name="\(name)" tests="\(cases.count)" failures="\(failures)" errors="0" skipped="\(skipped)" timestamp="\(startedAt)">
      \(cases.map { $0.markup(suite: name) })  </testsuite>

      """
    }
  }

  /// A test case. All its texts are escaped when it is written.
  struct Case {
    /// Passed, or why not.
    enum Result {
      case passed
      case failed(String, kind: String)
      case skipped(String)
    }

    let name: String
    let result: Result
    let output: String

    func markup(suite: String) -> Markup {
      let inner: Markup =
        switch result {
        case .passed: ""
        case .failed(let sentence, let kind): "      <failure message=\"\(sentence)\" type=\"\(kind)\">\(sentence)</failure>\n"
        case .skipped(let sentence): "      <skipped message=\"\(sentence)\"/>\n"
        }
      return """
            <testcase name="\(name)" classname="loadgen.\(suite)" time="0">
        \(inner)      <system-out>\(output)</system-out>
            </testcase>

        """
    }
  }
}
