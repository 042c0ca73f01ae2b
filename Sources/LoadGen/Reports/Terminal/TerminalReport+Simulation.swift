import LoadRun

extension TerminalReport {
  /// What was simulated, and what really happened.
  static func simulation(_ summary: Summary, _ paint: Paint, _ width: Int) -> [String] {
    guard let simulation = summary.simulation else { return [] }
    var lines = [title("Simulated", paint)]
    lines += Legible.line(summary.run.target.version ?? "", limit: 1_000).wrapped(width: width, indent: 4)
    for fact in simulation.facts {
      lines.append("    " + fact.name + String(repeating: " ", count: max(1, 17 - fact.name.count)) + fact.value)
    }
    if let judgement = simulation.judgement {
      lines.append("    " + (simulation.outside == 0 ? "\(paint("✓", .green)) \(judgement)" : paint(judgement, .red)))
    }
    return lines
  }
}
