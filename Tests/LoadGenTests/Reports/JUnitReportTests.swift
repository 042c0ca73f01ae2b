import Testing

@testable import LoadReports
@testable import LoadRun

@Suite("JUnit report")
struct JUnitReportTests {
  @Test("It is well-formed XML whatever the server wrote, and its counts are those of its cases", arguments: 0..<6 as Range<UInt64>)
  func wellFormed(seed: UInt64) throws {
    var random = RandomSummary(seed: seed)
    let summary = random.summary()
    let tree = XMLTree(JUnitReport.render(summary))
    #expect(tree.error == nil)
    let root = try #require(tree.elements.first)
    #expect(root.name == "testsuites")
    #expect(root.attributes["tests"] == "\(tree.elements(named: "testcase").count)")
    #expect(root.attributes["failures"] == "\(tree.elements(named: "failure").count)")
    #expect(root.attributes["skipped"] == "\(tree.elements(named: "skipped").count)")
    #expect(tree.elements(named: "testcase").count == summary.thresholds.count + summary.audit.checks.count + 2)
    #expect(Set(tree.elements.map(\.name)).isSubset(of: ["testsuites", "testsuite", "testcase", "failure", "skipped", "system-out"]))
  }

  @Test("Where a run did not pass, a case fails, and where it passed none does", arguments: 0..<6 as Range<UInt64>)
  func failsWithTheRun(seed: UInt64) {
    var random = RandomSummary(seed: seed)
    var summary = random.summary()
    // As the code that builds a summary does: an outcome is there exactly where its cause is.
    var outcomes = summary.outcomes.filter { $0 != .threshold && $0 != .contradiction }
    if summary.thresholds.contains(where: { $0.verdict != .pass }) { outcomes.append(.threshold) }
    if summary.audit.checks.contains(where: { $0.verdict == .contradicted }) { outcomes.append(.contradiction) }
    let decision = Decision(outcomes)
    (summary.verdict, summary.exitCode, summary.outcomes) = (decision.verdict, decision.exitCode, decision.outcomes)
    #expect(XMLTree(JUnitReport.render(summary)).elements(named: "failure").isEmpty == (decision.verdict == .pass))
  }

  @Test("A failure carries the finding's sentence")
  func sentences() {
    let summary = SampleRun(lie: 3).summary()
    let failures = XMLTree(JUnitReport.render(summary)).elements(named: "failure")
    #expect(failures.map { $0.attributes["message"] } == summary.audit.checks.filter { $0.verdict == .contradicted }.map(\.sentence))
  }
}
