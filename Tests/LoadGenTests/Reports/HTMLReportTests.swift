import Testing

@testable import LoadGen

@Suite("HTML report")
struct HTMLReportTests {
  private let elements: Set<String> = [
    "html", "head", "meta", "title", "style", "body", "main", "header", "section", "h1", "h2", "h3", "p", "span", "strong", "code", "bdi",
    "div",
    "table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "ol", "li", "details", "summary", "figure", "figcaption", "svg", "desc",
    "path",
    "rect", "circle", "text",
  ]
  private let attributes: Set<String> = [
    "lang", "charset", "name", "content", "http-equiv", "class", "id", "role", "scope", "aria-label", "aria-labelledby", "aria-hidden",
    "viewBox", "d",
    "x", "y", "width", "height", "cx", "cy", "r",
  ]

  private func hostile(_ seed: UInt64) -> Summary {
    var random = RandomSummary(seed: seed)
    return random.summary()
  }

  @Test(
    "Whatever the server wrote, the page is well-formed and holds only our own elements: no script, no handler, no address",
    arguments: 0..<6 as Range<UInt64>)
  func escapes(seed: UInt64) {
    let page = HTMLReport.render(hostile(seed))
    let tree = XMLTree(page)
    #expect(tree.error == nil)
    for element in tree.elements {
      #expect(elements.contains(element.name))
      #expect(Set(element.attributes.keys).isSubset(of: attributes), "\(element)")
    }
    let ids = tree.elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
  }

  @Test("A script in every place that comes from elsewhere is shown as text")
  func crossSiteScripting() {
    let attack = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
    var summary = SampleRun(rejectedOneIn: 30, stuckOneIn: 90, lie: 1).summary()
    summary.scenario = ["name": attack, "arrivals": attack, attack: attack, "poll": attack]
    summary.run.labels = [attack: attack]
    summary.run.target = Summary.Target(url: attack, version: attack)
    summary.run.served = Summary.Served(command: attack, exit: attack)
    (summary.run.id, summary.run.startedAt, summary.environment.os) = (attack, attack, attack)
    summary.errors = [Summary.ErrorCount(phase: attack, kind: attack, status: 500, count: 1, example: attack)]
    summary.exemplars = [Summary.Exemplar(orderID: attack, reason: attack, events: [Summary.Exemplar.Event(t: 1, what: attack)])]
    summary.generator.reasons = [attack]
    summary.audit.assumptions.exclusive = attack
    for index in summary.audit.checks.indices {
      summary.audit.checks[index].name = attack
      summary.audit.checks[index].meaning = attack
      summary.audit.checks[index].sentence = attack
      summary.audit.checks[index].claimedText = attack
      summary.audit.checks[index].claimed = nil
    }
    for index in summary.thresholds.indices {
      summary.thresholds[index].expression = attack
      summary.thresholds[index].note = attack
    }
    let page = HTMLReport.render(summary)
    #expect(!page.contains("<script") && !page.contains("<img"))
    let tree = XMLTree(page)
    #expect(tree.error == nil)
    #expect(Set(tree.elements.map(\.name)).isSubset(of: elements))
    #expect(tree.text.contains(attack))
  }

  @Test("The page needs nothing from elsewhere, and forbids it")
  func offline() {
    let page = HTMLReport.render(SampleRun(lie: 1).summary())
    #expect(!page.contains(/(\ssrc=|\shref=|url\(|@import|xlink)/))
    #expect(page.contains("default-src 'none'"))
    #expect(page.matches(of: /https?:\/\/[^ <"]*/).allSatisfy { $0.output == "http://127.0.0.1:8000" })
  }

  @Test("Verdict, thresholds and audit stand above the figures, and every chart has a title and a description")
  func structure() throws {
    let page = HTMLReport.render(SampleRun().summary())
    let places = try ["class=\"verdict\"", "<h2>Thresholds", "<h2>Audit", "<h2>How long", "<h2>Over time", "<h2>Where every"].map {
      try #require(page.firstRange(of: $0)).lowerBound
    }
    #expect(places == places.sorted())
    let tree = XMLTree(page)
    let charts = tree.elements.filter { $0.name == "svg" && $0.attributes["role"] == "img" }
    // Percentiles of accept and completion, four over time, three claims of which two are shown close up too.
    #expect(charts.count == 11)
    let ids = Set(tree.elements.compactMap { $0.attributes["id"] })
    for chart in charts {
      let named = (chart.attributes["aria-labelledby"] ?? "").split(separator: " ").map(String.init)
      #expect(named.count == 2 && named.allSatisfy(ids.contains))
    }
    #expect(tree.elements(named: "desc").count == charts.count)
  }

  @Test("A summary with nothing in it is still a page")
  func empty() {
    var summary = SampleRun(rate: 1).summary()
    (summary.latency, summary.intervals, summary.histograms, summary.blocks.items) = ([:], [:], [:], [])
    (summary.thresholds, summary.errors, summary.exemplars, summary.audit.checks) = ([], [], [], [])
    (summary.orders, summary.scenario) = (Summary.Orders(), [:])
    let tree = XMLTree(HTMLReport.render(summary))
    #expect(tree.error == nil)
    #expect(tree.elements(named: "figure").isEmpty)
  }
}
