import Shared
import Testing

@testable import LoadRun

@Suite("The client side tells the truth")
struct TruthTests {
  /// What the self-test looks at, too, is looked at here by what shares no code with the ledger and the audit.
  @Test(
    "Whatever befalls a run, its books are what its orders' stories come to, and their intervals hold the truth",
    arguments: Seeds.blocks(100, of: 25))
  func holdsForEverySeed(seeds: Range<UInt64>) throws {
    for seed in seeds {
      let drawn = try RandomRun(seed: seed)
      let scenario = try drawn.scenario()
      var settings = drawn.simulation(scenario)
      settings.keepsTranscript = true
      let findings = Oracle(Simulation(settings).outcome(), scenario).findings
      #expect(findings.isEmpty, "seed \(seed): \(findings.prefix(5).joined(separator: "; "))")
    }
  }
}
