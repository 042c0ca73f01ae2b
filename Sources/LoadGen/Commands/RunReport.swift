import ArgumentParser
import Foundation

/// Where a run is reported: its folder, where it has one, and standard output.
struct RunReport {
  private let folder: String?
  private let colour: Bool

  /// - Throws: `ReportFolderError` where nothing can be written there, so that this is known before the first order.
  init(_ scenario: Scenario, started: Date, colour: Bool) throws {
    self.colour = colour
    folder = scenario.writesReport ? ReportFolder.path(scenario, started: started) : nil
    if let folder { try ReportFolder.checkWritable(folder) }
  }

  /// - Throws: `ExitCode` after the reports, where the run did not pass.
  func publish(_ summary: Summary) throws {
    if let folder { try ReportFolder.write(summary, to: folder) }
    print(TerminalReport.render(summary, colour: colour), terminator: "")
    if let folder { print("\nreport  \(folder)/report.html") }
    if summary.exitCode != 0 { throw ExitCode(Int32(summary.exitCode)) }
  }
}
