import ArgumentParser
import Foundation
import LoadReports
import LoadRun
import LoadStudy
import Shared

/// The runs of an A/B comparison, one after another, and their report.
struct ABRuns {
  /// What was said of each run, but for the program, the seed and the labels.
  let said: SettingLayers
  /// The scenario of all runs alike.
  let scenario: Scenario
  let commands: [ABCourse.Side: String]
  var course: ABCourse
  let length: ABCourse.Length
  let quiet: Bool
  let usesColour: Bool

  /// - Throws: `ConfigurationError` before the first run, or where a program does not start; `ExitCode` after the report, where the comparison
  ///   did not pass.
  func execute() async throws {
    for warning in try Preflight.pass(scenario) { Console.note("warning: \(warning)") }
    if let warning = course.warning { Console.note("warning: \(warning)") }
    let folder = scenario.writesReport ? ReportFolder.path(scenario.reportDirectory, name: scenario.name, started: Date()) : nil
    if let folder { try ComparisonFolder.checkWritable(folder) }
    let interrupts = Interrupts.trapped(consequence: "comparing what was seen")
    defer { interrupts.release() }
    var course = course
    while !interrupts.isInterrupted, let step = course.next {
      guard let summary = try await summary(of: step, interrupts) else { break }
      let place = "\(step.pair)-\(step.side.rawValue)"
      let run = folder.map { "\($0)/runs/\(place)" }
      if let run { for error in try ReportFolder.write(summary, to: run) { Console.note("warning: \(error)") } }
      if let reason = try course.add(summary, place: run ?? place) {
        Console.note(
          "pair \(step.pair) is made anew: its run of the \(step.side.rawValue) is not valid: \(Legible.line(reason, limit: 300))")
      } else if !quiet, let comparison = course.comparison, course.pairs == step.pair {
        Console.note(ComparisonProgress(comparison, pairs: course.pairs, length: length).text)
      }
    }
    var outcomes: [Outcome] = interrupts.isInterrupted ? [.interrupted] : []
    if course.discarded > ABCourse.patience { outcomes.append(.invalid) }
    guard var comparison = course.comparison else {
      if interrupts.isInterrupted {
        let rest = folder.map { "; what was made whole is in \(ReportFolder.shown("runs", in: $0))" } ?? ""
        Console.note("interrupted before a pair was whole, so that there is nothing to compare\(rest)")
        throw ExitCode(Int32(Outcome.interrupted.exitCode))
      }
      throw ConfigurationError("no pair was made whole: \(course.discarded) were left out, as a run of theirs was not valid")
    }
    comparison.add(outcomes)
    try ComparisonReport(folder: folder, usesColour: usesColour).publish(comparison)
  }

  /// - Returns: `nil` where the run was interrupted.
  private func summary(of step: ABCourse.Step, _ interrupts: Interrupts) async throws -> Summary? {
    var said = said
    let origin = "the comparison"
    said.set(.serve, [commands[step.side] ?? ""], from: "--\(step.side.rawValue)")
    said.set(.seed, ["\(step.seed)"], from: origin)
    said.set(.label, (said[.label]?.texts ?? []) + ["pair=\(step.pair)", "side=\(step.side.rawValue)", "looks=\(looks)"], from: origin)
    do {
      let facts = try await Run(scenario: Scenario(said), quiet: quiet, colour: usesColour).facts(interrupts: interrupts, orders: nil)
      return interrupts.isInterrupted ? nil : Summary(facts)
    } catch  where interrupts.isInterrupted {
      // Before its first order: the pairs that are whole are compared all the same.
      return nil
    } catch let error as ConfigurationError {
      let words = error.description.replacing("--serve: ", with: "")
      throw ConfigurationError("--\(step.side.rawValue), pair \(step.pair): \(words)")
    }
  }

  private var looks: String { if case .untilDecided = length { "each" } else { "one" } }
}
