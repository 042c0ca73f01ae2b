import Foundation
import LoadReports
import LoadRun

/// Where a run is reported: on standard output, in a folder unless it has none, and in the CI job that it runs in.
struct RunReport {
  private let folder: String?
  private let colour: Bool
  /// What is written while the run goes on; `nil` where nothing is.
  private let orders: OrderFiles?

  /// - Parameter isVirtual: whether the run is in virtual time.
  /// - Throws: `ReportFolderError` where the folder cannot be written to, so that this is known before the first order.
  init(_ scenario: Scenario, started: Date, colour: Bool, isVirtual: Bool = false) throws {
    self.colour = colour
    folder = scenario.writesReport ? ReportFolder.path(scenario, started: started) : nil
    if let folder { try ReportFolder.checkWritable(folder) }
    orders = try folder.flatMap { try OrderFiles(scenario, in: $0, isVirtual: isVirtual) }
  }

  /// Takes each order while the run goes on; `nil` where none is written.
  var orderWriter: OrderWriter? { orders?.writer }

  /// Removes what is left of a run that was not published. Must be called last, in any case.
  func discard() { orders?.remove() }

  /// Prints first, so that the results have been shown whatever happens to the files. As many files are written as possible.
  /// - Throws: `ExitCode` where the run did not pass, or could not be reported.
  func publish(_ facts: RunFacts) throws {
    let summary = Summary(facts)
    var publication = Publication(summary.outcomes)
    publication.attempt { try Console.result(TerminalReport.render(summary, colour: colour)) }
    if let orders {
      // No reason to take a run's result from it.
      let ending = (try? facts.orderLog?.ending()) ?? Data()
      for lack in orders.writer.finish(ending: ending) { Console.note("warning: \(lack)") }
    }
    if let folder {
      // Done even if printing failed: the files are then all that is left of the run.
      publication.attempt {
        let missing = try ReportFolder.write(summary, orders: orders, to: folder)
        for error in missing { Console.note("warning: \(error)") }
        try Console.result("\nreport  \(ReportFolder.shown(missing.isEmpty ? "report.html" : SummaryFile.name, in: folder))\n")
      }
    }
    tell(summary, GitHubJob(ProcessInfo.processInfo.environment))
    try publication.end()
  }

  /// Tells the job of GitHub Actions; the run's result does not hang on that. The runner reads standard error as it does standard output, which
  /// is the report's alone.
  private func tell(_ summary: Summary, _ job: GitHubJob) {
    if let problem = job.summarise(summary) { Console.note("warning: \(problem)") }
    Console.write(job.annotations(summary), to: STDERR_FILENO)
  }
}
