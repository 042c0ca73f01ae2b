import Foundation
import Testing

@testable import LoadStatistics

@Suite("How sure a percentile is")
struct QuantileTestTests {
  @Test(
    "As many values are needed as MLPerf's early stopping needs: with none beyond the limit, and with one",
    arguments: [(0.9, 44, 64), (0.95, 90, 130), (0.99, 459, 662), (0.999, 4_603, 6_636)])
  func table(quantile: Double, none: Int, one: Int) {
    let test = QuantileTest(quantile: quantile, confidence: 0.99)
    #expect(test.holds(count: Double(none), beyond: 0) && !test.holds(count: Double(none - 1), beyond: 0))
    #expect(test.holds(count: Double(one), beyond: 1) && !test.holds(count: Double(one - 1), beyond: 1))
    #expect(test.fewest(share: 0) == Double(one))
  }

  @Test(
    "It is wrong no more often than said, and is sure where the share is far from the percentile's", arguments: Seeds.blocks(400, of: 400))
  func binomial(seeds: Range<UInt64>) {
    var (wrong, right) = (Share(), Share())
    let test = QuantileTest(quantile: 0.9, confidence: 0.95)
    for seed in seeds {
      var dice = Dice(seed: seed)
      func beyond(_ share: Double) -> Double { Double((0..<1_000).count { _ in dice.uniform() < share }) }
      let limit = beyond(0.1)
      wrong.count(test.holds(count: 1_000, beyond: limit) || test.fails(count: 1_000, beyond: limit))
      right.count(test.holds(count: 1_000, beyond: beyond(0.06)) && test.fails(count: 1_000, beyond: beyond(0.14)))
    }
    // Five of a hundred on either side.
    #expect(wrong.isNoMore(than: 0.1) && right.isNoLess(than: 0.95), "\(wrong) \(right)")
  }

  @Test("What is needed decides, and hardly less does", arguments: Seeds.blocks(60))
  func needed(seeds: Range<UInt64>) throws {
    for seed in seeds {
      var dice = Dice(seed: seed)
      let quantile = dice.pick([0.5, 0.9, 0.95, 0.99])
      let test = QuantileTest(quantile: quantile, confidence: dice.pick([0.9, 0.99]))
      let share = (1 - quantile) * dice.pick([0.3, 0.7, 1.4, 1.9])
      let count = try #require(test.fewest(share: share))
      func isSure(_ count: Double) -> Bool {
        test.holds(count: count, beyond: max(1, share * count)) || test.fails(count: count, beyond: max(1, share * count))
      }
      #expect(isSure(count) && (count < 3 || !isSure(count - 1)), "seed \(seed): \(count)")
    }
    #expect(QuantileTest(quantile: 0.9, confidence: 0.99).fewest(share: 0.1) == nil)
  }

  @Test("Nothing is sure of no values, and none is beyond what all are within")
  func edges() {
    let test = QuantileTest(quantile: 0.99, confidence: 0.99)
    #expect(!test.holds(count: 0, beyond: 0) && !test.fails(count: 0, beyond: 0))
    #expect(test.fails(count: 1_000, beyond: 1_000) && !test.holds(count: 1_000, beyond: 1_000))
    #expect(test.holds(count: 1e9, beyond: 0) && test.fails(count: 1e9, beyond: 2e7))
  }
}

@Suite("How many values in a series lie beyond a limit")
struct ExceedanceSeriesTests {
  /// Of so many stretches of a series that remembers, how many values are beyond the one that a share of them lies beyond.
  private func series(_ dice: inout Dice, stretches: Int, of length: Int, _ correlation: Double, beyond limit: Double) -> ExceedanceSeries {
    let values = dice.remembering(stretches * length, correlation)
    // Their deviation is 1 ÷ √(1 − φ²), or 1, by how they are drawn; either way it is that of all of them.
    let deviation = (values.reduce(0) { $0 + $1 * $1 } / Double(values.count)).squareRoot()
    return ExceedanceSeries(
      counts: Array(repeating: length, count: stretches),
      beyond: stride(from: 0, to: values.count, by: length).map { start in
        values[start..<start + length].count { $0 > limit * deviation }
      })
  }

  @Test("Independent values are worth what they are; of values that remember, many are worth one")
  func dependence() throws {
    var alone = Share()
    for seed in 0..<200 as Range<UInt64> {
      var dice = Dice(seed: seed)
      alone.count(try #require(series(&dice, stretches: 200, of: 20, 0, beyond: 1.28).dependence) < 1.5)
    }
    #expect(alone.isNoLess(than: 0.95), "\(alone)")
    var dice = Dice(seed: 1)
    let found = try #require(series(&dice, stretches: 400, of: 50, 0.95, beyond: 1.28).dependence)
    #expect((4...60).contains(found), "\(found)")
  }

  @Test("With what they are worth, a percentile is called sure and is not, no more often than said; without, far more often")
  func coverage() {
    let test = QuantileTest(quantile: 0.9, confidence: 0.95)
    var (judged, naive) = (Share(), Share())
    for seed in 0..<400 as Range<UInt64> {
      var dice = Dice(seed: seed)
      // The limit is the 0.9-quantile of the normal distribution: holding and failing are both wrong.
      let found = series(&dice, stretches: 200, of: 20, 0.9, beyond: 1.281551565545)
      func isWrong(_ worth: Double) -> Bool {
        let (count, beyond) = (4_000 / worth, found.share * 4_000 / worth)
        return test.holds(count: count, beyond: beyond) || test.fails(count: count, beyond: beyond)
      }
      naive.count(isWrong(1))
      if let dependence = found.dependence { judged.count(isWrong(dependence)) }
    }
    #expect(judged.isNoMore(than: 0.12) && judged.tried > 350, "\(judged)")
    #expect(naive.isNoLess(than: 0.3), "\(naive)")
  }

  @Test("Too few stretches, and a limit beyond which there is none, say nothing")
  func nothing() {
    #expect(ExceedanceSeries(counts: Array(repeating: 10, count: 19), beyond: Array(repeating: 1, count: 19)).dependence == nil)
    #expect(ExceedanceSeries(counts: Array(repeating: 10, count: 40), beyond: Array(repeating: 0, count: 40)).dependence == nil)
    #expect(ExceedanceSeries(counts: [], beyond: []).dependence == nil && ExceedanceSeries(counts: [], beyond: []).share == 0)
  }
}
