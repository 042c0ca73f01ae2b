import LoadRun
package import LoadStudy

/// The comparison for a pull request or a job's summary, in at most 80 lines: what follows is visible, the rest is folded away.
package enum MarkdownComparison {
  /// How many gates and how many other figures are told at most; more are counted.
  private static let (mostGates, mostShown) = (20, 16)

  package static func render(_ comparison: Comparison) -> String {
    let shown = comparison.figures.filter { !$0.gated && !$0.isOfShift }
    let sections = [
      headline(comparison), table(comparison.gates, most: mostGates), shift(comparison),
      MarkdownReport.details("Shown, and not judged", [table(shown, most: mostShown)]),
      MarkdownReport.details("How this was compared", [Markdown.prose(comparison.method.words(comparison.gates.count)), runs(comparison)]),
    ]
    return sections.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private static func headline(_ comparison: Comparison) -> String {
    let headline = ComparisonHeadline(comparison)
    let told = headline.reasons.prefix(6).map { Markdown.prose($0) } + headline.warnings.prefix(6).map { "⚠️ " + Markdown.prose($0) }
    let more = headline.reasons.count > 6 ? ["… and \(headline.reasons.count - 6) more gates, in the table below"] : []
    return "## \(headline.verdict.mark) \(headline.word)\n\n" + (told + more).map { "**\($0)**" }.joined(separator: "<br>\n")
      + "\n\n" + Markdown.prose(headline.subject)
  }

  private static func table(_ figures: [FigureComparison], most: Int) -> String {
    guard let first = figures.first else { return "" }
    let rows = figures.prefix(most).map { figure in
      [
        figure.verdict.mark, Markdown.code(figure.figure), figure.baselineText, figure.candidateText, figure.changeText,
        figure.intervalText,
        Markdown.prose(figure.verdictText),
      ]
    }
    let confidence = "\(Figure.number(first.confidence * 100, digits: 4)) % interval"
    let table = Markdown.table(["", "figure", "baseline", "candidate", "change", confidence, ""], left: [0, 1, 6], rows: rows)
    return table + (figures.count > most ? "\n\n… and \(figures.count - most) more, in compare.json" : "")
  }

  private static func shift(_ comparison: Comparison) -> String {
    let rows = ShiftTable(comparison).rows.map { row in
      [row.duration.replacing("_", with: " ")]
        + row.cells.map { cell in
          cell.map { $0.verdict == .regressed || $0.verdict == .improved ? "**\($0.changeText)**" : $0.changeText } ?? ""
        }
    }
    guard !rows.isEmpty else { return "" }
    return "How the percentiles moved (**bold**: beyond the margin, 95 % sure)\n\n"
      + Markdown.table([""] + ComparedFigure.percentiles.map { "p\($0)" }, rows: rows)
  }

  private static func runs(_ comparison: Comparison) -> String {
    func side(_ name: String, _ side: Comparison.Side) -> [String] {
      guard let first = side.runs.first else { return [] }
      let rest = side.runs.count > 1 ? " and \(Figure.count(side.runs.count - 1)) more" : ""
      return [name, Markdown.code(first.place) + rest, Markdown.code(first.startedAt), Markdown.code(first.target)]
    }
    return Markdown.table(
      ["", "runs", "first began", "target"], left: [0, 1, 2, 3],
      rows: [side("baseline", comparison.baseline), side("candidate", comparison.candidate)])
  }
}

extension ComparisonVerdict {
  fileprivate var mark: String {
    switch self {
    case .regressed: "❌"
    case .improved: "✅"
    case .equivalent: "🟰"
    case .undecided: "❔"
    }
  }
}
