import Foundation
import Testing

@testable import LoadStatistics

@Suite("Batch means")
struct BatchMeansTests {
  @Test("Values that do not depend on one another are left as they are, in nineteen of twenty series")
  func independent() throws {
    var alone = Share()
    for seed in 0..<400 as Range<UInt64> {
      var dice = Dice(seed: seed)
      let series = Sample.laplace.draw(dice.int(40...400), &dice)
      let batches = try #require(BatchMeans(of: series))
      alone.count(batches.size == 1)
      if batches.size == 1 { #expect(batches.means == series && batches.effectiveCount == Double(series.count)) }
    }
    #expect(alone.isNoLess(than: 0.93), "\(alone)")
  }

  @Test("The effective number of a series that remembers is about n (1 − φ) ÷ (1 + φ)", arguments: [0.5, 0.8, 0.9])
  func effective(correlation: Double) throws {
    var logarithms = 0.0
    for seed in 0..<60 as Range<UInt64> {
      var dice = Dice(seed: seed)
      // Long enough for every seed to leave ten batches.
      let series = dice.remembering(16_000, correlation)
      let found = BatchMeans(of: series)
      let batches = try #require(found)
      #expect(batches.means.count >= 10 && batches.size & (batches.size - 1) == 0)
      logarithms += log(batches.effectiveCount / (16_000 * (1 - correlation) / (1 + correlation))) / 60
    }
    // In the geometric mean over the series: each by itself is but a guess from some tens of batches.
    #expect(abs(logarithms) < 0.25, "\(exp(logarithms))")
  }

  @Test("Where each value stands twice, two belong together, and one doubling more makes sure")
  func twice() throws {
    var four = Share()
    for seed in 0..<200 as Range<UInt64> {
      var dice = Dice(seed: seed)
      let series = Sample.gaussian.draw(100, &dice).flatMap { [$0, $0] }
      four.count(BatchMeans(of: series)?.size == 4)
    }
    #expect(four.isNoLess(than: 0.93), "\(four)")
  }

  @Test("Intervals of the batches hold the mean of a series that remembers, where those of the values do not")
  func coverage() {
    var (batched, plain) = (Share(), Share())
    for seed in 0..<400 as Range<UInt64> {
      var dice = Dice(seed: seed)
      let series = dice.remembering(3000, 0.8)
      plain.count(StudentT.interval(of: series, confidence: 0.95)?.contains(0) == true)
      if let batches = BatchMeans(of: series) { batched.count(StudentT.interval(of: batches.means, confidence: 0.95)?.contains(0) == true) }
    }
    #expect(batched.isNoLess(than: 0.93) && batched.tried > 390, "\(batched)")
    #expect(plain.isNoMore(than: 0.6), "\(plain)")
  }

  @Test("A batch is the mean of neighbours, and what does not come out even is left out at the beginning")
  func batches() throws {
    var dice = Dice(seed: 9)
    let series = dice.remembering(1003, 0.9)
    let batches = try #require(BatchMeans(of: series))
    #expect(batches.size > 1 && batches.means.count == 1003 / batches.size)
    for (index, mean) in batches.means.enumerated() {
      let start = 1003 % batches.size + index * batches.size
      #expect(abs(mean - series[start..<start + batches.size].reduce(0, +) / Double(batches.size)) < 1e-12)
    }
  }

  @Test("A series that is too short, has a trend or an infinite value says nothing, and one that is constant all")
  func edges() {
    #expect(BatchMeans(of: [1, 2, 1, 2, 1, 2, 1, 2, 1]) == nil)
    #expect(BatchMeans(of: (0..<1000).map(Double.init)) == nil)
    #expect(BatchMeans(of: Array(repeating: 1, count: 50) + [.infinity]) == nil)
    let constant = BatchMeans(of: Array(repeating: 2, count: 50))
    #expect(constant?.size == 1 && constant?.effectiveCount == 50)
    // Neighbours that lie on opposite sides do not count for more values than there are.
    #expect(BatchMeans(of: (0..<100).map { Double($0 % 2) })?.effectiveCount == 100)
  }
}
