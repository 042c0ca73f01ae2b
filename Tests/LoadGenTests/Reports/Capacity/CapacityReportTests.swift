import Foundation
import LoadRun
import Testing

@testable import LoadReports
@testable import LoadStudy

@Suite("Reports of capacities")
struct CapacityReportTests {
  private func drawn(_ seed: UInt64) -> Capacity {
    var random = RandomCapacity(seed: seed)
    return random.capacity(trials: 5)
  }

  @Test(
    "JUnit is well-formed XML, its counts are those of its cases, and a case fails where the exit code is not 0",
    arguments: 0..<24 as Range<UInt64>)
  func junit(seed: UInt64) throws {
    let capacity = drawn(seed)
    let tree = XMLTree(JUnitCapacity.render(capacity))
    #expect(tree.error == nil)
    let root = try #require(tree.elements.first)
    let cases = tree.elements(named: "testcase")
    #expect(root.name == "testsuites" && root.attributes["tests"] == "\(cases.count)")
    #expect(root.attributes["failures"] == "\(tree.elements(named: "failure").count)")
    #expect(root.attributes["skipped"] == "\(tree.elements(named: "skipped").count)")
    #expect(cases.allSatisfy { $0.attributes["classname"] == "loadgen.capacity" })
    #expect(Set(tree.elements.map(\.name)).isSubset(of: ["testsuites", "testsuite", "testcase", "failure", "skipped", "system-out"]))
    #expect(tree.elements(named: "failure").isEmpty == (capacity.exitCode == 0))
  }

  @Test(
    "The case that a rate is held fails exactly where the exit code is 99, with the answer; what was not found out is skipped",
    arguments: Outcome.allCases)
  func held(outcome: Outcome) {
    for (held, atLeast) in [(nil, nil), (56, nil), (nil, 50), (56, 50), (56, 300)] as [(Double?, Double?)] {
      let capacity = SampleCapacity(held: held, outcome: outcome, atLeast: atLeast).capacity()
      let tree = XMLTree(JUnitCapacity.render(capacity))
      let name = tree.elements(named: "testcase").first?.attributes["name"]
      #expect(name == (atLeast.map { "\(Int($0))/s is held" } ?? "a rate is held"))
      let failures = tree.elements(named: "failure").filter { $0.attributes["type"] == "capacity" }
      #expect(failures.count == (capacity.exitCode == 99 ? 1 : 0))
      for failure in failures { #expect(failure.attributes["message"] == CapacityAnswer(capacity).text) }
      if capacity.exitCode != 99 { #expect(tree.elements(named: "skipped").isEmpty == ((held ?? 0) >= atLeast ?? 1)) }
    }
  }

  @Test("What was not shown is an error at the head of the job, and a search that passed has none")
  func annotations() {
    let job = GitHubJob(["GITHUB_ACTIONS": "true"])
    #expect(job.annotations(SampleCapacity().capacity()).isEmpty)
    let missed = SampleCapacity(outcome: .threshold, atLeast: 300).capacity()
    let lines = job.annotations(missed).split(separator: "\n")
    #expect(lines.count == 1 && lines[0].hasPrefix("::error title=Not shown%3A 300/s is held::between 56/s and 67/s"), "\(lines)")
    #expect(GitHubJob([:]).annotations(missed).isEmpty)
    var odd = SampleCapacity().capacity()
    odd.isMonotone = false
    #expect(job.annotations(odd).hasPrefix("::warning title=Capacity::A rate above the broken one was held"))
  }

  @Test("Whatever the texts are, each annotation is a line and a command", arguments: 0..<24 as Range<UInt64>)
  func hostile(seed: UInt64) {
    let capacity = drawn(seed)
    let lines = GitHubJob(["GITHUB_ACTIONS": "true"]).annotations(capacity).split(separator: "\n", omittingEmptySubsequences: false)
      .dropLast()
    #expect(lines.count == Annotation.list(capacity).count && lines.isEmpty == (capacity.exitCode == 0))
    for line in lines { #expect(line.wholeMatch(of: /::(error|warning) title=[^:,\r\n]*::[^\r\n]*/) != nil, "\(line)") }
  }

  @Test("The folder of a search holds all its reports, each made from capacity.json again")
  func folder() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("order-load-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(try CapacityFolder.write(SampleCapacity().capacity(), to: folder).isEmpty)
    func content(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == CapacityFolder.names.sorted())
    let read = try JSONDecoder().decode(Capacity.self, from: content("capacity.json"))
    #expect(try String(decoding: content("capacity.html"), as: UTF8.self) == HTMLCapacity.render(read))
    #expect(try String(decoding: content("capacity.md"), as: UTF8.self) == MarkdownCapacity.render(read))
    #expect(try String(decoding: content("capacity.junit.xml"), as: UTF8.self) == JUnitCapacity.render(read))
  }
}
