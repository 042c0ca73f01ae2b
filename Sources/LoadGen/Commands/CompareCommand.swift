import ArgumentParser
import Foundation
import LoadReports
import LoadRun
import LoadStudy
import Shared

/// `loadgen compare`: whether runs of one side are worse than those of another.
struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Says of runs that were made whether those of a candidate are worse than those of a baseline, or that it can't be told.",
    discussion: """
      Examples:
        loadgen compare reports/before-* --with reports/after-*
        loadgen compare nightly/baseline --with nightly/candidate --gate 'completion.p(95)' --margin 10%
        loadgen compare before/summary.json --with after/summary.json --judge-single-runs
        loadgen compare --a-a nightly/baseline

      Runs are given as their folders, as summary.json's, or as folders with runs' folders in them. Where each two runs that followed each other
      are one of each side with one seed, they are compared as pairs, six at least for one gate and eight for five; 'loadgen ab' makes such
      runs. Otherwise six sittings of each side are needed: runs of one job or hour saw one state of the machine (label them by
      --label sitting=NAME). Each figure is regressed, improved, equivalent, all within the margin, or undecided.
      Exit codes: 0 no gate regressed, 104 the runs cannot be compared, 122 a gate regressed.
      """)

  @Argument(help: "The baseline's runs.") var baseline: [String] = []
  @Option(name: .customLong("with"), parsing: .upToNextOption, help: "The candidate's runs.") var candidate: [String] = []
  @Option(
    name: .customLong("a-a"),
    help: "Instead of two sides: a folder of runs of one program, to say how small a difference this machine can tell.")
  var equalRuns: String?
  @OptionGroup(title: "What decides") var comparison: ComparisonOptions
  @Flag(help: "Judges by a single run of each side, which says how these two differ and not whether others would.") var judgeSingleRuns =
    false
  @Flag(help: "Compares runs that differ in more than what is compared, and says so.") var force = false
  @Option(name: [.customShort("o"), .long], help: "Where the comparison is written (reports/<time>-compare).") var reportDir: String?
  @Flag(help: "Writes no files.") var noReport = false
  @Flag(help: "Uses no colour.") var noColor = false

  func run() async throws {
    var settings = try comparison.settings()
    settings.judgesSingleRuns = judgeSingleRuns
    if let equalRuns { return try tellNoise(of: equalRuns, settings) }
    guard !baseline.isEmpty else { throw ConfigurationError("no run is named: give the baseline's runs, and the candidate's after --with") }
    guard !candidate.isEmpty else { throw ConfigurationError("--with names no run: give the candidate's runs after it") }
    let figures = settings.figures(with: ComparedFigure.shown)
    let (before, after) = (try Self.side(baseline, figures), try Self.side(candidate, figures))
    let objections = Comparability.objections(baseline: before.runs, candidate: after.runs)
    guard objections.isEmpty || force else {
      throw ConfigurationError(
        "these runs cannot be compared: \(objections.joined(separator: "; ")). --force compares them all the same, and says so")
    }
    // Runs of which there would have been fewer, had the first ones said something else.
    let isSequential = (before.runs + after.runs).contains { $0.run.labels["looks"] == "each" }
    let result = try Comparison(before, after, settings, forced: objections, isSequential: isSequential)
    let folder = noReport ? nil : ReportFolder.path(reportDir, name: "compare", started: Date())
    try ComparisonReport(folder: folder, usesColour: Console.usesColour(unless: noColor)).publish(result)
  }

  /// How much runs of one program differ.
  private func tellNoise(of place: String, _ settings: ComparisonSettings) throws {
    guard baseline.isEmpty, candidate.isEmpty else {
      throw ConfigurationError("--a-a is of runs of one program: leave \(baseline.first ?? "--with") out")
    }
    let side = try Self.side([place], settings.gates)
    let objections = Comparability.objections(baseline: side.runs, candidate: [])
    guard objections.isEmpty || force else {
      throw ConfigurationError("these runs are not of one load: \(objections.joined(separator: "; ")). --force takes them all the same")
    }
    let noise = try MachineNoise(side.runs, figures: settings.gates, confidence: settings.gateConfidence)
    try Console.result(TerminalNoise.render(noise, colour: Console.usesColour(unless: noColor)))
  }

  private static func side(_ places: [String], _ figures: [ComparedFigure]) throws(ConfigurationError) -> ComparedSide {
    var side = ComparedSide(of: figures)
    for place in try RunPlaces.expanded(places) { try side.add(try SummaryFile.read(place), place: Legible.line(place, limit: 4_096)) }
    return side
  }
}
