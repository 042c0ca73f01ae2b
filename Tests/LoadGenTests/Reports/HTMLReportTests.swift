import Testing

@testable import LoadReports
@testable import LoadRun

@Suite("HTML report")
struct HTMLReportTests {
  private let elements: Set<String> = [
    "html", "head", "meta", "title", "style", "body", "main", "header", "section", "h1", "h2", "h3", "p", "span", "strong", "code", "bdi",
    "div",
    "table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "ol", "li", "details", "summary", "figure", "figcaption", "svg", "desc",
    "path", "wbr",
    "rect", "circle", "text",
  ]
  private let attributes: Set<String> = [
    "lang", "charset", "name", "content", "http-equiv", "class", "id", "role", "scope", "aria-label", "aria-labelledby", "aria-hidden",
    "viewBox", "d", "data-label",
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

  @Test("Of orders that were not followed no end is shown, and none is missed")
  func notFollowed() {
    var summary = SampleRun(stuckOneIn: 1).summary()
    let parts = [">completed</dt>", "Orders accepted and not completed", "seen to have ended"]
    for part in parts { #expect(HTMLReport.render(summary).contains(part)) }
    summary.scenario["no-follow"] = "true"
    let page = HTMLReport.render(summary)
    for part in parts { #expect(!page.contains(part), "\(part)") }
    #expect(page.contains("Orders per second"))
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

  private func expectOrder(_ parts: [String], _ page: String, _ location: SourceLocation = #_sourceLocation) throws {
    let places = try parts.map { try #require(page.firstRange(of: $0), "\($0)", sourceLocation: location).lowerBound }
    #expect(places == places.sorted(), sourceLocation: location)
  }

  @Test(
    "Of a run that holds, verdict and thresholds come first, then the figures, then the audit, its charts folded; every chart is described")
  func structure() throws {
    let page = HTMLReport.render(SampleRun().summary())
    try expectOrder(
      [
        "class=\"verdict\"", "class=\"tiles\"", "<h2>Thresholds", "<h2>Where every", "<h2>Over time", "<h2>How long", "<h2>Audit",
        "<h2>How this",
      ], page)
    #expect(!page.contains("<h2>What failed"))
    let tree = XMLTree(page)
    let charts = tree.elements.filter { $0.name == "svg" && $0.attributes["role"] == "img" }
    // Percentiles of accept and completion, five over time, three claims of which two are shown close up too.
    #expect(charts.count == 12)
    let ids = Set(tree.elements.compactMap { $0.attributes["id"] })
    for chart in charts {
      let named = (chart.attributes["aria-labelledby"] ?? "").split(separator: " ").map(String.init)
      #expect(named.count == 2 && named.allSatisfy(ids.contains))
    }
    #expect(tree.elements(named: "desc").count == charts.count)
    // Nothing of an audit that holds is in sight but its table.
    let audit = try #require(page.split(separator: "<h2>Audit").last)
    #expect(try !audit[..<(#require(audit.firstRange(of: "<details>")).lowerBound)].contains("<svg"))
  }

  @Test(
    "Of a run that fails, what failed comes first, with its figures, limit and beginning; then errors; the audit's findings are in sight")
  func failed() throws {
    var summary = SampleRun(rejectedOneIn: 40, ambiguousOneIn: 60, stuckOneIn: 90, lie: 3).summary()
    summary.thresholds.append(
      Summary.Threshold(
        expression: "accept.p(50)<1ms", implicit: false, unit: .seconds, lower: 0.0015, upper: 0.0015, verdict: .fail, firstAt: nil,
        note: ""))
    summary.dateThresholds()
    summary.generator.reasons = ["it was late"]
    let page = HTMLReport.render(summary)
    try expectOrder(
      [
        "class=\"verdict\"", "<h2>What failed", "accept.p(50)&lt;1ms", "p(50)=1.500ms", "limit 1ms", "it was late", "<h2>Errors",
        "<h2>Thresholds",
        "<h2>Audit", "<h2>Where every", "<h2>Over time", "errors-over-time", "polls-over-time", "<h2>How long",
      ], page)
    let part = try #require(page.split(separator: "<h2>What failed").last?.split(separator: "</section>").first)
    #expect(part.contains(/first at [0-9.]+m?s, broken in \d+ of \d+ blocks of 1s/))
    #expect(part.contains("claimed") && part.contains("could have been"))
    let audit = try #require(page.split(separator: "<h2>Audit").last?.split(separator: "</section>").first)
    let fold = try #require(audit.firstRange(of: "<details>")).lowerBound
    #expect(audit[..<fold].contains("claim-1-t") && !audit[..<fold].contains("claim-2-t") && audit[fold...].contains("claim-2-t"))
    #expect(audit[fold...].contains("claims are consistent"))
  }

  @Test("A check that could not be made is never marked as one that held")
  func notCheckable() throws {
    var summary = SampleRun().summary()
    for index in summary.audit.checks.indices { summary.audit.checks[index].verdict = .notCheckable }
    let page = HTMLReport.render(summary)
    let audit = try #require(page.split(separator: "<h2>Audit").last?.split(separator: "</section>").first)
    #expect(!audit.contains("✓") && audit.matches(of: /aria-label="not checkable"/).count == summary.audit.checks.count)
  }

  @Test(
    "Every axis of every chart has marks that differ, and none below 0 where nothing can be, whatever the figures are",
    arguments: 0..<40 as Range<UInt64>)
  func axes(seed: UInt64) {
    var summary = hostile(seed)
    // Figures that are all zero are the commonest of the odd ones.
    if seed % 4 == 0 {
      for index in summary.audit.checks.indices {
        summary.audit.checks[index].series = (0..<4).map {
          Summary.Reading(t: Double($0), claimed: 0, lower: 0, upper: seed % 8 == 0 ? 0 : nil)
        }
      }
    }
    for figure in HTMLReport.render(summary).split(separator: "<figure").dropFirst() {
      let labels = figure.matches(of: /<text class="tick end" x="[0-9.]+" y="[0-9.]+">([^<]*)</).map { String($0.1) }
      #expect(labels.count >= 2 && Set(labels).count == labels.count, "\(figure.prefix(200)): \(labels)")
      #expect(!labels.contains { $0.contains("0000") })
      if !figure.contains("claim-") && !figure.contains("failed-") { #expect(!labels.contains { $0.hasPrefix("-") }, "\(labels)") }
    }
  }

  @Test("Errors over time are drawn by kind, and not at all where there were none; response is drawn against load where that varied")
  func drawnWherePresent() {
    let calm = HTMLReport.render(SampleRun().summary())
    #expect(!calm.contains("errors-over-time") && !calm.contains("accept-against-load") && calm.contains("polls-over-time"))
    var summary = SampleRun(rejectedOneIn: 30, ambiguousOneIn: 50).summary()
    let wild = HTMLReport.render(summary)
    #expect(wild.contains("area solid orange") && wild.contains("area solid red") && !wild.contains("area solid violet"))
    for index in summary.blocks.items.indices { summary.blocks.items[index].scheduled *= 1 + index % 3 }
    #expect(HTMLReport.render(summary).contains("accept-against-load"))
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
