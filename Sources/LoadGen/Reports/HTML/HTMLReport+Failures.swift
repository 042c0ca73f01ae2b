import LoadRun

extension HTMLReport {
  /// Everything that did not hold, with its figures, when it began, and how it developed: this is why the report of a failed run is opened.
  static func failures(_ summary: Summary) -> Markup {
    let times = BlockTimes(summary)
    let broken = summary.thresholds.filter { $0.verdict == .fail } + summary.thresholds.filter { $0.verdict == .undecided }
    let rules = broken.enumerated().map { card($0.element, number: $0.offset + 1, summary, times) }
    let claims = summary.audit.findings.map(card)
    let doubts = summary.generator.reasons.map { reason -> Markup in
      card("undecided", "<span class=\"mark warn\" role=\"img\" aria-label=\"not valid\">!</span> The load generator itself", "", [reason])
    }
    let cards = rules + claims + doubts
    return cards.isEmpty ? .empty : HTMLPage.section("What failed", "<div class=\"failed\">\n\(cards)</div>\n")
  }

  private static func card(_ threshold: Summary.Threshold, number: Int, _ summary: Summary, _ times: BlockTimes) -> Markup {
    let trace = FigureTrace(threshold, summary, times)
    let began = [
      (threshold.firstAt ?? trace?.firstAt).map { "first at \(Figure.seconds($0))" }, trace?.wording,
    ].compactMap { $0 }.joined(separator: ", ")
    let words = [
      began.isEmpty ? nil : began,
      threshold.verdict == .undecided ? "undecided" : nil, threshold.note.isEmpty ? nil : threshold.note,
    ].compactMap { $0 }
    return card(
      threshold.verdict.rawValue, "\(mark(threshold.verdict)) <code>\(Legible.line(threshold.expression))</code>",
      threshold.observedText, words, chart: TraceChart.render(threshold, summary, number: number))
  }

  private static func card(_ check: Summary.Check) -> Markup {
    let first = check.firstAt.map { ", first at \(Figure.seconds($0))" } ?? ""
    let outside = check.outside > 0 ? "\(Figure.count(check.outside)) of \(Figure.count(check.samples)) readings outside\(first)" : ""
    return card(
      check.verdict.rawValue, "\(mark(check.verdict)) <bdi>\(Legible.line(check.name, limit: 80))</bdi>",
      "claimed \(check.claimedWording), could have been \(check.possibleWording)", outside.isEmpty ? [] : [outside])
  }

  /// - Parameter words: may come from elsewhere, and are made legible here.
  private static func card(_ style: String, _ title: Markup, _ figure: String, _ words: [String], chart: Markup = .empty) -> Markup {
    let observed: Markup = figure.isEmpty ? .empty : "<p class=\"observed\"><bdi>\(HTMLPage.ranged(Legible.line(figure)))</bdi></p>\n"
    let lines = words.map { word -> Markup in "<p class=\"quiet\"><bdi>\(Legible.line(word, limit: 600))</bdi></p>\n" }
    return "<div class=\"card \(style)\">\n<h3>\(title)</h3>\n\(observed)\(lines)\(chart)</div>\n"
  }
}

extension Summary.Audit {
  /// The contradicted claims first, then those that are true only if somebody else sends orders as well.
  var findings: [Summary.Check] { checks.filter { $0.verdict == .contradicted } + checks.filter { $0.verdict == .unexplained } }
}
