import Shared

extension Scenario {
  /// The run in virtual time. It begins at the epoch, so that its figures do not depend on when it was made.
  /// - Parameter orders: where each order is written; `nil` where none is.
  package func simulation(of system: SimulatedSystem.Settings, orders: OrderWriter? = nil) -> Simulation.Settings {
    let shares = (0..<eventLoops).map { LoopShare(index: $0, count: eventLoops) }
    return Simulation.Settings(
      cores: shares.map(coreSettings), plans: shares.map(plan), ledger: ledgerSettings(epochAtZero: 0, orders: orders), system: system,
      dialect: dialect, seed: seed, keepsGoing: keepsGoing)
  }
}
