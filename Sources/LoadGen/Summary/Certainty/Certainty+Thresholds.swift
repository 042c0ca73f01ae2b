extension Summary {
  /// Adds to each threshold on a percentile how sure the run is of it.
  /// - Parameter asked: thresholds hold or fail only where the run is that sure; `nil`: they are judged by what was observed.
  mutating func tellCertainty(asked: Double?) {
    for index in thresholds.indices {
      guard let rule = try? LoadRun.Threshold(text: thresholds[index].expression) else { continue }
      let certainty = PercentileEvidence(rule, self)?.judge(confidence: asked ?? Certainty.usual)
      thresholds[index].certainty = certainty
      guard asked != nil, rule.percentile != nil, certainty?.word ?? .undecided == .undecided else { continue }
      thresholds[index].verdict = .undecided
      let decision = Decision(outcomes + [.threshold])
      (verdict, exitCode, outcomes) = (decision.verdict, decision.exitCode, decision.outcomes)
    }
  }
}

extension Summary.Certainty {
  /// What is told where nobody asks for more or less.
  package static let usual = 0.99
}
