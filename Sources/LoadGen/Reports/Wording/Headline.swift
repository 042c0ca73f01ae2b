import LoadRun

/// What every report says first: the verdict, and why.
struct Headline: Sendable, Equatable {
  /// `PASS`, `FAIL`, `INVALID` or `INTERRUPTED`.
  let word: String
  /// The run's name and its target.
  let subject: String
  /// At least one sentence for each outcome, the deciding one first, and one for each kind of shortfall.
  let reasons: [String]
  /// What may have influenced the measurement, and must be shown as prominently.
  let warnings: [String]

  init(_ summary: Summary) {
    word = summary.verdict.rawValue.uppercased()
    subject = [summary.name, Legible.line(summary.run.target.url)].filter { !$0.isEmpty }.joined(separator: " against ")
    let reasons = summary.outcomes.flatMap { Self.reasons($0, summary) }
    // Unfinished orders explain more than the names of the rules that were broken because of them.
    self.reasons = summary.outcomes.first == .threshold ? summary.shortfalls + reasons : reasons + summary.shortfalls
    warnings = summary.pollWarnings
  }

  /// Why a run has this outcome, in at least one sentence.
  static func reasons(_ outcome: Outcome, _ summary: Summary) -> [String] {
    switch outcome {
    case .passed: [passed(summary)]
    case .failed: ["The run could not be carried through."]
    case .configuration where summary.run.refusal != nil: [Legible.line(summary.run.refusal ?? "", limit: 600)]
    case .configuration: ["The configuration is wrong, or the target could not be reached before the first order."]
    case .interrupted: ["The run was interrupted: this is what had been seen until then."]
    case .contradiction: contradictions(summary)
    case .threshold: [thresholds(summary)]
    case .invalid: invalid(summary)
    case .regression: ["The run is worse than its baseline."]
    }
  }

  private static func passed(_ summary: Summary) -> String {
    let held = summary.thresholds.filter { $0.verdict == .pass }.count
    let thresholds =
      switch held {
      case 0: "There were no thresholds"
      case 1: "The threshold held"
      default: "All \(held) thresholds held"
      }
    return "\(thresholds), and \(audit(summary.audit))."
  }

  /// The result of the audit, as a clause.
  static func audit(_ audit: Summary.Audit) -> String {
    let checked = audit.checks.filter { $0.verdict != .notCheckable }.count
    let claims = checked == 1 ? "1 claim" : "\(checked) claims"
    let readings = audit.samples == 1 ? "1 reading" : "\(Figure.count(audit.samples)) readings"
    return switch audit.verdict {
    case .consistent: "what the server says of itself can be true (\(claims), \(readings))"
    case .contradicted: "what the server says of itself cannot be true"
    case .unexplained where audit.checks.allSatisfy({ $0.verdict != .unexplained || AuditCheck.isOfSample($0.name) }):
      "what the server says of itself is not what a sample of the orders says"
    case .unexplained: "what the server says of itself can be true only if someone else sends orders too"
    case .notAvailable: "nothing that the server says of itself could be checked"
    }
  }

  private static func contradictions(_ summary: Summary) -> [String] {
    let found = summary.audit.checks.filter { $0.verdict == .contradicted }
    guard !found.isEmpty else { return ["The server's metrics contradict what was seen."] }
    return found.prefix(3).map { check in
      let sentence = Legible.line(check.sentence, limit: 400)
      let subject =
        AuditCheck.isConformance(check.name)
        ? "What the server does contradicts what it has to do" : "The server's metrics contradict what was seen"
      return "\(subject): " + (sentence.isEmpty ? Legible.line(check.name) + "." : sentence)
    } + (found.count > 3 ? ["\(found.count - 3) more of its claims are contradicted."] : []) + [summary.audit.causeWords].compactMap(\.self)
  }

  private static func thresholds(_ summary: Summary) -> String {
    let broken = summary.thresholds.filter { $0.verdict != .pass }
    guard !broken.isEmpty else { return "A threshold failed." }
    let names = broken.prefix(3).map { Legible.line($0.expression, limit: 60) }.joined(separator: ", ")
    let more = broken.count > 3 ? " and \(broken.count - 3) more" : ""
    return "\(broken.count) of \(summary.thresholds.count) thresholds did not hold: \(names)\(more)."
  }

  private static func invalid(_ summary: Summary) -> [String] {
    let reasons = summary.generator.reasons.map { Legible.line($0, limit: 400) }
    return reasons.isEmpty
      ? ["The run is not valid: the load generator itself may have changed a verdict."] : reasons.map { "The run is not valid: \($0)" }
  }
}

extension Summary {
  /// The scenario's name; empty where the summary has none.
  /// Whether orders were asked about after they had been accepted. Where they were not, nothing is known of their ends.
  var followsOrders: Bool { scenario["no-follow"] != "true" }

  var name: String { Legible.line(scenario["name"] ?? "", limit: 60) }
}

extension Summary.Audit {
  /// Why the server's figures are wrong, as a sentence; `nil` where that is not known.
  var causeWords: String? {
    cause.map { "The likeliest cause: \(Legible.line($0.sentence, limit: 400)). That alone would explain every reading." }
  }
}
