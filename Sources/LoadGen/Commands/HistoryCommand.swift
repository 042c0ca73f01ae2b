import ArgumentParser
import Foundation
import LoadReports
import LoadRun
import LoadStudy
import Shared

/// `loadgen history`: where the runs of a load changed for good.
struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Shows the runs of a load in the order of time, and says between which of them a figure changed and stayed changed.",
    discussion: """
      Examples:
        loadgen history reports
        loadgen history nightly --figure 'completion.p(95)' --name checkout
        loadgen history nightly --format otava-csv > nightly.csv

      A change is a place where the runs after it are of another distribution than those before (e-divisive, as Apache Otava has it); a single run
      that is off is none. Runs of other loads in the folder are told of apart; those that are not valid are left out, and named.
      """)

  @Argument(help: "Folders of runs' folders, runs' folders, or summary.json's.") var places: [String]
  @Option(help: "A figure to look at, as a threshold names it (repeatable; that by which 'compare' judges where none is named).")
  var figure: [String] = []
  @Option(help: "Only runs of scenarios with this name.") var name: String?
  @Option(help: "How often a change may be told of that is none, in a series without any.") var significance = "0.1%"
  @Option(help: "text, json, or otava-csv.") var format = Format.text
  @Flag(help: "Uses no colour.") var noColor = false

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
    case otavaCSV = "otava-csv"
  }

  func run() async throws {
    let figures =
      figure.isEmpty
      ? ComparedFigure.defaultGates
      : try figure.reduce(into: []) { figures, text in
        let figure = try ComparedFigure(text: text, flag: "--figure")
        if !figures.contains(figure) { figures.append(figure) }
      }
    let share = try Share.fraction(of: significance, "--significance")
    guard share > 0, share < 1 else {
      throw ConfigurationError("--significance \(significance): between 0% and 100% would be right")
    }
    var runs: [ComparedRun] = []
    for place in try RunPlaces.expanded(places) {
      let summary = try SummaryFile.read(place)
      guard name == nil || summary.scenario["name"] == name else { continue }
      runs.append(try ComparedRun(summary, place: Legible.line(place, limit: 4_096), figures: figures))
    }
    guard !runs.isEmpty else { throw ConfigurationError("--name '\(name ?? "")': none of the runs is of a scenario with this name") }
    let histories = History.all(runs, figures: figures, significance: share)
    switch format {
    case .text:
      for history in histories { try Console.result(TerminalHistory.render(history, colour: Console.usesColour(unless: noColor))) }
    case .json: try Console.result(String(decoding: try JSONLayout.text(of: histories), as: UTF8.self))
    case .otavaCSV:
      guard histories.count == 1 else {
        throw ConfigurationError(
          "these runs are of \(histories.count) loads, and a table is of one: name it by --name, or give its folders alone")
      }
      try Console.result(OtavaCSV.render(histories[0]))
    }
  }
}
