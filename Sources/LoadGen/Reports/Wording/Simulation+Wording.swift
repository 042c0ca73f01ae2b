import LoadRun

/// What really happened in a simulated run, in words that every report uses.
extension Summary.Simulation {
  /// Figures that only a simulation knows.
  var facts: [(name: String, value: String)] {
    var facts: [(name: String, value: String)] = []
    if completion.count > 0 {
      let values = completion.values
      let figures = [("mean", values.mean), ("p50", values.p50), ("p95", values.p95), ("p99", values.p99), ("max", values.max)]
      facts.append(("true completion", figures.map { "\($0) \(Figure.seconds($1))" }.joined(separator: " · ")))
    }
    let busy = utilisation.map { " · workers busy for \(Figure.share($0))" } ?? ""
    facts.append(("true mean wait", Figure.seconds(meanWait) + busy))
    return facts
  }

  /// Whether what was said about orders is true, in a sentence; `nil` where nothing was said about any order.
  var judgement: String? {
    if outside > 0 {
      return "\(Figure.count(outside)) orders' ranges do not hold their true times: please report this as a fault of loadgen."
    }
    return completion.count > 0 ? "every range above holds the true time of its order" : nil
  }
}
