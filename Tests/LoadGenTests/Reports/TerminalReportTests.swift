import Testing

@testable import LoadReports
@testable import LoadRun

@Suite("Terminal report")
struct TerminalReportTests {
  private func lines(_ summary: Summary) -> [String] {
    TerminalReport.render(summary, colour: false).split(separator: "\n").map(String.init)
  }

  @Test("The verdict comes first, then why")
  func verdictFirst() throws {
    let good = lines(SampleRun().summary())
    #expect(try #require(good.first).contains("PASS"))
    #expect(good[2].contains("All 5 thresholds held"))
    let bad = lines(SampleRun(lie: 3).summary())
    #expect(try #require(bad.first).contains("FAIL"))
    #expect(bad[2].contains("contradict"))
  }

  @Test("Rule and observed value stand side by side, target rate beside the achieved")
  func sideBySide() {
    let lines = lines(SampleRun().summary())
    #expect(lines.contains { $0.contains("✓ accept.p(99)<50ms") && $0.contains("p(99)=") && $0.hasSuffix("ms") })
    #expect(lines.contains { $0.contains("target 200/s") && $0.contains("accepted 200/s") })
  }

  @Test("A line is no longer than 100 characters", arguments: [0, 3] as [Int], [50, 10_000] as [UInt64])
  func width(lie: Int, ambiguousOneIn: UInt64) {
    var summary = SampleRun(rejectedOneIn: 30, ambiguousOneIn: ambiguousOneIn, stuckOneIn: 70, lie: lie).summary()
    summary.generator.reasons = [String(repeating: "its loop lagged ", count: 20)]
    for line in lines(summary) { #expect(line.count <= 100, "\(line)") }
  }

  @Test("What is unbounded says why: so many are censored")
  func unbounded() {
    let lines = lines(SampleRun(stuckOneIn: 20).summary())
    #expect(lines.contains { $0.contains("unbounded") && $0.contains("completion 100 censored") })
    #expect(lines.contains { $0.hasPrefix("    completion") && $0.contains("..∞") })
  }

  @Test("A contradiction is told as a sentence, with the claim, what it could have been, and the resolution")
  func contradiction() {
    let lines = lines(SampleRun(lie: 3).summary())
    #expect(lines.contains { $0.contains("✗  total") })
    #expect(lines.contains { $0.contains("The server claimed") && $0.contains("at least") })
    #expect(lines.contains { $0.contains("could have been") && $0.contains("resolution") })
  }

  @Test("Foreign text writes no escape sequence, and colour adds nothing but colour", arguments: 0..<6 as Range<UInt64>)
  func hostile(seed: UInt64) {
    var random = RandomSummary(seed: seed)
    let summary = random.summary()
    let plain = TerminalReport.render(summary, colour: false)
    #expect(plain.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
    let coloured = TerminalReport.render(summary, colour: true)
    #expect(coloured.replacing(/\u{1B}\[[0-9;]+m/, with: "") == plain)
  }

  @Test("Where every order went is told in sums that balance")
  func conservation() {
    let summary = SampleRun(rejectedOneIn: 30, ambiguousOneIn: 50, stuckOneIn: 70).summary()
    #expect(summary.orders.conserved)
    for equation in summary.orders.equations { #expect(equation.isBalanced) }
    let lines = lines(summary)
    for name in ["scheduled", "submitted", "accepted", "unfinished"] {
      #expect(lines.contains { $0.hasPrefix("    \(name)") && $0.contains("= ") })
    }
    var broken = summary
    broken.orders.lost += 1
    #expect(self.lines(broken).contains { $0.contains("do not balance") })
  }

  @Test("A run that could not be audited says so")
  func withoutAudit() {
    var summary = SampleRun(rate: 10).summary()
    summary.audit.checks = []
    summary.audit.verdict = .notAvailable
    #expect(lines(summary).contains { $0.contains("not available") })
  }
}
