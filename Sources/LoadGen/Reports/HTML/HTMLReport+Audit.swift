import LoadRun

extension HTMLReport {
  /// First what is contradicted or unexplained, with its charts. Consistent claims are folded away if there are others, and their charts in
  /// any case.
  static func audit(_ summary: Summary) -> Markup {
    let audit = summary.audit
    let cause: Markup = audit.causeWords.map { "<p><bdi>\($0)</bdi></p>\n" } ?? .empty
    let lead: Markup = "<p>\(sentence(Headline.audit(audit)))</p>\n\(cause)"
    let numbered = audit.checks.enumerated().map { (number: $0.offset + 1, check: $0.element) }
    let found = numbered.filter { $0.check.verdict == .contradicted } + numbered.filter { $0.check.verdict == .unexplained }
    let rest = numbered.filter { $0.check.verdict == .consistent || $0.check.verdict == .notCheckable }
    guard !numbered.isEmpty else { return HTMLPage.section("Audit", lead) }
    let quiet = wording(rest.map(\.check))
    let folded =
      found.isEmpty
      ? "\(table(rest.map(\.check)))\(notes(audit))\(HTMLPage.fold("Charts of these claims", charts(rest)))"
      : "\(table(found.map(\.check)))\(charts(found))\(notes(audit))\(HTMLPage.fold(quiet, "\(table(rest.map(\.check)))\(charts(rest))"))"
        as Markup
    return HTMLPage.section("Audit of the server’s own figures", "\(lead)\(folded)")
  }

  /// As in `9 claims are consistent, 2 could not be checked`.
  private static func wording(_ checks: [Summary.Check]) -> Markup {
    let consistent = checks.count { $0.verdict == .consistent }
    let unchecked = checks.count - consistent
    let parts = [
      consistent > 0 ? "\(mark(.consistent)) \(consistent) \(consistent == 1 ? "claim is" : "claims are") consistent" as Markup : nil,
      unchecked > 0 ? "\(mark(.notCheckable)) \(unchecked) could not be checked" as Markup : nil,
    ].compactMap { $0 }
    return parts.count == 2 ? "\(parts[0]), \(parts[1])" : parts.first ?? .empty
  }

  private static func charts(_ checks: [(number: Int, check: Summary.Check)]) -> Markup {
    let drawn = checks.map { ClaimCharts.render($0.check, number: $0.number) }.filter { $0 != .empty }
    return drawn.isEmpty ? .empty : "<div class=\"charts small\">\n\(drawn)</div>\n"
  }

  private static func notes(_ audit: Summary.Audit) -> Markup {
    let assumed = audit.assumptions.stated.map { "\($0.name) \(Legible.line($0.value, limit: 40))" }.joined(separator: " · ")
    let under: Markup = assumed.isEmpty ? .empty : "<p class=\"quiet\">Taken for granted: \(assumed).</p>\n"
    return "\(under)<p class=\"quiet\">The resolution is the smallest lie that could have been seen.</p>\n"
  }

  private static func table(_ checks: [Summary.Check]) -> Markup {
    guard !checks.isEmpty else { return .empty }
    var table = HTMLTable(
      columns: [
        .text("claim"), .number("claimed"), .number("could have been"), .number("resolution"), .number("readings"), .number("outside"),
      ], style: "claims")
    for check in checks {
      table.rows.append(
        HTMLTable.Row(
          cells: [
            "\(mark(check.verdict)) <bdi>\(Legible.line(check.name, limit: 80))</bdi>\(finding(check))",
            "<bdi>\(check.claimedWording)</bdi>",
            "\(HTMLPage.ranged(check.possibleWording))", "\(check.resolutionWording)", "\(Figure.count(check.samples))",
            "\(outside(check))",
          ], style: check.verdict.rawValue))
    }
    return table.markup
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

  static func mark(_ verdict: Summary.CheckVerdict) -> Markup {
    switch verdict {
    case .consistent: "<span class=\"mark good\" role=\"img\" aria-label=\"consistent\">✓</span>"
    case .contradicted: "<span class=\"mark bad\" role=\"img\" aria-label=\"contradicted\">✗</span>"
    case .unexplained: "<span class=\"mark warn\" role=\"img\" aria-label=\"unexplained\">?</span>"
    case .notCheckable: "<span class=\"mark none\" role=\"img\" aria-label=\"not checkable\">–</span>"
    }
  }

  /// A clause made into a sentence, with a capital letter and a full stop.
  private static func sentence(_ clause: String) -> String { clause.prefix(1).uppercased() + clause.dropFirst() + "." }
}
