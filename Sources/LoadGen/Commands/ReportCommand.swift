import ArgumentParser
import Foundation
import LoadReports
import LoadRun
import Shared

/// `loadgen report`: makes the reports of earlier runs again, from their summaries.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Makes the reports of a run again from its summary.json, or prints what the run printed.",
    discussion: """
      Examples:
        loadgen report reports/2026-09-21T14-13-20Z-demo
        loadgen report reports/*/
        loadgen report --print reports/2026-09-21T14-13-20Z-demo
        loadgen report downloaded/summary.json -o reports/theirs

      The reports are written beside their summary.json, which is left alone, as orders.jsonl is. With --print no file is written, unless
      -o says where.
      Exit codes: 0 all was made, whatever the runs' verdicts; 104 a summary cannot be read, and nothing was written; 1 anything else.
      """)

  @Argument(help: "A run's folder, or its summary.json.") var places: [String]
  @Flag(name: .customLong("print"), help: "Prints the report that the run printed at its end, and writes no file without -o.")
  var prints = false
  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("The folder that the reports of a single run, and its summary.json, are written to.", valueName: "dir"))
  var reportDir: String?
  @Flag(help: "Uses no colour (also with NO_COLOR or TERM=dumb, or where the output is no terminal).") var noColor = false

  func run() throws {
    if reportDir != nil, places.count > 1 {
      throw ConfigurationError("--report-dir: it takes the reports of one run, and \(places.count) are named: leave it out, or name one")
    }
    // All are read before anything is written, and then one at a time: each may take much memory.
    let folders = try places.map(folder)
    if places.count > 1 { for place in places { _ = try SummaryFile.read(place) } }
    for (place, folder) in zip(places, folders) { try make(SummaryFile.read(place), of: place, in: folder) }
  }

  /// Where the reports go that are made from the summary at a place; `nil` where they are only printed.
  /// - Throws: `ConfigurationError` where that is not clear: another file than a run's own may lie among the reports of another run.
  private func folder(_ place: String) throws(ConfigurationError) -> Place? {
    if let reportDir { return .other(reportDir) }
    if prints { return nil }
    if SummaryFile.isFolder(place) { return .own(place) }
    guard let folder = SummaryFile.folder(of: place) else {
      throw ConfigurationError(
        "\(Legible.line(place, limit: 4_096)): a file that is not called \(SummaryFile.name) may be of another run than what lies beside it: "
          + "say where its reports go (-o DIR), or --print it")
    }
    return .own(folder)
  }

  /// A folder that reports go to: the one that the summary lies in, or another one.
  private enum Place {
    case own(String)
    case other(String)
  }

  private func make(_ summary: Summary, of place: String, in folder: Place?) throws {
    if prints {
      let title = places.count > 1 ? "\n\(Legible.line(place, limit: 4_096))\n" : ""
      try Console.result(title + TerminalReport.render(summary, colour: Console.usesColour(unless: noColor)))
    }
    guard let folder else { return }
    let path: String
    let missing: [ReportFolderError]
    switch folder {
    case .own(let own): (path, missing) = (own, try ReportFolder.renew(summary, in: own))
    case .other(let other) where SummaryFile.isSame(other, as: place): (path, missing) = (other, try ReportFolder.renew(summary, in: other))
    case .other(let other): (path, missing) = (other, try ReportFolder.write(summary, to: other))
    }
    for error in missing { Console.note("\(error)") }
    try Console.result("\(prints ? "\n" : "")report  \(ReportFolder.shown("report.html", in: path))\n")
    if !missing.isEmpty { throw ExitCode(Int32(Outcome.failed.exitCode)) }
  }
}
