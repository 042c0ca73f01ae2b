import LoadRun

extension TerminalReport {
  private static let columns = ["p50", "p90", "p95", "p99", "p99.9"]

  private static func percentiles(_ values: Summary.Distribution) -> [Double?] {
    [values.p50, values.p90, values.p95, values.p99, values.p999]
  }

  static func latency(_ summary: Summary, _ paint: Paint) -> [String] {
    var table = TextTable([.left, .right, .right, .right, .right, .right, .right, .right, .left])
    table.add(["", "count"] + columns + ["max", ""])
    for name in LatencyName.allCases {
      guard let figures = summary.latency(name), figures.count > 0 else { continue }
      let cells = (percentiles(figures.values) + [figures.values.max]).map { $0.map { Figure.seconds($0) } ?? "∞" }
      table.add([name.words, Figure.count(figures.count)] + cells + [paint(name.meaning, .dim)])
    }
    guard table.rows.count > 1 else { return [] }
    return [title("Latency", paint)] + headed(table, paint)
      + unbounded(LatencyName.allCases.map { ($0.words, summary.latency($0)?.censored ?? 0) }, paint)
  }

  static func intervals(_ summary: Summary, _ paint: Paint, _ width: Int) -> [String] {
    var table = TextTable([.left, .right, .right, .right, .right, .right, .left])
    table.add(["", "count", "p50", "p95", "p99", "max", ""])
    for name in IntervalName.allCases {
      guard let figures = summary.intervals(name), figures.count > 0 else { continue }
      let low = figures.lower
      let high = figures.upper
      let cells = [(low.p50, high.p50), (low.p95, high.p95), (low.p99, high.p99), (low.max, high.max)].map { low, high in
        "\(low.map { Figure.seconds($0, .down) } ?? "?")..\(high.map { Figure.seconds($0, .up) } ?? "∞")"
      }
      table.add([name.words, Figure.count(figures.count)] + cells + [paint(name.meaning, .dim)])
    }
    let counted = summary.endsByCountsWording.map { [title("Orders' ends", paint)] + $0.wrapped(width: width, indent: 4) } ?? []
    guard table.rows.count > 1 else { return counted }
    let warning = summary.pollGapWarning.map { $0.wrapped(width: width, indent: 4).map { paint($0, .yellow) } } ?? []
    let width = summary.widthWording.map { $0.wrapped(width: width, indent: 4).map { paint($0, .dim) } } ?? []
    return [title("Followed orders", paint)] + headed(table, paint)
      + unbounded(IntervalName.allCases.map { ($0.words, summary.intervals($0)?.censored ?? 0) }, paint) + width + warning
  }

  private static func headed(_ table: TextTable, _ paint: Paint) -> [String] {
    table.lines(indent: 4).enumerated().map { $0.offset == 0 ? paint($0.element, .dim) : $0.element }
  }

  private static func unbounded(_ censored: [(name: String, count: Int)], _ paint: Paint) -> [String] {
    let some = censored.compactMap { name, count in Summary.censoredWording(count).map { "\(name) \($0)" } }
    guard !some.isEmpty else { return [] }
    return ["    " + paint("∞ unbounded: " + some.joined(separator: ", "), .yellow)]
  }
}
