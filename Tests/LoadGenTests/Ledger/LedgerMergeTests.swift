import Shared
import Testing

@testable import LoadRun

@Suite("Ledgers of several loops")
struct LedgerMergeTests {
  /// Whatever is told of one order may go to any loop; of what is told of none, what all loops are told goes to all.
  @Test("Several loops know what one would have known, however the orders were dealt out among them", arguments: Seeds.blocks(40, of: 20))
  func mergesAlike(seeds: Range<UInt64>) throws {
    for seed in seeds {
      let drawn = try RandomRun(seed: seed)
      let scenario = try drawn.scenario()
      var settings = drawn.simulation(scenario)
      settings.keepsTranscript = true
      // Of several loops the calls are not in one order of time.
      settings.cores = [scenario.coreSettings(LoopShare(index: 0, count: 1))]
      settings.plans = [scenario.plan(LoopShare(index: 0, count: 1))]
      let calls = try #require(Simulation(settings).outcome().transcript).calls
      var one = Ledger(settings: settings.ledger)
      for call in calls { call.tell(&one) }
      one.finish()
      let whole = one.fingerprint
      var dice = Dice(seed: seed)
      for count in 2...3 {
        var loops = Array(repeating: Ledger(settings: settings.ledger), count: count)
        for call in calls {
          guard !call.isForAll else {
            for loop in loops.indices { call.tell(&loops[loop]) }
            continue
          }
          call.tell(&loops[call.order.map { Int($0) % count } ?? dice.int(0...count - 1)])
        }
        for loop in loops.indices { loops[loop].finish() }
        for order in [Array(0..<count), Array((0..<count).reversed())] {
          var merged = loops[order[0]]
          for loop in order.dropFirst() { merged.merge(loops[loop]) }
          let parts = merged.fingerprint
          for (name, value) in whole where parts[name] != value {
            Issue.record("seed \(seed): \(name) of one loop is \(value), of \(count) \(parts[name] ?? "")")
          }
        }
      }
    }
  }
}
