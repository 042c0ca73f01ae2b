/// The run as one page: it needs nothing from elsewhere, runs no script, and can be printed.
enum HTMLReport {
  static func render(_ summary: Summary) -> String {
    let headline = Headline(summary)
    let title = [headline.word.lowercased(), summary.name].filter { !$0.isEmpty }.joined(separator: ": ")
    let page: Markup = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="color-scheme" content="light dark"/>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
      <title>\(title)</title>
      <style>
      \(StyleSheet.markup)
      </style>
      </head>
      <body>
      <main>
      \(header(summary, headline))
      \(tiles(summary))
      \(thresholds(summary))
      \(audit(summary))
      \(latency(summary))
      \(simulation(summary))
      \(overTime(summary))
      \(orders(summary))
      \(traffic(summary))
      \(errors(summary))
      \(exemplars(summary))
      \(run(summary))
      </main>
      </body>
      </html>

      """
    return page.text
  }

  /// How a simulated run really was.
  private static func simulation(_ summary: Summary) -> Markup {
    guard let simulation = summary.simulation else { return .empty }
    let facts = simulation.facts.map { fact -> Markup in "<dt>\(fact.name)</dt><dd>\(fact.value)</dd>\n" }
    let judgement = simulation.judgement.map { text -> Markup in
      "<p\(simulation.outside == 0 ? Markup.empty : " class=\"finding\"")>\(text)</p>\n"
    }
    return section(
      "Simulated",
      """
      <p>\(Legible.line(summary.run.target.version ?? "", limit: 1_000))</p>
      <div class="facts"><div><dl>
      \(facts)</dl></div></div>
      \(judgement ?? .empty)
      """)
  }

  /// A part of the page; nothing where it has no content.
  static func section(_ title: Markup, _ content: Markup) -> Markup {
    content == .empty ? .empty : "<section>\n<h2>\(title)</h2>\n\(content)</section>\n"
  }

  private static func header(_ summary: Summary, _ headline: Headline) -> Markup {
    let reasons = headline.reasons.map { reason -> Markup in "<p class=\"reason\">\(reason)</p>\n" }
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
    return charts == .empty ? .empty : section("Over time", "<div class=\"charts\">\n\(charts)</div>\n")
  }
}
