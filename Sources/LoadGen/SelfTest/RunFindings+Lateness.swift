import Shared

/// Compares what is said about the generator's own lateness with how late it really was.
extension RunFindings {
  /// Findings for a generator that was never busy, and so can never have been late; empty for any other.
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
