import Foundation
import Shared

/// One simulated run from its scenario to its reports and exit code.
struct SimulatedRun {
  let scenario: Scenario
  let system: SimulatedSystem.Settings
  let quiet: Bool
  let colour: Bool

  /// - Throws: `ConfigurationError` before it begins, `ExitCode` after the reports.
  func execute() async throws {
    guard scenario.serve == nil else { throw ConfigurationError("--serve starts a real program: leave it out of a simulation") }
    if let warning = Instability(scenario, system) { Console.note("warning: \(warning)") }
    let started = Date()
    let report = try RunReport(scenario, started: started, colour: colour)
    let interrupts = Interrupts.trapped()
    defer { interrupts.release() }
    let result: Simulation.Result
    do {
      result = try simulate(interrupts)
    } catch {
      throw ConfigurationError("no account could log in at the simulated system: \(error.failure.example)")
    }
    try report.publish(summarise(result, TargetURL(text: scenario.targetText), started))
  }

  private func simulate(_ interrupts: Interrupts) throws(Engine.CannotBegin) -> Simulation.Result {
    interrupts.enter(.running)
    defer { interrupts.enter(.reporting) }
    let line = ProgressLine(scenario, isQuiet: quiet, isVirtual: true)
    defer { line.clear() }
    var shown = ContinuousClock.now
    var tick = 0
    return try Simulation(scenario.simulation(of: system)).run { progress in
      if shown.duration(to: .now) >= .milliseconds(250) {
        shown = .now
        tick += 1
        line.show(progress, tick: tick)
      }
      return interrupts.isInterrupted
    }
  }

  private func summarise(_ result: Simulation.Result, _ target: TargetURL, _ started: Date) -> Summary {
    let run = result.run
    let seconds = run.ended.seconds
    let told = Summary.Simulation(
      completion: Summary.LatencyFigures(observed: result.truth.completion, censored: LatencyHistogram()),
      meanWait: result.books.meanWait,
      utilisation: system.workers.map { seconds > 0 ? Double(result.books.worked) / 1e9 / seconds / Double($0) : 0 },
      outside: result.truth.outside, events: result.events)
    return Summary(
      RunFacts(
        scenario: scenario, target: target, version: "\(system)", simulation: told,
        startedAt: Timestamp.text(epochSeconds: started.timeIntervalSince1970), ledger: run.ledger,
        readings: run.readings, hasBaseline: run.hasBaseline, wasInterrupted: run.wasInterrupted, ended: run.ended, served: nil,
        servedIsAlive: nil, usage: .now(), busyShare: nil))
  }
}

extension Scenario {
  /// The run in virtual time, which begins at the epoch: nothing in its figures follows from when it was made.
  func simulation(of system: SimulatedSystem.Settings) -> Simulation.Settings {
    let shares = (0..<eventLoops).map { LoopShare(index: $0, count: eventLoops) }
    return Simulation.Settings(
      cores: shares.map(coreSettings), plans: shares.map(plan), ledger: ledgerSettings(epochAtZero: 0), system: system,
      dialect: dialect, seed: seed, keepsGoing: keepsGoing)
  }
}
