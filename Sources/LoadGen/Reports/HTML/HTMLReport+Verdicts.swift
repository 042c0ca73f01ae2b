extension HTMLReport {
  static func thresholds(_ summary: Summary) -> Markup {
    guard !summary.thresholds.isEmpty else { return .empty }
    var table = HTMLTable(columns: [.text("rule"), .text("observed"), .text("")])
    for threshold in summary.thresholds {
      table.rows.append(
        HTMLTable.Row(
          cells: [
            "\(mark(threshold.verdict)) <code>\(Legible.line(threshold.expression))</code>",
            "<code>\(Legible.line(threshold.observedText))</code>",
            "<span class=\"quiet\">\(Legible.line(threshold.remark, limit: 400))</span>",
          ], style: threshold.verdict.rawValue))
    }
    return section("Thresholds", table.markup)
  }

  private static func mark(_ verdict: Summary.ThresholdVerdict) -> Markup {
    switch verdict {
    case .pass: "<span class=\"mark good\" role=\"img\" aria-label=\"passed\">✓</span>"
    case .fail: "<span class=\"mark bad\" role=\"img\" aria-label=\"failed\">✗</span>"
    case .undecided: "<span class=\"mark warn\" role=\"img\" aria-label=\"undecided\">?</span>"
    }
  }

  static func audit(_ summary: Summary) -> Markup {
    let audit = summary.audit
    let lead: Markup = "<p>\(sentence(Headline.audit(audit)))</p>\n"
    guard !audit.checks.isEmpty else { return section("Audit", lead) }
    var table = HTMLTable(columns: [
      .text("claim"), .number("claimed"), .number("could have been"), .number("resolution"), .number("readings"), .number("outside"),
    ])
    for check in audit.checks {
      table.rows.append(
        HTMLTable.Row(
          cells: [
            "\(mark(check.verdict)) <bdi>\(Legible.line(check.name, limit: 80))</bdi>\(finding(check))",
            "<bdi>\(check.claimedWording)</bdi>",
            "\(check.possibleWording)", "\(check.resolutionWording)", "\(Figure.count(check.samples))", "\(outside(check))",
          ], style: check.verdict.rawValue))
    }
    let charts = audit.checks.enumerated().map { ClaimCharts.render($0.element, number: $0.offset + 1) }
    let assumed = audit.assumptions.stated.map { "\($0.name) \(Legible.line($0.value, limit: 40))" }.joined(separator: " · ")
    let under: Markup = assumed.isEmpty ? .empty : "<p class=\"quiet\">Taken for granted: \(assumed).</p>\n"
    return section(
      "Audit of the server’s own figures",
      "\(lead)\(table.markup)\(under)<p class=\"quiet\">The resolution is the smallest lie that could have been seen.</p>\n<div class=\"charts\">\n\(charts)</div>\n"
    )
  }

  private static func outside(_ check: Summary.Check) -> String {
    let first = check.firstAt.map { ", first at \(Figure.seconds($0))" } ?? ""
    return Figure.count(check.outside) + (check.outside > 0 ? first : "")
  }

  private static func finding(_ check: Summary.Check) -> Markup {
    let meaning: Markup = check.meaning.isEmpty ? .empty : "<span class=\"below quiet\">\(Legible.line(check.meaning))</span>"
    guard check.verdict != .consistent, !check.sentence.isEmpty else { return meaning }
    return
      "\(meaning)<span class=\"below \(check.verdict == .notCheckable ? "quiet" : "finding")\">\(Legible.line(check.sentence, limit: 600))</span>"
  }

  private static func mark(_ verdict: Summary.CheckVerdict) -> Markup {
    switch verdict {
    case .consistent: "<span class=\"mark good\" role=\"img\" aria-label=\"consistent\">✓</span>"
    case .contradicted: "<span class=\"mark bad\" role=\"img\" aria-label=\"contradicted\">✗</span>"
    case .unexplained: "<span class=\"mark warn\" role=\"img\" aria-label=\"unexplained\">?</span>"
    case .notCheckable: "<span class=\"mark none\" role=\"img\" aria-label=\"not checkable\">–</span>"
    }
  }

  /// A clause with a capital letter and a full stop.
  private static func sentence(_ clause: String) -> String { clause.prefix(1).uppercased() + clause.dropFirst() + "." }
}
