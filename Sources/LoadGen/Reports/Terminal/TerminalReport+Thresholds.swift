extension TerminalReport {
  /// Rule and observed value, side by side.
  static func thresholds(_ summary: Summary, _ paint: Paint, _ width: Int) -> [String] {
    guard !summary.thresholds.isEmpty else { return [] }
    let rules = summary.thresholds.map { Legible.line($0.expression, limit: 44) }
    let column = rules.map(\.count).max() ?? 0
    var lines = [title("Thresholds", paint)]
    for (threshold, rule) in zip(summary.thresholds, rules) {
      let pad = String(repeating: " ", count: column - rule.count)
      let observed = Legible.line(threshold.observedText, limit: 60)
      let ink: Paint.Ink = threshold.verdict == .pass ? .green : .red
      let mark = paint(threshold.verdict == .pass ? "✓" : threshold.verdict == .fail ? "✗" : "?", ink)
      let quiet = threshold.remark == "implicit" ? "  " + paint("implicit", .dim) : ""
      lines.append("    \(mark) \(rule)\(pad)  \(paint(observed, threshold.verdict == .pass ? .cyan : .red))\(quiet)")
      if quiet.isEmpty { lines += Legible.line(threshold.remark, limit: 400).wrapped(width: width, indent: 8).map { paint($0, .dim) } }
    }
    return lines
  }
}
