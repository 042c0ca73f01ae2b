import Shared
import Testing

@testable import LoadRun

@Suite("Between which ends a mean must lie")
struct MeanBoundsTests {
  /// A few orders of each kind, with durations that the histogram keeps to the nanosecond.
  private struct Drawn {
    var before: (count: Int, mean: ClosedRange<Double>)
    var sure: [Bounds<Int64>]
    var maybe: [Bounds<Int64>]
    var open: (count: Int, longest: Int64)

    init(_ dice: inout Dice) {
      func bounds(_ dice: inout Dice) -> Bounds<Int64> {
        let low = Int64(dice.int(0...500))
        return Bounds(lower: low, upper: low + Int64(dice.int(0...500)))
      }
      let mean = Double(dice.int(0...500))
      before = (dice.int(0...2), mean...mean + Double(dice.int(0...100)))
      sure = (0..<dice.int(0...3)).map { _ in bounds(&dice) }
      maybe = (0..<dice.int(0...4)).map { _ in bounds(&dice) }
      open = (dice.int(0...2), Int64(dice.int(0...1_000)))
    }

    /// The least and the greatest mean over every choice of those that may have completed.
    func bruteForce(taken: Int?) -> ClosedRange<Double>? {
      var range: ClosedRange<Double>?
      let candidates = maybe.map { ($0.lower, $0.upper ?? 0) } + Array(repeating: (0, open.longest), count: open.count)
      for choice in 0..<(1 << candidates.count) {
        let chosen = candidates.indices.filter { choice >> $0 & 1 == 1 }.map { candidates[$0] }
        if let taken, chosen.count != taken { continue }
        let count = Double(before.count + sure.count + chosen.count)
        guard count > 0 else { continue }
        let low = Double(before.count) * before.mean.lowerBound + Double(sure.reduce(0) { $0 + $1.lower } + chosen.reduce(0) { $0 + $1.0 })
        let high =
          Double(before.count) * before.mean.upperBound
          + Double(sure.reduce(0) { $0 + ($1.upper ?? 0) } + chosen.reduce(0) { $0 + $1.1 })
        range = min(range?.lowerBound ?? .infinity, low / count)...max(range?.upperBound ?? -.infinity, high / count)
      }
      return range
    }

    func mean(unknown: Int?, taken: Int?) -> MeanBounds {
      var (lower, upper) = (Spread(), Spread())
      for bounds in maybe {
        lower.add(bounds.lower)
        upper.add(bounds.upper ?? 0)
      }
      return MeanBounds(
        before: before,
        sure: (sure.count, sure.reduce(0) { $0 + Int128($1.lower) }, sure.reduce(0) { $0 + Int128($1.upper ?? 0) }), maybeLower: lower,
        maybeUpper: upper, open: open, unknown: unknown, taken: taken)
    }
  }

  @Test("They are the least and the greatest mean of any choice of orders that may have completed")
  func bruteForce() throws {
    var compared = 0
    for seed in 0..<2_000 as Range<UInt64> {
      var dice = Dice(seed: seed)
      let drawn = Drawn(&dice)
      let candidates = drawn.maybe.count + drawn.open.count
      let taken = dice.chance(0.5) ? dice.int(0...candidates) : nil
      // Without a number of those that completed, and none that surely did, there may be no mean at all.
      let isSure = drawn.before.count + drawn.sure.count + (taken ?? 0) > 0
      let bounds = drawn.mean(unknown: 0, taken: taken).bounds
      guard isSure else {
        #expect(bounds == nil, "seed \(seed)")
        continue
      }
      let expected = try #require(drawn.bruteForce(taken: taken))
      let found = try #require(bounds)
      #expect(abs(found.lower - expected.lowerBound) < 1e-6, "seed \(seed): \(found.lower), and not \(expected.lowerBound)")
      #expect(abs((found.upper ?? .infinity) - expected.upperBound) < 1e-6, "seed \(seed)")
      compared += 1
    }
    #expect(compared > 1_000)
  }

  @Test("An order of which nothing is known may have taken any time: there is no greatest mean, unless none of them completed")
  func unknown() {
    for seed in 0..<200 as Range<UInt64> {
      var dice = Dice(seed: seed)
      var drawn = Drawn(&dice)
      drawn.sure.append(Bounds(lower: 10, upper: 20))
      #expect(drawn.mean(unknown: 1, taken: nil).bounds.map { $0.upper == nil } == true)
      #expect(drawn.mean(unknown: nil, taken: nil).bounds == nil, "any number of them")
      let none = drawn.mean(unknown: 3, taken: 0).bounds
      #expect(none?.upper == drawn.mean(unknown: 0, taken: 0).bounds?.upper && none?.upper != nil)
    }
  }

  @Test("A number of completed orders that cannot be is left aside: it contradicts the counts, and not the mean")
  func impossibleCount() {
    for seed in 0..<200 as Range<UInt64> {
      var dice = Dice(seed: seed)
      var drawn = Drawn(&dice)
      drawn.sure.append(Bounds(lower: 10, upper: 20))
      let plain = drawn.mean(unknown: 0, taken: nil).bounds
      for taken in [-1, drawn.maybe.count + drawn.open.count + 1] {
        let bounds = drawn.mean(unknown: 0, taken: taken).bounds
        #expect(bounds?.lower == plain?.lower && bounds?.upper == plain?.upper)
      }
    }
  }
}
