import Foundation
import LoadReports
import LoadRun
import Shared

/// One simulated run, from its scenario to its reports and exit code.
struct SimulatedRun {
  let scenario: Scenario
  let system: SimulatedSystem.Settings
  let quiet: Bool
  let colour: Bool

  /// - Throws: `ConfigurationError` before the run begins, `ExitCode` after the reports, where the run did not pass.
  func execute() async throws {
    try check()
    if let warning = Instability(scenario, system) { Console.note("warning: \(warning)") }
    let started = Date()
    let report = try RunReport(scenario, started: started, colour: colour, isVirtual: true)
    defer { report.discard() }
    let interrupts = Interrupts.trapped()
    defer { interrupts.release() }
    try report.publish(facts(interrupts: interrupts, orders: report.orderWriter, started: started))
  }

  /// - Throws: `ConfigurationError` where such a run cannot be simulated.
  func check() throws(ConfigurationError) {
    guard scenario.serve == nil else { throw ConfigurationError("--serve starts a real program: leave it out of a simulation") }
    if system.lies.contains(where: \.isOfFigures), scenario.dialect.metrics.map({ $0.source == .list }) ?? true {
      throw ConfigurationError(
        "--fault is about figures, and the dialect '\(scenario.dialect.name)' has none: leave it out, or take another dialect")
    }
    if system.lies.contains(where: \.isOfIDs), case .own = scenario.dialect.create.id.place {
      throw ConfigurationError(
        "--fault is about the ids that a server gives, and with the dialect '\(scenario.dialect.name)' clients choose them: leave it out, "
          + "or take another dialect")
    }
  }

  /// Makes the run.
  /// - Parameter orders: takes each order; `nil` where none is written.
  /// - Throws: `ConfigurationError` where no account could log in.
  func facts(interrupts: Interrupts, orders: OrderWriter? = nil, started: Date = Date()) throws -> RunFacts {
    do {
      return try summarise(simulate(interrupts, orders: orders), TargetURL(text: scenario.targetText), started)
    } catch let error as CannotBegin {
      throw ConfigurationError("no account could log in at the simulated system: \(error.failure.example)")
    }
  }

  private func simulate(_ interrupts: Interrupts, orders: OrderWriter?) throws(CannotBegin) -> Simulation.Result {
    interrupts.enter(.running)
    defer { interrupts.enter(.reporting) }
    let line = ProgressLine(scenario, isQuiet: quiet, isVirtual: true)
    defer { line.clear() }
    var shown = ContinuousClock.now
    var tick = 0
    return try Simulation(scenario.simulation(of: system, orders: orders)).run { progress in
      if shown.duration(to: .now) >= .milliseconds(250) {
        shown = .now
        tick += 1
        line.show(progress, tick: tick)
      }
      return interrupts.isInterrupted
    }
  }

  private func summarise(_ result: Simulation.Result, _ target: TargetURL, _ started: Date) -> RunFacts {
    var facts = RunFacts(result.run, of: scenario, at: target, startedAt: Timestamp.text(epochSeconds: started.timeIntervalSince1970))
    facts.version = "\(system)"
    facts.simulation = Summary.Simulation(result, workers: system.workers)
    return facts
  }
}

extension Fault {
  /// Whether it is about what a system says of itself.
  fileprivate var isOfFigures: Bool {
    switch kind {
    case .figures, .metrics: true
    case .orders, .creates, .ids, .wire: false
    }
  }

  fileprivate var isOfIDs: Bool { if case .ids = kind { true } else { false } }
}
