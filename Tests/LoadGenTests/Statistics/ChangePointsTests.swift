import Foundation
import Testing

@testable import LoadStatistics

@Suite("Change points")
struct ChangePointsTests {
  @Test("The split with the greatest energy is the one by the formula, over all pairs of splits and ends", arguments: Seeds.blocks(40))
  func energy(seeds: Range<UInt64>) throws {
    for seed in seeds {
      var dice = Dice(seed: seed)
      let values = dice.pick([Sample.gaussian, .cauchy]).draw(dice.int(2...14), &dice)
      func distances(_ left: Range<Int>, _ right: Range<Int>) -> Double {
        left.reduce(0) { sum, i in right.reduce(sum) { $0 + abs(values[i] - values[$1]) } }
      }
      var best = -Double.infinity
      var split = 0
      for end in 2...values.count {
        for tau in 1..<end {
          let (n, m) = (Double(tau), Double(end - tau))
          var energy = 2 / (n + m) * distances(0..<tau, tau..<end)
          if tau > 1 { energy -= 2 * m / (n + m) / (n - 1) * distances(0..<tau, 0..<tau) / 2 }
          if end - tau > 1 { energy -= 2 * n / (n + m) / (m - 1) * distances(tau..<end, tau..<end) / 2 }
          if energy > best { (best, split) = (energy, tau) }
        }
      }
      // As a piece of something longer.
      let found = try #require(EnergySplit((values + [1000] + values + [1000])[(values.count + 1)..<(2 * values.count + 1)]))
      #expect(found.index - values.count - 1 == split && abs(found.energy - best) < 1e-9 * max(1, abs(best)), "seed \(seed)")
    }
  }

  @Test("Levels that lie six deviations apart are told from one another where they change", arguments: Seeds.blocks(60))
  func steps(seeds: Range<UInt64>) {
    for seed in seeds {
      var dice = Dice(seed: seed)
      var series: [Double] = []
      var places: [Int] = []
      var level = 100.0
      for _ in 0...dice.int(0...3) {
        if !series.isEmpty { places.append(series.count) }
        series += (0..<dice.int(8...90)).map { _ in level + dice.uniform() - 0.5 }
        level += dice.chance(0.5) ? 1.75 : -1.75
      }
      let found = ChangePoints.find(in: series)
      // A value that happens to lie near the other level may move the place by one, and noise may be taken for one change more.
      #expect(places.allSatisfy { place in found.contains { abs($0.index - place) <= 1 } }, "seed \(seed): \(places), \(found)")
      let bounds = [0] + found.map(\.index) + [series.count]
      for (index, point) in found.enumerated() {
        #expect(point == ChangePoint(point.index, in: bounds[index]..<bounds[index + 2], of: series, confidence: 0.95), "seed \(seed)")
      }
      for point in found where places.contains(point.index) {
        #expect(abs(abs(point.after - point.before) - 1.75) < 0.6 && point.pValue < 0.001)
        #expect(point.size.map { $0.contains(point.after - point.before) && !$0.contains(0) } == true)
      }
    }
  }

  @Test("A single spike is no change, however high, also as the first or the last value", arguments: Seeds.blocks(60))
  func spikes(seeds: Range<UInt64>) {
    for seed in seeds {
      var dice = Dice(seed: seed)
      // Without gaps or clusters that chance would make: the same values in another order.
      let count = dice.int(6...120)
      let series = (0..<count).map { Double($0 * 7 % 5) }
      let place = dice.pick([0, count - 1, dice.int(0...count - 1)])
      var spiked = series
      spiked[place] += dice.pick([3, 10, 1000, 1e9]) * (dice.chance(0.5) ? 1 : -1)
      #expect(ChangePoints.find(in: spiked).isEmpty, "seed \(seed), \(place) of \(count)")
    }
  }

  @Test("A second value on the new level makes it a change, and a level that stands without any scatter is one")
  func second() {
    let calm = (0..<30).map { Double($0 * 7 % 5) }
    #expect(ChangePoints.find(in: calm + [40]).isEmpty)
    #expect(ChangePoints.find(in: calm + [40, 41]).map(\.index) == [30])
    let plain = Array(repeating: 1.0, count: 10) + Array(repeating: 2.0, count: 10)
    let found = ChangePoints.find(in: plain)
    #expect(found.map(\.index) == [10] && found[0].pValue == 0 && found[0].size == 1...1)
  }

  @Test("Noise shows a change in few series, and in fewer the stricter one is")
  func falseAlarms() {
    var (strict, lax) = (Share(), Share())
    for seed in 0..<300 as Range<UInt64> {
      var dice = Dice(seed: seed)
      let series = Sample.gaussian.draw(60, &dice)
      strict.count(!ChangePoints.find(in: series, significance: 0.0001).isEmpty)
      lax.count(!ChangePoints.find(in: series, significance: 0.001).isEmpty)
    }
    #expect(strict.isNoMore(than: 0.01) && lax.isNoMore(than: 0.05) && strict.held <= lax.held, "\(strict), \(lax)")
  }

  @Test("Short, constant and infinite series have none, and any window is taken")
  func edges() {
    for series in [[], [1], [1, 2], [1, 1, 1, 1], Array(repeating: 5, count: 200)] as [[Double]] {
      #expect(ChangePoints.find(in: series).isEmpty)
    }
    #expect(ChangePoints.find(in: [1, 1, 1, 1, .infinity, 9, 9, 9, 9]).isEmpty)
    let step = (0..<80).map { Double($0 * 7 % 5) + ($0 < 40 ? 0 : 50) }
    for window in [2, 3, 7, 50, 1000] {
      let found = ChangePoints.find(in: step, window: window)
      #expect(window < 7 || found.map(\.index) == [40], "\(window): \(found)")
    }
  }
}
