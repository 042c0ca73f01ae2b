import ArgumentParser
import Foundation
import LoadReports
import LoadRun

/// Where a run is reported: on standard output, in a folder unless it has none, and in the CI job that it runs in.
struct RunReport {
  private let folder: String?
  private let colour: Bool

  /// - Throws: `ReportFolderError` where the folder cannot be written to, so that this is known before the first order.
  init(_ scenario: Scenario, started: Date, colour: Bool) throws {
    self.colour = colour
    folder = scenario.writesReport ? ReportFolder.path(scenario, started: started) : nil
    if let folder { try ReportFolder.checkWritable(folder) }
  }

  /// Prints first, so that the results have been shown whatever happens to the files. As many files are written as possible.
  /// - Throws: `ExitCode` where the run did not pass, or could not be reported.
  func publish(_ facts: RunFacts) throws {
    let summary = Summary(facts)
    var outcomes = summary.outcomes
    func attempt(_ step: () throws -> Void) {
      do { try step() } catch {
        Console.note("\(error)")
        if !outcomes.contains(.failed) { outcomes.append(.failed) }
      }
    }
    attempt { try Console.result(TerminalReport.render(summary, colour: colour)) }
    var log: Data?
    // No reason to take a run's result from it.
    do { log = try facts.orderLog?.text() } catch { Console.note("warning: \(error)") }
    if let folder {
      // Done even if printing failed: the files are then all that is left of the run.
      attempt {
        let missing = try ReportFolder.write(summary, orderLog: log, to: folder)
        for error in missing { Console.note("warning: \(error)") }
        try Console.result("\nreport  \(ReportFolder.shown(missing.isEmpty ? "report.html" : SummaryFile.name, in: folder))\n")
      }
    }
    tell(summary, GitHubJob(ProcessInfo.processInfo.environment))
    let code = Decision(outcomes).exitCode
    if code != 0 { throw ExitCode(Int32(code)) }
  }

  /// Tells the job of GitHub Actions; the run's result does not hang on that. The runner reads standard error as it does standard output, which
  /// is the report's alone.
  private func tell(_ summary: Summary, _ job: GitHubJob) {
    if let problem = job.summarise(summary) { Console.note("warning: \(problem)") }
    Console.write(job.annotations(summary), to: STDERR_FILENO)
  }
}
