import LoadRun

/// The run for a pull request or a job's summary: verdict, thresholds and audit are visible, the rest is folded away.
enum MarkdownReport {
  static func render(_ summary: Summary) -> String {
    let sections = [
      headline(summary), thresholds(summary), audit(summary), stages(summary), latency(summary), intervals(summary), simulation(summary),
      details("Orders, rates and errors", [orders(summary), traffic(summary), rates(summary), errors(summary)]),
      details("How this was measured", [assumptions(summary), run(summary)]),
    ]
    return sections.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private static func headline(_ summary: Summary) -> String {
    let headline = Headline(summary)
    let mark =
      switch summary.verdict {
      case .pass: "✅"
      case .fail: "❌"
      case .invalid, .interrupted: "⚠️"
      }
    let name = summary.name.isEmpty ? "" : " " + Markdown.code(summary.name)
    let lines = headline.reasons.map { Markdown.prose($0) } + headline.warnings.map { "⚠️ " + Markdown.prose($0) }
    let reasons = lines.map { "**\($0)**" }.joined(separator: "<br>\n")
    let subject =
      "\(Figure.count(summary.orders.accepted)) orders accepted in \(Figure.seconds(summary.run.duration)) by \(Markdown.code(summary.run.target.url))"
    return "## \(mark) \(headline.word)\(name)\n\n\(reasons)\n\n\(subject)"
  }

  private static func thresholds(_ summary: Summary) -> String {
    guard !summary.thresholds.isEmpty else { return "" }
    let rows = summary.thresholds.map { threshold in
      let mark = threshold.verdict == .pass ? "✅" : threshold.verdict == .fail ? "❌" : "❔"
      return [mark, Markdown.code(threshold.expression), Markdown.code(threshold.observedText), Markdown.prose(threshold.remark)]
    }
    return "### Thresholds\n\n" + Markdown.table(["", "rule", "observed", ""], left: [0, 1, 2, 3], rows: rows)
  }

  private static func audit(_ summary: Summary) -> String {
    let title = "### Audit of the server's own figures: \(summary.audit.verdict.words)"
    guard !summary.audit.checks.isEmpty else { return title }
    let rows = summary.audit.checks.map { check in
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
    let findings = summary.audit.checks.filter { $0.verdict != .consistent && !$0.sentence.isEmpty }
      .map { "- \(Markdown.code($0.name)) \($0.verdict.words): \(Markdown.prose($0.sentence))" }
    let table = Markdown.table(
      ["", "claim", "claimed", "could have been", "resolution", "readings"], left: [0, 1], rows: rows)
    let cause = summary.audit.causeWords.map { Markdown.prose($0) } ?? ""
    return [title, table, findings.joined(separator: "\n"), cause].filter { !$0.isEmpty }.joined(separator: "\n\n")
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
