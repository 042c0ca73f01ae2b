import Foundation
import LoadReports
import LoadRun
import LoadStudy
import Shared

/// The trials of a search for a capacity, one after another, and their report.
struct CapacityTrials {
  /// What was said of each trial, but for its rate, its length and its seed.
  let said: SettingLayers
  /// The scenario of all trials alike.
  let scenario: Scenario
  /// What is simulated; `nil` for a search over the network.
  let system: SimulatedSystem.Settings?
  var search: CapacitySearch
  let atLeast: Double?
  let expected: Double?
  let quiet: Bool
  let usesColour: Bool

  /// - Throws: `ConfigurationError` where not even the first trial could be made; `ExitCode` after the report, where it did not pass.
  func execute() async throws {
    if system == nil { for warning in try Preflight.pass(scenario) { Console.note("warning: \(warning)") } }
    guard search.next != nil else {
      throw ConfigurationError(
        "--budget \(Figure.seconds(search.settings.budget)) is too short for a single trial: "
          + "\(Figure.seconds(search.settings.warmup + CapacitySearch.shortest)) are the least, and ten times that find an answer")
    }
    let folder = scenario.writesReport ? ReportFolder.path(scenario.reportDirectory, name: scenario.name, started: Date()) : nil
    if let folder { try CapacityFolder.checkWritable(folder) }
    let interrupts = Interrupts.trapped(consequence: "reporting what is known")
    defer { interrupts.release() }
    var search = search
    var trials: [Capacity.Trial] = []
    var obstacle: String?
    while !interrupts.isInterrupted, let trial = search.next {
      do {
        guard let summary = try await summary(of: trial, interrupts) else { break }
        let place = folder.map { "\($0)/trials/\(trial.number)" }
        if let place { for error in try ReportFolder.write(summary, to: place) { Console.note("warning: \(error)") } }
        let look = search.add(summary)
        trials.append(Capacity.Trial(trial, summary, look, place: place))
        if !quiet { Console.note(CapacityProgress(search, trial).text) }
      } catch let error as ConfigurationError where !trials.isEmpty {
        obstacle = error.description
        break
      }
    }
    if interrupts.isInterrupted { search.interrupt() }
    let end = obstacle == nil ? search.end ?? .interrupted : .target
    let capacity = Capacity(
      search, end: end, obstacle: obstacle, trials: trials, atLeast: atLeast, expected: expected, isSimulated: system != nil)
    try publish(capacity, folder)
  }

  /// - Returns: `nil` where the trial was interrupted.
  private func summary(of trial: CapacitySearch.Trial, _ interrupts: Interrupts) async throws -> Summary? {
    var said = said
    let origin = "the search"
    let load = search.settings.warmup + trial.load
    if let above = trial.descendsFrom {
      func milliseconds(_ seconds: Double) -> String { "\(Int((seconds * 1000).rounded(.up)))ms" }
      let stages = [(above, load - trial.seconds), (trial.rate, trial.seconds)].map { "\($0)/s for \(milliseconds($1))" }
      said.set(.rate, [stages.joined(separator: ", ")], from: origin)
    } else {
      said.set(.rate, ["\(trial.rate)/s"], from: origin)
      said.set(.duration, ["\(Int(load.rounded(.up)))s"], from: origin)
    }
    said.set(.seed, ["\(SeededRandom(seed: scenario.seed).bits(.pairSeed, UInt64(trial.number)))"], from: origin)
    said.set(.label, (said[.label]?.texts ?? []) + ["trial=\(trial.number)"], from: origin)
    let scenario = try Scenario(said)
    let facts: RunFacts
    if let system {
      let run = SimulatedRun(scenario: scenario, system: system, quiet: quiet, colour: usesColour)
      try run.check()
      facts = try run.facts(interrupts: interrupts)
    } else {
      facts = try await Run(scenario: scenario, quiet: quiet, colour: usesColour).facts(interrupts: interrupts, orders: nil)
    }
    return interrupts.isInterrupted ? nil : Summary(facts)
  }

  /// Prints first, so that the result has been shown whatever happens to the files.
  private func publish(_ capacity: Capacity, _ folder: String?) throws {
    var publication = Publication(capacity.outcomes)
    publication.attempt { try Console.result(TerminalCapacity.render(capacity, colour: usesColour)) }
    if let folder {
      publication.attempt {
        for error in try CapacityFolder.write(capacity, to: folder) { Console.note("warning: \(error)") }
        try Console.result("\nreport  \(ReportFolder.shown("capacity.html", in: folder))\n")
      }
    }
    // The result does not hang on whether the job is told.
    let job = GitHubJob(ProcessInfo.processInfo.environment)
    if let problem = job.summarise(capacity) { Console.note("warning: \(problem)") }
    Console.write(job.annotations(capacity), to: STDERR_FILENO)
    try publication.end()
  }
}
