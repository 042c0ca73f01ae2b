import LoadRun

extension HTMLReport {
  /// The figures that readers look for first.
  static func tiles(_ summary: Summary) -> Markup {
    let orders = summary.orders
    var tiles: [Tile] = [
      Tile(
        label: "accepted", value: Figure.count(orders.accepted),
        note: orders.accepted == orders.scheduled ? "of as many due" : "of \(Figure.count(orders.scheduled)) due",
        isBad: orders.accepted == 0)
    ]
    let failures = orders.rejected + orders.errored + orders.ambiguous + orders.notSent
    if failures > 0 {
      let parts = [
        (orders.rejected, "rejected"), (orders.errored, "errored"), (orders.ambiguous, "ambiguous"), (orders.notSent, "not sent"),
      ]
      .filter { $0.0 > 0 }.map { "\(Figure.count($0.0)) \($0.1)" }
      tiles.append(Tile(label: "not accepted", value: Figure.count(failures), note: parts.joined(separator: ", "), isBad: true))
    }
    tiles.append(
      Tile(
        label: "accepted per second", value: Figure.rate(summary.rates.accepted),
        note: (summary.targetWording.map { "target \($0)" } ?? "offered \(Figure.rate(summary.rates.offered))")
          + ", over \(Figure.seconds(summary.run.loadWindow))"))
    if let accept = summary.latency(.accept), accept.count > 0 {
      tiles.append(
        Tile(
          label: "accepted within, p99", value: bound(accept.values.p99), note: "median \(Figure.seconds(accept.values.p50)), from due",
          isBad: accept.values.p99 == nil))
    }
    if let completion = summary.intervals(.completion), completion.count > 0 {
      tiles.append(
        Tile(
          label: "completed within, p99", value: bound(completion.upper.p99),
          note: "no less than \(Figure.seconds(completion.lower.p99, .down))", isBad: completion.upper.p99 == nil))
    }
    guard summary.followsOrders else { return markup(tiles) }
    let open = orders.unfinished
    tiles.append(
      Tile(
        label: "completed", value: Figure.count(orders.completed),
        note: orders.accepted == 0 ? "of none accepted" : open == 0 ? "none left unfinished" : "\(Figure.count(open)) left unfinished",
        isBad: open > orders.untracked))
    return markup(tiles)
  }

  private static func markup(_ tiles: [Tile]) -> Markup { "<dl class=\"tiles\">\n\(tiles.map(\.markup))</dl>\n" }

  private static func bound(_ seconds: Double?) -> String { seconds.map { Figure.seconds($0, .up) } ?? "unbounded" }

  private struct Tile {
    let label: String
    let value: String
    let note: String
    /// Whether it is a figure that needs attention.
    var isBad = false

    var markup: Markup {
      "<div\(isBad ? " class=\"bad\"" as Markup : .empty)><dt>\(label)</dt><dd\(value == Figure.unbounded ? " class=\"word\"" as Markup : .empty)>\(value)</dd><dd class=\"quiet\">\(note)</dd></div>\n"
    }
  }
}
