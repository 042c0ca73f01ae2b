import LoadRun

/// The run as a single page.
enum HTMLReport {
  static func render(_ summary: Summary) -> String {
    let headline = Headline(summary)
    let title = [headline.word.lowercased(), summary.name].filter { !$0.isEmpty }.joined(separator: ": ")
    return HTMLPage.render(
      title: title,
      """
      \(header(summary, headline))
      \(tiles(summary))
      \(sections(summary))
      """)
  }

  /// In the order in which readers look for them: what failed, and why; the figures; how everything was measured. The audit comes before
  /// the figures if it found anything, and after them if it did not.
  private static func sections(_ summary: Summary) -> Markup {
    let isDoubted = !summary.audit.findings.isEmpty
    return """
      \(failures(summary))
      \(errors(summary))
      \(thresholds(summary))
      \(isDoubted ? audit(summary) : .empty)
      \(orders(summary))
      \(overTime(summary))
      \(stages(summary))
      \(latency(summary))
      \(simulation(summary))
      \(traffic(summary))
      \(isDoubted ? .empty : audit(summary))
      \(exemplars(summary))
      \(run(summary))
      """
  }

  /// What really happened in a simulated run.
  private static func simulation(_ summary: Summary) -> Markup {
    guard let simulation = summary.simulation else { return .empty }
    let facts = simulation.facts.map { fact -> Markup in "<dt>\(fact.name)</dt><dd>\(fact.value)</dd>\n" }
    let judgement = simulation.judgement.map { text -> Markup in
      "<p\(simulation.outside == 0 ? Markup.empty : " class=\"finding\"")>\(text)</p>\n"
    }
    return HTMLPage.section(
      "Simulated",
      """
      <p>\(Legible.line(summary.run.target.version ?? "", limit: 1_000))</p>
      <div class="facts"><div><dl>
      \(facts)</dl></div></div>
      \(judgement ?? .empty)
      """)
  }

  private static func header(_ summary: Summary, _ headline: Headline) -> Markup {
    let reasons =
      headline.reasons.map { reason -> Markup in "<p class=\"reason\">\(reason)</p>\n" }
      + headline.warnings.map { warning -> Markup in "<p class=\"reason warn\">\(warning)</p>\n" }
    let facts = [
      Legible.line(summary.run.startedAt, limit: 40), "\(Figure.seconds(summary.run.duration)) long",
      summary.loadWording,
      Legible.line(summary.run.target.version ?? "", limit: 60),
    ].filter { !$0.isEmpty }
    return """
      <header class="\(summary.verdict.rawValue)">
      <p class="verdict">\(headline.word)</p>
      <h1>\(summary.name.isEmpty ? "Load test" : summary.name) <span class="target"><bdi>\(Legible.line(summary.run.target.url))</bdi></span></h1>
      \(reasons)<p class="quiet">\(facts.joined(separator: " · "))</p>
      </header>
      """
  }

  static func overTime(_ summary: Summary) -> Markup {
    let charts = TimeCharts.render(summary)
    return HTMLPage.section("Over time", HTMLPage.charts(charts))
  }
}
