import Foundation
import Testing

@testable import LoadReports
@testable import LoadRun

/// Reports of drawn runs, as a folder holds them. Where `SAMPLES` names a folder they stay there, to be looked at.
@Suite("Samples")
struct RenderSamples {
  @Test(
    "Every report of a drawn run is written, says the same verdict, and is made from the same summary again",
    arguments: [
      ("good", SampleRun()), ("bad", SampleRun(seed: 2, rejectedOneIn: 40, ambiguousOneIn: 60, stuckOneIn: 90, lie: 3)),
      ("refused", SampleRun(seed: 3, rejectedOneIn: 1)), ("silent", SampleRun(seed: 4, ambiguousOneIn: 1)),
      ("stuck", SampleRun(seed: 5, stuckOneIn: 1)),
    ])
  func all(name: String, run: SampleRun) throws {
    let summary = run.summary()
    let kept = ProcessInfo.processInfo.environment["SAMPLES"]
    let folder = kept ?? FileManager.default.temporaryDirectory.appendingPathComponent("order-load-\(UUID().uuidString)").path
    defer { if kept == nil { try? FileManager.default.removeItem(atPath: folder) } }
    _ = try ReportFolder.write(summary, to: "\(folder)/\(name)")
    func text(_ file: String) throws -> String { try String(contentsOfFile: "\(folder)/\(name)/\(file)", encoding: .utf8) }
    let written = try JSONDecoder().decode(Summary.self, from: Data(text("summary.json").utf8))
    #expect(try HTMLReport.render(written) == text("report.html"))
    #expect(try text("report.html").contains(">\(Headline(summary).word)</p>") && text("report.md").contains(Headline(summary).word))
    if kept != nil {
      try TerminalReport.render(summary, colour: true).write(toFile: "\(folder)/\(name).ansi", atomically: false, encoding: .utf8)
      try TerminalReport.render(summary, colour: false).write(toFile: "\(folder)/\(name).txt", atomically: false, encoding: .utf8)
    }
  }
}
