import Foundation
import LoadRun
import Testing

@testable import LoadReports
@testable import LoadStudy

@Suite("Reports of comparisons")
struct ComparisonReportTests {
  private func drawn(_ seed: UInt64, gates: Int = 6, runs: Int = 5) -> Comparison {
    var random = RandomComparison(seed: seed)
    return random.comparison(gates: gates, runs: runs)
  }

  @Test("JUnit is well-formed XML with a case for each gate, and its counts are those of its cases", arguments: 0..<24 as Range<UInt64>)
  func junit(seed: UInt64) throws {
    let comparison = drawn(seed)
    let tree = XMLTree(JUnitComparison.render(comparison))
    #expect(tree.error == nil)
    let root = try #require(tree.elements.first)
    #expect(root.name == "testsuites")
    let cases = tree.elements(named: "testcase")
    #expect(root.attributes["tests"] == "\(cases.count)" && cases.allSatisfy { $0.attributes["classname"] == "loadgen.compare" })
    #expect(root.attributes["failures"] == "\(tree.elements(named: "failure").count)")
    #expect(root.attributes["skipped"] == "\(tree.elements(named: "skipped").count)")
    #expect(Set(tree.elements.map(\.name)).isSubset(of: ["testsuites", "testsuite", "testcase", "failure", "skipped", "system-out"]))
    let others = comparison.outcomes.contains { $0 != .regression && $0 != .passed }
    #expect(cases.count == comparison.gates.count + (others ? 1 : 0))
    #expect(tree.elements(named: "failure").isEmpty == (comparison.exitCode == 0))
  }

  @Test("An undecided gate is skipped, and fails where it was to: what failed without a regression failed by it")
  func undecided() {
    var comparison = drawn(1, gates: 3, runs: 2)
    comparison.method.unit = .pair
    for (index, verdict) in [ComparisonVerdict.equivalent, .undecided, .improved].enumerated() {
      comparison.figures[index].verdict = verdict
    }
    comparison.outcomes = [.passed]
    var tree = XMLTree(JUnitComparison.render(comparison))
    #expect(tree.elements(named: "skipped").count == 1 && tree.elements(named: "failure").isEmpty)
    comparison.outcomes = [.regression]
    tree = XMLTree(JUnitComparison.render(comparison))
    #expect(tree.elements(named: "skipped").isEmpty && tree.elements(named: "failure").map { $0.attributes["type"] } == ["undecided"])
    #expect(HTMLComparison.render(comparison).contains("(--fail-on undecided)"))
    comparison.figures[0].verdict = .regressed
    tree = XMLTree(JUnitComparison.render(comparison))
    #expect(tree.elements(named: "skipped").count == 1 && tree.elements(named: "failure").map { $0.attributes["type"] } == ["regressed"])
  }

  @Test(
    "Markdown stays within 80 lines, says the verdict's word first, and no text becomes markup or a cell",
    arguments: [(1, 1), (6, 5), (50, 3), (5, 1_000)])
  func markdown(gates: Int, runs: Int) {
    for seed in 0..<8 as Range<UInt64> {
      let comparison = drawn(seed, gates: gates, runs: runs)
      let text = MarkdownComparison.render(comparison)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count <= 81, "\(seed)")
      #expect(lines.first?.hasSuffix(" " + ComparisonHeadline(comparison).word) ?? false)
      var columns: Int?
      for line in lines {
        let bars = line.filter { $0 == "|" }.count
        if line.hasPrefix("|"), let columns { #expect(bars == columns, "\(line)") }
        columns = line.hasPrefix("|") ? bars : nil
        for tag in line.replacing(/`[^`]*`/, with: "").matches(of: /<[^>]*>?/) {
          #expect(
            ["<code>", "</code>", "<br>", "<details>", "</details>", "<summary>", "</summary>", "<!-- -->"].contains(tag.output), "\(line)")
        }
      }
      #expect(!text.saysNoNumber)
    }
  }

  @Test("The folder of a comparison holds all its reports, each made from compare.json again")
  func folder() throws {
    let comparison = drawn(2)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("order-load-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(try ComparisonFolder.write(comparison, to: folder).isEmpty)
    func content(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ComparisonFolder.names.sorted())
    let read = try JSONDecoder().decode(Comparison.self, from: content("compare.json"))
    #expect(try String(decoding: content("compare.html"), as: UTF8.self) == HTMLComparison.render(read))
    #expect(try String(decoding: content("compare.md"), as: UTF8.self) == MarkdownComparison.render(read))
    #expect(try String(decoding: content("compare.junit.xml"), as: UTF8.self) == JUnitComparison.render(read))
  }
}
