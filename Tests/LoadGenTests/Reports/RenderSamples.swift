import Foundation
import Testing

@testable import LoadGen

@Suite("Samples")
struct RenderSamples {
  @Test("all", .enabled(if: ProcessInfo.processInfo.environment["SAMPLES"] != nil)) func all() throws {
    let out = try #require(ProcessInfo.processInfo.environment["SAMPLES"])
    for (name, run) in [("good", SampleRun()), ("bad", SampleRun(seed: 2, rejectedOneIn: 40, ambiguousOneIn: 60, stuckOneIn: 90, lie: 3))] {
      let summary = run.summary()
      _ = try ReportFolder.write(summary, to: "\(out)/\(name)")
      try TerminalReport.render(summary, colour: true).write(toFile: "\(out)/\(name).ansi", atomically: false, encoding: .utf8)
      try TerminalReport.render(summary, colour: false).write(toFile: "\(out)/\(name).txt", atomically: false, encoding: .utf8)
    }
  }
}
