import LoadRun

extension Summary.Stage {
  /// The headings of `cells`, the same in every report.
  static let columns = ["stage", "rate", "due", "offered", "accepted", "completed", "accept p95", "p99", "completion p95", "errors"]

  /// One cell for each of `columns`.
  var cells: [String] {
    let accept = latency(.accept).flatMap { $0.count > 0 ? $0.values : nil }
    let completion = intervals(.completion).flatMap { $0.count > 0 ? $0 : nil }
    return [
      "\(stage)", Legible.line(rate, limit: 40), Figure.count(orders.scheduled), Figure.rate(rates.offered), Figure.rate(rates.accepted),
      Figure.rate(rates.completed), accept.map { Self.bound($0.p95) } ?? "–", accept.map { Self.bound($0.p99) } ?? "–",
      completion.map { "\($0.lower.p95.map { Figure.seconds($0, .down) } ?? "?")..\($0.upper.p95.map { Figure.seconds($0, .up) } ?? "∞")" }
        ?? "–",
      errors == 0 ? "0" : "\(Figure.count(errors)), \(Figure.share(Double(errors) / Double(max(1, orders.submitted))))",
    ]
  }

  /// Submitted orders that were not acknowledged.
  var errors: Int { orders.rejected + orders.errored + orders.ambiguous }

  private static func bound(_ seconds: Double?) -> String { seconds.map { Figure.seconds($0) } ?? "∞" }

  /// What the rows mean.
  static let meaning =
    "An order belongs to the stage in which it was due. Rates are of what was received while the stage lasted, per second of as much of it as "
    + "lies in the load window."
}
