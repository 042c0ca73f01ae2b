import Shared

/// What is said of the load generator's own lateness, held against how it really was.
extension RunFindings {
  static func lateness(_ ledger: Ledger, _ generator: Simulation.Generator) -> [String] {
    guard generator.busy == 0 else { return [] }
    var found: [String] = []
    if let lag = ledger.latencies.loopLag.observed.max, lag > 0 {
      found.append("a loop that is never busy is said to have been late by \(lag) ns")
    }
    if ledger.ownDoing.all > 0 { found.append("a loop that never stood still is said to have cost orders: \(ledger.ownDoing)") }
    return found
  }
}
