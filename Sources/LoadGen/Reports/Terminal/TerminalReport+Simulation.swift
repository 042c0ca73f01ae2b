extension TerminalReport {
  /// What was simulated, and how it really was.
  static func simulation(_ summary: Summary, _ paint: Paint, _ width: Int) -> [String] {
    guard let simulation = summary.simulation else { return [] }
    var lines = [title("Simulated", paint)]
    lines += Legible.line(summary.run.target.version ?? "", limit: 400).wrapped(width: width, indent: 4)
    let values = simulation.completion.values
    let truth = [("mean", values.mean), ("p50", values.p50), ("p95", values.p95), ("p99", values.p99), ("max", values.max)]
      .map { "\($0) \(Figure.seconds($1))" }.joined(separator: " · ")
    if simulation.completion.count > 0 { lines.append("    true completion  " + truth) }
    let busy = simulation.utilisation.map { " · workers busy for \(Figure.share($0))" } ?? ""
    lines.append("    true mean wait   \(Figure.seconds(simulation.meanWait))\(busy)")
    if simulation.outside == 0 {
      lines.append("    \(paint("✓", .green)) every range above holds the true time of its order")
    } else {
      let orders = "\(Figure.count(simulation.outside)) orders' ranges do not hold their true times"
      lines.append("    " + paint("\(orders): please report this as a fault of loadgen.", .red))
    }
    return lines
  }
}
