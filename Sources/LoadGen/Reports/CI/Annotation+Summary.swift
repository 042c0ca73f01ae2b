import LoadRun

extension Annotation {
  /// As many of one level as GitHub shows of a step; it drops the others in silence.
  static let most = 10

  /// What a run found wrong, the most important first: why it could not be carried through, claims that are contradicted, thresholds that do not
  /// hold, why it is not valid. Warnings are claims that only others' orders explain, and polls that may have moved what was measured.
  /// - Returns: at most `most` of each level, of which the last says how many more there are.
  static func list(_ summary: Summary) -> [Annotation] {
    let all = endings(summary) + contradictions(summary) + thresholds(summary) + reasons(summary) + doubts(summary)
    return Level.allCases.flatMap { level in
      let found = all.filter { $0.level == level }
      guard found.count > most else { return found }
      let left = Figure.count(found.count - most + 1)
      return found.prefix(most - 1) + [
        Annotation(level, "loadgen", "\(left) more of these, in the job's summary, report.html and summary.json")
      ]
    }
  }

  /// Outcomes that belong to neither a threshold nor a claim.
  private static func endings(_ summary: Summary) -> [Annotation] {
    summary.outcomes.filter { [.configuration, .failed, .interrupted, .regression].contains($0) }.map { outcome in
      Annotation(.error, "Run: \(outcome.rawValue)", Headline.reasons(outcome, summary).joined(separator: " "))
    }
  }

  private static func contradictions(_ summary: Summary) -> [Annotation] {
    let cause = summary.audit.causeWords.map { " \($0)" } ?? ""
    return summary.audit.checks.filter { $0.verdict == .contradicted }.enumerated().map { place, check in
      Annotation(.error, "Contradicted: \(check.name)", check.finding + (place == 0 ? cause : ""))
    }
  }

  private static func thresholds(_ summary: Summary) -> [Annotation] {
    let broken = [.fail, .undecided].flatMap { verdict in summary.thresholds.filter { $0.verdict == verdict } }
    return broken.map { threshold in
      let remark = threshold.remark.isEmpty ? "" : " (\(threshold.remark))"
      let what = threshold.verdict == .fail ? "Threshold failed" : "Threshold undecided"
      return Annotation(.error, "\(what): \(Legible.line(threshold.expression, limit: 80))", threshold.observedText + remark)
    }
  }

  /// With `--on-invalid warn` they are no more than warnings.
  private static func reasons(_ summary: Summary) -> [Annotation] {
    guard !summary.generator.valid else { return [] }
    return Headline.reasons(.invalid, summary).map { Annotation(summary.outcomes.contains(.invalid) ? .error : .warning, "Not valid", $0) }
  }

  private static func doubts(_ summary: Summary) -> [Annotation] {
    summary.audit.checks.filter { $0.verdict == .unexplained }.map { Annotation(.warning, "Unexplained: \($0.name)", $0.finding) }
      + summary.pollWarnings.map { Annotation(.warning, "Polls", $0) }
  }
}

extension Summary.Check {
  /// The finding in words; the figures where it has none.
  fileprivate var finding: String {
    sentence.isEmpty ? "claimed \(claimedWording), could have been \(possibleWording)" : sentence
  }
}
