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
