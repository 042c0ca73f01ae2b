import LoadRun

extension HTMLReport {
  static func latency(_ summary: Summary) -> Markup {
    let charts = PercentileCharts.render(summary)
    return HTMLPage.section("How long it took", "\(HTMLPage.charts(charts))\(latencyTable(summary))\(intervalTable(summary))")
  }

  private static func latencyTable(_ summary: Summary) -> Markup {
    var table = HTMLTable(columns: [
      .text("latency"), .number("count"), .number("censored"), .number("min"), .number("mean"), .number("p50"),
      .number("p90"), .number("p95"), .number("p99"), .number("p99.9"), .number("max"),
    ])
    for name in LatencyName.allCases {
      guard let figures = summary.latency(name), figures.count > 0 else { continue }
      let values = figures.values
      let cells = [values.min, values.mean, values.p50, values.p90, values.p95, values.p99, values.p999, values.max]
      table.rows.append(
        HTMLTable.Row(
          cells: [named(name.words, name.meaning), "\(Figure.count(figures.count))", "\(Figure.count(figures.censored))"]
            + cells.map { "\(orInfinity($0, .nearest))" }))
    }
    return table.rows.isEmpty ? .empty : table.markup
  }

  private static func intervalTable(_ summary: Summary) -> Markup {
    var table = HTMLTable(columns: [
      .text("followed orders"), .number("count"), .number("censored"), .number("mean"), .number("p50"), .number("p95"),
      .number("p99"), .number("p99.9"), .number("max"),
    ])
    for name in IntervalName.allCases {
      guard let figures = summary.intervals(name), figures.count > 0 else { continue }
      let low = figures.lower
      let high = figures.upper
      let pairs = [
        (low.mean, high.mean), (low.p50, high.p50), (low.p95, high.p95), (low.p99, high.p99), (low.p999, high.p999), (low.max, high.max),
      ]
      table.rows.append(
        HTMLTable.Row(
          cells: [named(name.words, name.meaning), "\(Figure.count(figures.count))", "\(Figure.count(figures.censored))"]
            + pairs.map { low, high in
              HTMLPage.ranged("\(low.map { Figure.seconds($0, .down) } ?? "?")..\(orInfinity(high, .up))")
            }))
    }
    guard !table.rows.isEmpty else { return summary.endsByCountsWording.map { "<p>\($0)</p>\n" } ?? .empty }
    let censored = summary.intervals(.completion)?.censored ?? 0
    let unbounded = Summary.censoredWording(censored).map { " ∞ is unbounded: \($0)." } ?? ""
    let warning: Markup = summary.pollGapWarning.map { "<p class=\"warn\">\($0)</p>\n" } ?? .empty
    return "\(table.markup)<p class=\"quiet\">\(summary.widthWording ?? "")\(unbounded)</p>\n\(warning)"
  }

  private static func named(_ name: String, _ meaning: String) -> Markup { "\(name)<span class=\"below quiet\">\(meaning)</span>" }

  private static func orInfinity(_ value: Double?, _ rounding: Figure.Rounding) -> String {
    value.map { Figure.seconds($0, rounding) } ?? "∞"
  }
}
