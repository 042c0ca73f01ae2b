import Foundation
import LoadReports
import LoadRun
import LoadStudy

/// Where a comparison is reported: on standard output, and in a folder unless it has none.
struct ComparisonReport {
  let folder: String?
  let usesColour: Bool

  /// Prints first, so that the result has been shown whatever happens to the files.
  /// - Throws: `ExitCode` where the comparison did not pass, or could not be reported.
  func publish(_ comparison: Comparison) throws {
    var publication = Publication(comparison.outcomes)
    publication.attempt { try Console.result(TerminalComparison.render(comparison, colour: usesColour)) }
    if let folder {
      publication.attempt {
        for error in try ComparisonFolder.write(comparison, to: folder) { Console.note("warning: \(error)") }
        try Console.result("\nreport  \(ReportFolder.shown("compare.html", in: folder))\n")
      }
    }
    // The result does not hang on whether the job is told.
    let job = GitHubJob(ProcessInfo.processInfo.environment)
    if let problem = job.summarise(comparison) { Console.note("warning: \(problem)") }
    Console.write(job.annotations(comparison), to: STDERR_FILENO)
    try publication.end()
  }
}
