import Foundation
import Testing

@testable import LoadStatistics

@Suite("Ranks that enclose a quantile")
struct QuantileRanksTests {
  /// P(N ≤ k) for each k, added up from the probabilities.
  private static func binomial(_ count: Int, _ p: Double) -> [Double] {
    var row = [1.0]
    for _ in 0..<count {
      var next = Array(repeating: 0.0, count: row.count + 1)
      for (index, value) in row.enumerated() {
        next[index] += value * (1 - p)
        next[index + 1] += value * p
      }
      row = next
    }
    var sum = 0.0
    return row.map { value in
      sum += value
      return sum
    }
  }

  @Test("They are the innermost ones whose tails are small enough, of probabilities that are added up", arguments: Seeds.blocks(80))
  func bruteForce(seeds: Range<UInt64>) {
    for seed in seeds {
      var dice = Dice(seed: seed)
      let count = dice.int(1...150)
      let p = dice.pick([0.5, 0.9, 0.95, 0.05, dice.uniform()])
      let confidence = dice.pick([0.5, 0.9, 0.95, 0.99])
      let error = (1 - confidence) / 2
      let below = Self.binomial(count, p)
      let lower = (1...count).last { below[$0 - 1] <= error }
      let upper = (1...count).first { 1 - below[$0 - 1] <= error }
      let ranks = QuantileRanks(of: count, quantile: p, confidence: confidence)
      guard let lower, let upper else {
        #expect(ranks == nil && count < QuantileRanks.fewest(quantile: p, confidence: confidence), "seed \(seed)")
        continue
      }
      #expect(ranks?.lower == lower && ranks?.upper == upper, "seed \(seed)")
      #expect(count >= QuantileRanks.fewest(quantile: p, confidence: confidence), "seed \(seed)")
    }
  }

  @Test("The values of these ranks hold the quantile at least as often as was said", arguments: [0.5, 0.9])
  func coverage(p: Double) throws {
    var held = Share()
    for seed in 0..<1500 as Range<UInt64> {
      var dice = Dice(seed: seed)
      let values = (0..<60).map { _ in dice.uniform() }.sorted()
      let ranks = try #require(QuantileRanks(of: 60, quantile: p, confidence: 0.9))
      held.count(values[ranks.lower - 1] <= p && p <= values[ranks.upper - 1])
    }
    #expect(held.isNoLess(than: 0.9), "\(held)")
  }

  @Test("Of many values they lie where the normal distribution puts them, up to a billion", arguments: [10_000, 1_000_000, 1_000_000_000])
  func many(count: Int) throws {
    for p in [0.5, 0.99, 0.9999, 0.001] {
      guard Double(count) * min(p, 1 - p) > 50 else { continue }
      let ranks = try #require(QuantileRanks(of: count, quantile: p, confidence: 0.95))
      let deviation = (Double(count) * p * (1 - p)).squareRoot()
      #expect(abs((Double(ranks.lower) - Double(count) * p) / deviation + 1.96) < 0.15)
      #expect(abs((Double(ranks.upper) - Double(count) * p) / deviation - 1.96) < 0.15)
    }
  }

  @Test("The median needs six values with 95 %, the 99th percentile 368, and one more decides where one too few does not")
  func fewest() {
    #expect(QuantileRanks.fewest(quantile: 0.5, confidence: 0.95) == 6)
    #expect(QuantileRanks.fewest(quantile: 0.99, confidence: 0.95) == 368)
    for (p, confidence) in [(0.5, 0.95), (0.99, 0.95), (0.999, 0.99), (0.02, 0.9)] {
      let fewest = QuantileRanks.fewest(quantile: p, confidence: confidence)
      #expect(QuantileRanks(of: fewest - 1, quantile: p, confidence: confidence) == nil)
      #expect(QuantileRanks(of: fewest, quantile: p, confidence: confidence) != nil)
    }
    #expect(QuantileRanks(of: 0, quantile: 0.5, confidence: 0.95) == nil)
  }
}
