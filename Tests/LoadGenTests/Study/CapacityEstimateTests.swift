import Foundation
import Testing

@testable import LoadStudy

@Suite("The estimate of a capacity")
struct CapacityEstimateTests {
  /// The share of orders that take longer than a limit in a queue with these many workers of exponential times, by the formula (Gross & Harris,
  /// "Fundamentals of Queueing Theory", 2.3): with Erlang's C they wait for an exponential time.
  private func share(_ rate: Double, workers: Int, time: Double, limit: Double) -> Double {
    let load = rate * time
    var (term, sum) = (1.0, 0.0)
    for index in 0..<workers {
      sum += term
      term *= load / Double(index + 1)
    }
    let last = term / (1 - load / Double(workers))
    let waits = last / (sum + last)
    let (served, left) = (1 / time, Double(workers) / time - rate)
    let both = (served * exp(-left * limit) - left * exp(-served * limit)) / (served - left)
    return (1 - waits) * exp(-served * limit) + waits * both
  }

  private func capacity(workers: Int, time: Double, limit: Double, left: Double) -> Double {
    var (low, high) = (0.0, Double(workers) / time)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if share(middle, workers: workers, time: time, limit: limit) < left { low = middle } else { high = middle }
    }
    return low
  }

  @Test("Of a queue's own shares it is within 6 % of what the formula says")
  func exact() throws {
    // The published figure: eight workers of 100 ms keep 95 % below 350 ms up to 63.9/s.
    #expect(abs(capacity(workers: 8, time: 0.1, limit: 0.35, left: 0.05) - 63.9) < 0.05)
    for seed in 0..<200 as Range<UInt64> {
      var dice = Dice(seed: seed)
      let (workers, left) = (dice.int(1...32), dice.pick([0.01, 0.05, 0.1]))
      let limit = 0.1 * -log(left) * (1.1 + dice.uniform())
      let truth = capacity(workers: workers, time: 0.1, limit: limit, left: left)
      let points = [0.8, 0.93, 1.06].map { factor -> CapacityEstimate.Point in
        let rate = min(truth * factor, Double(workers) / 0.1 * 0.99999)
        return CapacityEstimate.Point(rate: rate, count: 10_000, share: share(rate, workers: workers, time: 0.1, limit: limit))
      }
      // Of a queue that keeps its goal until it is full, no rate that was tried may be beyond it.
      if points[2].share <= left { continue }
      let found = try #require(CapacityEstimate(points, left: left).rate, "\(seed): \(points)")
      #expect(abs(found / truth - 1) < 0.06, "\(seed): \(found) \(truth)")
    }
  }

  @Test("By counts as they come by chance it is within 5 % in nine of ten cases")
  func byChance() throws {
    let truth = capacity(workers: 8, time: 0.1, limit: 0.35, left: 0.05)
    var near = Share()
    for seed in 0..<400 as Range<UInt64> {
      var dice = Dice(seed: seed)
      let points = [0.85, 0.95, 1.0, 1.07, 1.15].map { factor -> CapacityEstimate.Point in
        let rate = truth * factor * (1 + 0.02 * dice.gaussian())
        let expected = share(rate, workers: 8, time: 0.1, limit: 0.35)
        // As if of so many independent orders.
        let error = (expected * (1 - expected) / 1_000).squareRoot()
        return CapacityEstimate.Point(rate: rate, count: 1_000, share: max(0, expected + error * dice.gaussian()))
      }
      let found = CapacityEstimate(points.sorted { $0.rate < $1.rate }, left: 0.05).rate
      near.count(found.map { abs($0 / truth - 1) < 0.05 } ?? false)
    }
    #expect(near.isNoLess(than: 0.9), "\(near)")
  }

  @Test("Where nothing breaks, or everything does, there is none; at a cliff it is between its ends")
  func edges() {
    func point(_ rate: Double, _ share: Double) -> CapacityEstimate.Point { CapacityEstimate.Point(rate: rate, count: 500, share: share) }
    #expect(CapacityEstimate([], left: 0.05).rate == nil)
    #expect(CapacityEstimate([point(10, 0), point(20, 0.01)], left: 0.05).rate == nil)
    #expect(CapacityEstimate([point(10, 0.2), point(20, 0.3)], left: 0.05).rate == nil)
    for shares in [[0, 0, 1, 1], [0, 0, 0.9, 1], [0.001, 0.0005, 1, 1]] as [[Double]] {
      let found = CapacityEstimate(zip([10, 20, 40, 80], shares).map(point), left: 0.05).rate ?? 0
      #expect((20...40).contains(found), "\(shares) \(found)")
    }
  }
}
