import LoadRun

/// The run for a pull request or a job's summary: verdict, thresholds and audit are visible, the rest is folded away. However large the run,
/// it can be read at one sitting: what matters most comes first, and what there is no room for is said, with where it is.
enum MarkdownReport {
  /// The most lines that a report has.
  static let mostLines = 80
  /// The most bytes that a report has, where its texts are not all as long as they may be: a quarter of what GitHub takes of a step.
  private static let mostBytes = 1 << 18

  static func render(_ summary: Summary) -> String {
    for rows in stride(from: 40, through: fewestRows, by: -1) {
      let text = text(sections(summary, Fold(rows: rows)), leavingOut: 0)
      if isShort(text) { return text }
    }
    // With tables that short there is no room for all of them: the last sections go, as they matter least.
    let sections = sections(summary, Fold(rows: fewestRows))
    for count in 1..<sections.count {
      let text = text(sections, leavingOut: count)
      if isShort(text) { return text }
    }
    return text(sections, leavingOut: sections.count - 1)
  }

  /// Fewer rows than these are no table.
  private static let fewestRows = 3

  private static func isShort(_ text: String) -> Bool {
    text.utf8.count <= mostBytes && text.utf8.count { $0 == UInt8(ascii: "\n") } <= mostLines
  }

  /// The sections that have something to say, the most important first, each with what it is called where it is left out.
  private static func sections(_ summary: Summary, _ fold: Fold) -> [(name: String, text: String)] {
    [
      ("the verdict", headline(summary, fold)), ("thresholds", thresholds(summary, fold)), ("the audit", audit(summary, fold)),
      ("stages", stages(summary, fold)), ("latency", latency(summary, fold)), ("followed orders", intervals(summary, fold)),
      ("what was simulated", simulation(summary)),
      ("orders, rates and errors", details("Orders, rates and errors", [counts(summary, fold), errors(summary, fold)])),
      ("how this was measured", details("How this was measured", [run(summary, fold)])),
    ].filter { !$0.1.isEmpty }
  }

  private static func text(_ sections: [(name: String, text: String)], leavingOut count: Int) -> String {
    let left = sections.suffix(count).map(\.name)
    let note = left.isEmpty ? [] : ["Left out here, and \(Fold.elsewhere): \(left.joined(separator: "; "))."]
    return (sections.dropLast(count).map(\.text) + note).joined(separator: "\n\n") + "\n"
  }

  private static func headline(_ summary: Summary, _ fold: Fold) -> String {
    let headline = Headline(summary)
    let mark =
      switch summary.verdict {
      case .pass: "✅"
      case .fail: "❌"
      case .invalid, .interrupted: "⚠️"
      }
    let name = summary.name.isEmpty ? "" : " " + Markdown.code(summary.name)
    let lines =
      headline.reasons.prefix(fold.rows).map { Markdown.prose($0) } + [fold.rest(headline.reasons.count, "reasons")].compactMap(\.self)
      + headline.warnings.map { "⚠️ " + Markdown.prose($0) }
    let reasons = lines.map { "**\($0)**" }.joined(separator: "<br>\n")
    let subject =
      "\(Figure.count(summary.orders.accepted)) orders accepted in \(Figure.seconds(summary.run.duration)) by \(Markdown.code(summary.run.target.url))"
    return "## \(mark) \(headline.word)\(name)\n\n\(reasons)\n\n\(subject)"
  }

  /// Those that do not hold, and then those that were asked for; implicit ones that hold share a line.
  private static func thresholds(_ summary: Summary, _ fold: Fold) -> String {
    let quiet = summary.thresholds.filter { $0.implicit && $0.verdict == .pass }
    let order: [Summary.ThresholdVerdict] = [.fail, .undecided, .pass]
    let loud = order.flatMap { verdict in summary.thresholds.filter { $0.verdict == verdict && !($0.implicit && verdict == .pass) } }
    let table = fold.table(["", "threshold", "observed", ""], left: [0, 1, 2, 3], of: loud, "thresholds") { threshold in
      let mark = threshold.verdict == .pass ? "✅" : threshold.verdict == .fail ? "❌" : "❔"
      return [mark, Markdown.code(threshold.expression), Markdown.code(threshold.observedText), Markdown.prose(threshold.remark)]
    }
    let held = fold.line(quiet, "thresholds", most: 20) { Markdown.code($0.expression) }
    return [loud.isEmpty ? "" : table, held.isEmpty ? "" : "✅ Implicit thresholds that held: \(held)"]
      .filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private static func audit(_ summary: Summary, _ fold: Fold) -> String {
    let title = "### Audit of the server's own figures: \(summary.audit.verdict.words)"
    guard !summary.audit.checks.isEmpty else { return title }
    let order: [Summary.CheckVerdict] = [.contradicted, .unexplained, .consistent, .notCheckable]
    let checks = order.flatMap { verdict in summary.audit.checks.filter { $0.verdict == verdict } }
    let table = fold.table(
      ["", "claim", "claimed", "could have been", "resolution", "readings"], left: [0, 1], of: checks, "claims"
    ) { check in
      let mark =
        switch check.verdict {
        case .consistent: "✅"
        case .contradicted: "❌"
        case .unexplained: "❔"
        case .notCheckable: "➖"
        }
      return [
        mark, Markdown.code(check.name), Markdown.code(check.claimedWording), check.possibleWording, check.resolutionWording,
        Figure.count(check.samples),
      ]
    }
    let findings = checks.filter { $0.verdict != .consistent && !$0.sentence.isEmpty }
    let sentences = findings.prefix(fold.rows).map { "- \(Markdown.code($0.name)) \($0.verdict.words): \(Markdown.prose($0.sentence))" }
    let rest = fold.rest(findings.count, "findings").map { ["- " + $0] } ?? []
    let cause = summary.audit.causeWords.map { Markdown.prose($0) } ?? ""
    return [title, table, (sentences + rest).joined(separator: "\n"), cause].filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  /// What really happened in a simulated run.
  private static func simulation(_ summary: Summary) -> String {
    guard let simulation = summary.simulation else { return "" }
    let facts = simulation.facts.map { "- \($0.name): \($0.value)" }
    let judgement = simulation.judgement.map { "- \(simulation.outside == 0 ? "✅" : "❌") \($0)" }
    let what = Markdown.prose(Legible.line(summary.run.target.version ?? "", limit: 1_000))
    return "### Simulated\n\n\(what)\n\n" + (facts + [judgement].compactMap { $0 }).joined(separator: "\n")
  }

  static func details(_ title: String, _ parts: [String]) -> String {
    let parts = parts.filter { !$0.isEmpty }
    return parts.isEmpty ? "" : "<details><summary>\(title)</summary>\n\n\(parts.joined(separator: "\n\n"))\n\n</details>"
  }
}
