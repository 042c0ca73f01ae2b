extension HTMLReport {
  /// The figures that one looks for first.
  static func tiles(_ summary: Summary) -> Markup {
    let orders = summary.orders
    var tiles: [Tile] = [
      Tile(
        label: "accepted", value: Figure.count(orders.accepted),
        note: orders.accepted == orders.scheduled ? "of as many due" : "of \(Figure.count(orders.scheduled)) due"),
      Tile(
        label: "accepted per second", value: Figure.rate(summary.rates.accepted),
        note: summary.targetWording.map { "target \($0)" } ?? "offered \(Figure.rate(summary.rates.offered))"),
    ]
    if let accept = summary.latency(.accept), accept.count > 0 {
      tiles.append(
        Tile(label: "accepted within, p99", value: bound(accept.values.p99), note: "median \(Figure.seconds(accept.values.p50)), from due"))
    }
    if let completion = summary.intervals(.completion), completion.count > 0 {
      tiles.append(
        Tile(
          label: "completed within, p99", value: bound(completion.upper.p99),
          note: "no less than \(Figure.seconds(completion.lower.p99, .down))"))
    }
    let open = orders.unfinished
    tiles.append(
      Tile(
        label: "completed", value: Figure.count(orders.completed),
        note: open == 0 ? "none left unfinished" : "\(Figure.count(open)) left unfinished"))
    return "<dl class=\"tiles\">\n\(tiles.map(\.markup))</dl>\n"
  }

  private static func bound(_ seconds: Double?) -> String { seconds.map { Figure.seconds($0, .up) } ?? "unbounded" }

  private struct Tile {
    let label: String
    let value: String
    let note: String

    var markup: Markup { "<div><dt>\(label)</dt><dd>\(value)</dd><dd class=\"quiet\">\(note)</dd></div>\n" }
  }
}
