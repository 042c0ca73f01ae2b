import Foundation
import Testing

@testable import LoadReports
@testable import LoadRun

@Suite("A job's summary")
struct StepSummaryTests {
  private func inFolder(_ body: (String) throws -> Void) throws {
    let path = NSTemporaryDirectory() + "loadgen-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  @Test("A run's report goes after what is there, with an empty line between, and makes the file where there is none")
  func appends() throws {
    try inFolder { folder in
      let path = folder + "/summary.md"
      let summary = SampleRun(rate: 5).summary()
      let report = MarkdownReport.render(summary)
      let job = GitHubJob(["GITHUB_STEP_SUMMARY": path])
      #expect(job.summarise(summary) == nil)
      let first = try text(path)
      #expect(first == report)
      #expect(job.summarise(summary) == nil)
      #expect(try text(path) == report + "\n\n" + report)
    }
  }

  @Test("What does not fit is not begun, and what is there stays")
  func full() throws {
    try inFolder { folder in
      let path = folder + "/summary.md"
      let before = String(repeating: "x", count: StepSummary.most - 12)
      try Data(before.utf8).write(to: URL(fileURLWithPath: path))
      let error = #expect(throws: StepSummary.Unwritable.self) { try StepSummary.append("more than this", to: path) }
      #expect(error?.description.contains("1048564 bytes") == true, "\(error?.description ?? "")")
      #expect(try text(path) == before)
      try StepSummary.append("just this!", to: path)
      #expect(try text(path).utf8.count == StepSummary.most)
    }
  }

  @Test("A file that cannot be written is a warning that names it", arguments: ["/nowhere/summary.md", "/dev", "/dev/full"])
  func unwritable(path: String) {
    let problem = GitHubJob(["GITHUB_STEP_SUMMARY": path]).summarise(SampleRun(rate: 5).summary())
    #expect(problem?.contains("GITHUB_STEP_SUMMARY, \(path)) cannot be written: ") == true, "\(problem ?? "none")")
  }

  @Test("An empty path is none")
  func empty() {
    #expect(GitHubJob(["GITHUB_STEP_SUMMARY": ""]).summarise(SampleRun(rate: 5).summary()) == nil)
  }
}
