import LoadRun

extension MarkdownReport {
  static func latency(_ summary: Summary, _ fold: Fold) -> String {
    let measured = LatencyName.allCases.compactMap { name in summary.latency(name).flatMap { $0.count > 0 ? (name, $0) : nil } }
    guard !measured.isEmpty else { return "" }
    return fold.table(
      ["latency", "from → to", "count", "censored", "p50", "p95", "p99", "p99.9", "max"], left: [0, 1], of: measured, "latencies"
    ) { name, figures in
      let values = figures.values
      return [name.words, name.meaning, Figure.count(figures.count), Figure.count(figures.censored)]
        + [values.p50, values.p95, values.p99, values.p999, values.max].map { $0.map { Figure.seconds($0) } ?? "∞" }
    }
  }

  static func intervals(_ summary: Summary, _ fold: Fold) -> String {
    let measured = IntervalName.allCases.compactMap { name in summary.intervals(name).flatMap { $0.count > 0 ? (name, $0) : nil } }
    guard !measured.isEmpty else { return summary.endsByCountsWording.map { Markdown.prose($0) } ?? "" }
    let table = fold.table(
      ["followed orders", "from → to", "count", "censored", "p50", "p95", "p99", "max"], left: [0, 1], of: measured, "times"
    ) { name, figures in
      let low = figures.lower
      let high = figures.upper
      return [name.words, name.meaning, Figure.count(figures.count), Figure.count(figures.censored)]
        + [(low.p50, high.p50), (low.p95, high.p95), (low.p99, high.p99), (low.max, high.max)].map { low, high in
          "\(low.map { Figure.seconds($0, .down) } ?? "?")..\(high.map { Figure.seconds($0, .up) } ?? "∞")"
        }
    }
    return table + [summary.widthWording, summary.pollGapWarning].compactMap { $0.map { "\n\n" + Markdown.prose($0) } }.joined()
  }

  /// What became of the orders, what else was sent, and how fast: a line each.
  static func counts(_ summary: Summary, _ fold: Fold) -> String {
    let equations = summary.orders.equations.map { equation in
      let parts = equation.parts.map { "\(Figure.count($0.count)) \($0.name)" }.joined(separator: " + ")
      return "- \(equation.name) **\(Figure.count(equation.sum))** = \(parts)"
    }
    return (equations + traffic(summary, fold) + rates(summary)).joined(separator: "\n")
      + (summary.cookieHint.map { "\n\n" + Markdown.prose($0) } ?? "")
  }

  private static func traffic(_ summary: Summary, _ fold: Fold) -> [String] {
    guard !summary.traffic.isEmpty else { return [] }
    let kinds = fold.line(summary.traffic, "kinds", most: 12) {
      "\(Markdown.code($0.kind)) \(Figure.count($0.requests)) requests, \(Figure.count($0.asExpected)) as expected, "
        + "\(Figure.count($0.contrary)) contrary, \(Figure.count($0.unclear)) unclear"
    }
    return ["- other traffic: \(kinds)"]
  }

  private static func rates(_ summary: Summary) -> [String] {
    let windows = summary.windowNames
    func line(_ window: String, _ parts: [String]) -> String {
      "- over the \(Markdown.prose("\(window): \(parts.joined(separator: " · "))"))"
    }
    return [
      line(windows.load, (summary.rateWording + summary.costWording).map { "\($0.name) \($0.value)" }),
      line(
        windows.wholeRun, summary.wholeRunWording.map { "\($0.name) \($0.value)" } + [summary.pollShareWording].compactMap(\.self)),
    ]
  }

  /// The most frequent first.
  static func errors(_ summary: Summary, _ fold: Fold) -> String {
    guard !summary.errors.isEmpty else { return "" }
    let errors = summary.errors.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }.map(\.element)
    return fold.table(["phase", "kind", "status", "count", "example"], left: [0, 1, 4], of: errors, "errors") { error in
      [
        Markdown.code(error.phase), Markdown.code(error.kind), error.status.map(String.init) ?? "", Figure.count(error.count),
        Markdown.code(error.example ?? ""),
      ]
    }
  }

  /// Of what run this is, what was taken for granted, and with which settings: a line each.
  static func run(_ summary: Summary, _ fold: Fold) -> String {
    let run = summary.run
    let facts = [
      ("run", run.id), ("started", run.startedAt), ("seed", run.seed), ("server", run.target.version ?? ""),
      ("machine", "\(summary.environment.os), \(summary.environment.cores) cores"), ("loadgen", summary.environment.toolVersion),
    ].filter { !$0.1.isEmpty }
    let generator = (summary.generator.valid ? "valid" : "**not valid**") + ", " + summary.generator.costWording
    func line(_ title: String, _ pairs: [(name: String, value: String)]) -> String? {
      guard !pairs.isEmpty else { return nil }
      return "- \(title): " + fold.line(pairs, "of them", most: 60) { "\(Markdown.code($0.name)) \(Markdown.code($0.value))" }
    }
    return [
      "- " + facts.map { "\($0.0) \(Markdown.code($0.1))" }.joined(separator: " · "),
      "- load generator: \(generator)",
      line("labels", run.labels.map { ($0.key, $0.value) }.sorted { $0.name < $1.name }),
      line("the audit takes for granted", summary.audit.assumptions.stated),
      line("settings", summary.scenario.map { ($0.key, $0.value) }.sorted { $0.name < $1.name }),
    ].compactMap(\.self).joined(separator: "\n")
  }
}
