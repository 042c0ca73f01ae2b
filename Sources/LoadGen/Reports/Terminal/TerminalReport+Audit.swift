import LoadRun

extension TerminalReport {
  /// Each claim beside what it could have been, followed by the finding where it is not "consistent".
  static func audit(_ summary: Summary, _ paint: Paint, _ width: Int) -> [String] {
    let audit = summary.audit
    guard !audit.checks.isEmpty else { return [title("Audit", paint), "    " + paint("not available: the server makes no claims", .dim)] }
    var table = TextTable([.left, .left, .right, .right, .right, .right])
    table.add(["", "", "claimed", "could have been", "resolution", "readings"])
    for check in audit.checks {
      table.add([
        mark(check.verdict, paint), Legible.line(check.name, limit: 34), check.claimedWording, check.possibleWording,
        check.resolutionWording, Figure.count(check.samples),
      ])
    }
    let rows = table.lines(indent: 4)
    var lines = [title("Audit", paint) + " " + paint("of the server's own figures: \(audit.verdict.words)", .dim), paint(rows[0], .dim)]
    for (row, check) in zip(rows.dropFirst(), audit.checks) {
      lines.append(row)
      guard check.verdict != .consistent else { continue }
      let finding = Legible.line(check.sentence.isEmpty ? check.verdict.words : check.sentence, limit: 600)
      lines += finding.wrapped(width: width, indent: 8).map { paint($0, check.verdict == .contradicted ? .red : .yellow) }
    }
    if let words = audit.causeWords { lines += words.wrapped(width: width, indent: 4).map { paint($0, .red) } }
    let assumed = audit.assumptions.stated.map { "\($0.name) \(Legible.line($0.value, limit: 30))" }.joined(separator: " · ")
    if !assumed.isEmpty { lines += "Under: \(assumed)".wrapped(width: width, indent: 4).map { paint($0, .dim) } }
    return lines
  }

  private static func mark(_ verdict: Summary.CheckVerdict, _ paint: Paint) -> String {
    switch verdict {
    case .consistent: paint("✓", .green)
    case .contradicted: paint("✗", .red)
    case .unexplained: paint("?", .yellow)
    case .notCheckable: paint("–", .dim)
    }
  }
}
