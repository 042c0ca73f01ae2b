import LoadRun

extension HTMLReport {
  /// Rules that do not hold come first; implicit ones that hold are folded into one line.
  static func thresholds(_ summary: Summary) -> Markup {
    guard !summary.thresholds.isEmpty else { return .empty }
    let quiet = summary.thresholds.filter { $0.verdict == .pass && $0.implicit }
    let open =
      summary.thresholds.filter { $0.verdict == .fail } + summary.thresholds.filter { $0.verdict == .undecided }
      + summary.thresholds.filter { $0.verdict == .pass && !$0.implicit }
    if open.isEmpty || quiet.count < 2 { return HTMLPage.section("Thresholds", table(open + quiet)) }
    let title: Markup = "\(mark(.pass)) \(quiet.count) implicit thresholds held"
    return HTMLPage.section("Thresholds", "\(table(open))\(HTMLPage.fold(title, table(quiet)))")
  }

  private static func table(_ thresholds: [Summary.Threshold]) -> Markup {
    var table = HTMLTable(columns: [.text("rule"), .long("observed")], style: "rules")
    for threshold in thresholds {
      table.rows.append(
        HTMLTable.Row(
          cells: [
            "\(mark(threshold.verdict)) <code>\(Legible.line(threshold.expression))</code>",
            "<code>\(Legible.line(threshold.observedText))</code>\(remark(threshold))",
          ], style: threshold.verdict.rawValue))
    }
    return table.markup
  }

  private static func remark(_ threshold: Summary.Threshold) -> Markup {
    let remark = Legible.line(threshold.remark, limit: 400)
    if remark.isEmpty { return .empty }
    return remark == "implicit" ? " <span class=\"quiet\">implicit</span>" : "<span class=\"below quiet\">\(remark)</span>"
  }

  static func mark(_ verdict: Summary.ThresholdVerdict) -> Markup {
    switch verdict {
    case .pass: "<span class=\"mark good\" role=\"img\" aria-label=\"passed\">✓</span>"
    case .fail: "<span class=\"mark bad\" role=\"img\" aria-label=\"failed\">✗</span>"
    case .undecided: "<span class=\"mark warn\" role=\"img\" aria-label=\"undecided\">?</span>"
    }
  }
}
