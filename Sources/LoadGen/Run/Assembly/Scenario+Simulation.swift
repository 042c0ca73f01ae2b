import Shared

extension Scenario {
  /// The run in virtual time. It begins at the epoch, so that its figures do not depend on when it was made.
  package func simulation(of system: SimulatedSystem.Settings) -> Simulation.Settings {
    let shares = (0..<eventLoops).map { LoopShare(index: $0, count: eventLoops) }
    return Simulation.Settings(
      cores: shares.map(coreSettings), plans: shares.map(plan), ledger: ledgerSettings(epochAtZero: 0), system: system,
      dialect: dialect, seed: seed, keepsGoing: keepsGoing)
  }
}
