import Testing

@testable import LoadReports
@testable import LoadRun

@Suite("Markdown report")
struct MarkdownReportTests {
  @Test("The verdict is the heading, thresholds and audit are tables, and the rest is folded")
  func structure() throws {
    let lines = MarkdownReport.render(SampleRun(lie: 2).summary()).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first == "## ❌ FAIL `demo`")
    #expect(lines.contains { $0 == "| ✅ | `accept.p(99)<50ms` | `p(99)=14.84ms` |  |" })
    #expect(lines.contains { $0.hasPrefix("| ❌ | `total` |") })
    let folded = try #require(lines.firstIndex { $0.hasPrefix("<details>") })
    let audit = try #require(lines.firstIndex { $0.hasPrefix("### Audit") })
    #expect(audit < folded)
    // Markdown inside of HTML is read as such only after an empty line.
    #expect(lines[folded + 1].isEmpty)
  }

  /// Everything that a run can have, and much of it.
  private func large(_ count: Int) -> Summary {
    var summary = SampleRun(rejectedOneIn: 30, ambiguousOneIn: 50, stuckOneIn: 40, lie: 3).summary()
    let check = summary.audit.checks[0]
    let threshold = summary.thresholds[0]
    summary.audit.checks = (0..<count).flatMap { index in
      Summary.CheckVerdict.allCases.map { verdict in
        var check = check
        (check.name, check.verdict) = ("\(verdict.rawValue)-\(index)", verdict)
        return check
      }
    }
    summary.thresholds = (0..<count).flatMap { index in
      [Summary.ThresholdVerdict.pass, .undecided, .fail].flatMap { verdict in
        [false, true].map { implicit in
          var threshold = threshold
          (threshold.expression, threshold.verdict, threshold.implicit) = ("accept.p(\(index))<1ms", verdict, implicit)
          return threshold
        }
      }
    }
    summary.stages = (0..<count).map { index in
      Summary.Stage(
        stage: index + 1, rate: "200/s for 10s", begins: 0, window: 10, orders: summary.orders,
        rates: Summary.StageRates(offered: 200, accepted: 190, completed: 180, polls: 1, requests: 2), latency: summary.latency,
        intervals: summary.intervals, histograms: [:])
    }
    summary.errors = (0..<count).map {
      Summary.ErrorCount(phase: "poll", kind: "reset", status: nil, count: $0 + 1, example: "number \($0)")
    }
    summary.generator.reasons = (0..<count).map { "reason \($0)" }
    summary.outcomes = [.interrupted, .contradiction, .threshold, .invalid]
    summary.scenario.merge((0..<count).map { ("key-\($0)", String(repeating: "value ", count: 40)) }) { $1 }
    return summary
  }

  @Test("However large the run is, its report has 80 lines at most, and begins with what failed", arguments: [1, 5, 50, 1_000])
  func short(count: Int) throws {
    let text = MarkdownReport.render(large(count))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect(lines.count <= MarkdownReport.mostLines && text.utf8.count < 1 << 18)
    func place(_ text: String) throws -> Int { try #require(lines.firstIndex { $0.contains(text) }, "\(text)") }
    #expect(try #require(lines.first).hasPrefix("## "))
    let (threshold, audit) = (try place("| ❌ | `accept.p(0)<1ms`"), try place("### Audit"))
    let contradicted = try place("| ❌ | `contradicted-0` |")
    #expect(threshold < audit && audit < contradicted)
    if count == 1 {
      let unexplained = try place("| ❔ | `unexplained-0` |")
      #expect(contradicted < unexplained)
    }
    guard count >= 50 else { return }
    #expect(lines.contains { $0.contains("… and ") && $0.contains(" more thresholds, in report.html and summary.json") })
    #expect(lines.contains { $0.contains("… and ") && $0.contains(" more claims, in report.html and summary.json") })
    #expect(try #require(lines.last).hasPrefix("Left out here, and in report.html and summary.json: "))
  }

  @Test("Whatever the run is, its report has 80 lines at most", arguments: 0..<40 as Range<UInt64>)
  func shortAlways(seed: UInt64) {
    var random = RandomSummary(seed: seed)
    for summary in [random.summary(), SampleRun(seed: seed, rate: 20, ambiguousOneIn: 9, stuckOneIn: 30, lie: Int(seed % 3)).summary()] {
      #expect(MarkdownReport.render(summary).utf8.count { $0 == UInt8(ascii: "\n") } <= 80)
    }
  }

  @Test("Of a usual run everything is there, and implicit thresholds that held share a line")
  func whole() {
    let text = MarkdownReport.render(SampleRun().summary())
    #expect(text.contains("✅ Implicit thresholds that held: `accepted>0` · `lost==0` · `errors.rate<1%`\n"))
    #expect(!text.contains("… and ") && !text.contains("Left out"))
    for part in ["| accept | due → accepted |", "| completion | created → completed |", "- scheduled **2,000** = ", "- settings: "] {
      #expect(text.contains(part), "\(part)")
    }
  }

  @Test("Foreign text becomes neither markup, nor a table's cell, nor a mention", arguments: 0..<6 as Range<UInt64>)
  func hostile(seed: UInt64) {
    var random = RandomSummary(seed: seed)
    let text = MarkdownReport.render(random.summary())
    var columns: Int?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let isRow = line.hasPrefix("|")
      let bars = line.filter { $0 == "|" }.count
      if isRow, let columns { #expect(bars == columns, "\(line)") }
      columns = isRow ? bars : nil
      let markup = Self.withoutCodeSpans(line)
      for tag in markup.matches(of: /<[^>]*>?/) {
        #expect(
          ["<code>", "</code>", "<br>", "<details>", "</details>", "<summary>", "</summary>", "<!-- -->"].contains(tag.output), "\(line)")
      }
    }
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
  }

  @Test(
    "In prose, no address becomes a link and no name a mention",
    arguments: [
      "see http://evil.example/x", "www.evil.example", "@everyone look", "[a](b)", "![a](b)", "<img src=x>", "a|b", "`c`", "*d*", "#1",
      "~~e~~", "$f$", "\\g",
    ])
  func prose(text: String) {
    let found = Markdown.prose(text)
    #expect(!found.replacing(/&#[0-9]+;|<!-- -->/, with: "").contains(/[\\`*_\[\]<>|#~@$!]|:\/\/|www\./))
  }

  @Test(
    "Code is shown as it is, and as entities where it could end itself",
    arguments: [
      ("plain", "`plain`"), ("a<b>&c", "`a<b>&c`"), ("", ""), ("a|b", "<code>a&#124;b</code>"), ("`", "<code>&#96;</code>"),
    ])
  func code(text: String, expected: String) {
    #expect(Markdown.code(text) == expected)
  }

  private static func withoutCodeSpans(_ line: Substring) -> String { line.replacing(/`[^`]*`/, with: "").description }
}
