import LoadRun

extension MarkdownReport {
  static func latency(_ summary: Summary) -> String {
    let rows = LatencyName.allCases.compactMap { name -> [String]? in
      guard let figures = summary.latency(name), figures.count > 0 else { return nil }
      let values = figures.values
      return [name.words, name.meaning, Figure.count(figures.count), Figure.count(figures.censored)]
        + [values.p50, values.p95, values.p99, values.p999, values.max].map { $0.map { Figure.seconds($0) } ?? "∞" }
    }
    guard !rows.isEmpty else { return "" }
    return "### Latency\n\n"
      + Markdown.table(["", "from → to", "count", "censored", "p50", "p95", "p99", "p99.9", "max"], left: [0, 1], rows: rows)
  }

  static func intervals(_ summary: Summary) -> String {
    let rows = IntervalName.allCases.compactMap { name -> [String]? in
      guard let figures = summary.intervals(name), figures.count > 0 else { return nil }
      let low = figures.lower
      let high = figures.upper
      return [name.words, name.meaning, Figure.count(figures.count), Figure.count(figures.censored)]
        + [(low.p50, high.p50), (low.p95, high.p95), (low.p99, high.p99), (low.max, high.max)].map { low, high in
          "\(low.map { Figure.seconds($0, .down) } ?? "?")..\(high.map { Figure.seconds($0, .up) } ?? "∞")"
        }
    }
    guard !rows.isEmpty else { return summary.endsByCountsWording.map { Markdown.prose($0) } ?? "" }
    let table = Markdown.table(["", "from → to", "count", "censored", "p50", "p95", "p99", "max"], left: [0, 1], rows: rows)
    return "### Followed orders\n\n\(table)"
      + [summary.widthWording, summary.pollGapWarning].compactMap { $0.map { "\n\n" + Markdown.prose($0) } }.joined()
  }

  static func orders(_ summary: Summary) -> String {
    summary.orders.equations.map { equation in
      let parts = equation.parts.map { "\(Figure.count($0.count)) \($0.name)" }.joined(separator: " + ")
      return "- \(equation.name) **\(Figure.count(equation.sum))** = \(parts)"
    }.joined(separator: "\n") + (summary.cookieHint.map { "\n\n" + Markdown.prose($0) } ?? "")
  }

  static func rates(_ summary: Summary) -> String {
    let rates = summary.rateWording + summary.costWording
    let whole = summary.wholeRunWording.map { "\($0.name) \($0.value)" } + [summary.pollShareWording].compactMap { $0 }
    let windows = summary.windowNames
    return Markdown.table(["rates over the \(windows.load)"] + rates.map(\.name), rows: [[""] + rates.map(\.value)])
      + "\n\nOver the " + Markdown.prose("\(windows.wholeRun): \(whole.joined(separator: " · "))")
  }

  static func traffic(_ summary: Summary) -> String {
    guard !summary.traffic.isEmpty else { return "" }
    let rows = summary.traffic.map {
      [Markdown.code($0.kind), Figure.count($0.requests), Figure.count($0.asExpected), Figure.count($0.contrary), Figure.count($0.unclear)]
    }
    return Markdown.table(["other traffic", "requests", "as expected", "contrary", "unclear"], left: [0], rows: rows)
  }

  static func errors(_ summary: Summary) -> String {
    guard !summary.errors.isEmpty else { return "" }
    let rows = summary.errors.map { error in
      [
        Markdown.code(error.phase), Markdown.code(error.kind), error.status.map(String.init) ?? "", Figure.count(error.count),
        Markdown.code(error.example ?? ""),
      ]
    }
    return Markdown.table(["phase", "kind", "status", "count", "example"], left: [0, 1, 4], rows: rows)
  }

  static func assumptions(_ summary: Summary) -> String {
    let stated = summary.audit.assumptions.stated
    guard !stated.isEmpty else { return "" }
    return "The audit takes for granted: " + stated.map { "\($0.name) \(Markdown.code($0.value))" }.joined(separator: ", ")
  }

  static func run(_ summary: Summary) -> String {
    let run = summary.run
    var rows = [
      ["run", Markdown.code(run.id)], ["started", Markdown.code(run.startedAt)], ["seed", Markdown.code(run.seed)],
      ["server", Markdown.code(run.target.version ?? "")],
      ["machine", Markdown.code("\(summary.environment.os), \(summary.environment.cores) cores")],
      ["loadgen", Markdown.code(summary.environment.toolVersion)],
      ["load generator", (summary.generator.valid ? "valid" : "**not valid**") + ", " + summary.generator.costWording],
    ]
    rows += run.labels.sorted { $0.key < $1.key }.map { [Markdown.code($0.key), Markdown.code($0.value)] }
    rows += summary.scenario.sorted { $0.key < $1.key }.map { [Markdown.code($0.key), Markdown.code($0.value)] }
    return Markdown.table(["", ""], left: [0, 1], rows: rows)
  }
}
