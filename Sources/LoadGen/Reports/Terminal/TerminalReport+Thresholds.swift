import LoadRun

extension TerminalReport {
  /// Each rule beside what was observed; implicit rules that held are put together at the end.
  static func thresholds(_ summary: Summary, _ paint: Paint, _ width: Int) -> [String] {
    guard !summary.thresholds.isEmpty else { return [] }
    let quiet = summary.thresholds.filter { $0.implicit && $0.verdict == .pass }
    let loud = summary.thresholds.filter { !$0.implicit || $0.verdict != .pass }
    let rules = loud.map { Legible.line($0.expression, limit: 44) }
    let column = rules.map(\.count).max() ?? 0
    var lines = [title("Thresholds", paint)]
    for (threshold, rule) in zip(loud, rules) {
      let pad = String(repeating: " ", count: column - rule.count)
      let observed = Legible.line(threshold.observedText, limit: 60)
      let ink: Paint.Ink = threshold.verdict == .pass ? .green : .red
      let mark = paint(threshold.verdict == .pass ? "✓" : threshold.verdict == .fail ? "✗" : "?", ink)
      let implicit = threshold.remark == "implicit" ? "  " + paint("implicit", .dim) : ""
      lines.append("    \(mark) \(rule)\(pad)  \(paint(observed, threshold.verdict == .pass ? .cyan : .red))\(implicit)")
      if implicit.isEmpty { lines += Legible.line(threshold.remark, limit: 400).wrapped(width: width, indent: 8).map { paint($0, .dim) } }
    }
    return lines + together(quiet, paint, width)
  }

  private static func together(_ held: [Summary.Threshold], _ paint: Paint, _ width: Int) -> [String] {
    guard !held.isEmpty else { return [] }
    let rules = held.map { Legible.line($0.expression, limit: 44) }.joined(separator: " · ") + " (implicit)"
    return rules.wrapped(width: width, indent: 6).enumerated().map { offset, line in
      offset == 0 ? "    \(paint("✓", .green)) \(paint(String(line.dropFirst(6)), .dim))" : paint(line, .dim)
    }
  }
}
