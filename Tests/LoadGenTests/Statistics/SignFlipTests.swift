import Foundation
import Testing

@testable import LoadStatistics

@Suite("Sign-flip intervals")
struct SignFlipTests {
  /// The means of all non-empty sets, sorted.
  private static func means(_ values: [Double]) -> [Double] {
    (1..<1 << values.count).map { set in
      let members = values.indices.filter { set >> $0 & 1 == 1 }.map { values[$0] }
      return members.reduce(0, +) / Double(members.count)
    }.sorted()
  }

  private static func isNear(_ a: Double, _ b: Double) -> Bool { a == b || abs(a - b) <= 1e-12 * max(abs(a), abs(b), 1) }

  @Test("The ends are the k-th smallest and the k-th greatest mean of all sets, ties or not", arguments: Seeds.blocks(60))
  func bruteForce(seeds: Range<UInt64>) throws {
    for seed in seeds {
      var dice = Dice(seed: seed)
      var values = dice.pick(Sample.allCases).draw(dice.int(1...11), &dice)
      if dice.chance(0.3) { values = values.map { $0.rounded() } }
      let confidence = dice.pick([0.5, 0.8, 0.9, 0.95, 0.99])
      let rank = Int((1 - confidence) / 2 * Double(1 << values.count))
      let interval = SignFlip.interval(of: values, confidence: confidence)
      guard rank > 0 else {
        #expect(interval == nil)
        continue
      }
      let found = try #require(interval)
      let means = Self.means(values)
      #expect(Self.isNear(found.lowerBound, means[rank - 1]) && Self.isNear(found.upperBound, means[means.count - rank]), "seed \(seed)")
    }
  }

  @Test("Of all ways to flip the signs about the centre, exactly 2k lose it", arguments: 0..<6)
  func allFlips(seed: UInt64) {
    var dice = Dice(seed: seed)
    let values = dice.pick(Sample.allCases).draw(9, &dice)
    for (confidence, rank) in [(0.95, 12), (0.99, 2)] {
      let lost = (0..<512).count { flips in
        let flipped = values.indices.map { flips >> $0 & 1 == 1 ? 5 - values[$0] : 5 + values[$0] }
        return SignFlip.interval(of: flipped, confidence: confidence)?.contains(5) != true
      }
      #expect(lost == 2 * rank, "seed \(seed)")
    }
  }

  @Test(
    "When only a group of the sets is flipped, the centre is in each gap between their means equally often",
    arguments: [(7, 7), (9, 6), (20, 8), (64, 7), (65, 6), (128, 8), (129, 7), (300, 8)])
  func group(count: Int, flips: Int) {
    var dice = Dice(seed: UInt64(count))
    let values = Sample.laplace.draw(count, &dice)
    let generators = FlipSets(values, flips: flips).generators
    var places: Set<Int> = []
    for choice in 0..<1 << flips {
      let set = (0..<flips).reduce(FlipSets.Set.zero) { choice >> $1 & 1 == 1 ? $0 ^ generators[$1] : $0 }
      let flipped = values.indices.map { index in
        let block = index % FlipSets.mostBlocks
        return set[block / 64] >> UInt64(block % 64) & 1 == 1 ? -values[index] : values[index]
      }
      places.insert(FlipSets(flipped, flips: flips).means().least.count { $0 < 0 })
    }
    #expect(places.count == 1 << flips, "a place was met twice")
  }

  @Test(
    "The centre is held as often as was said, whatever the distribution, with few and with many differences", arguments: Sample.allCases)
  func coverage(sample: Sample) {
    for (count, tries) in [(8, 1200), (14, 300), (24, 120)] {
      var held = Share()
      for seed in 0..<UInt64(tries) {
        var dice = Dice(seed: seed &+ 1000 &* UInt64(count))
        held.count(SignFlip.interval(of: sample.draw(count, &dice), confidence: 0.95)?.contains(0) == true)
      }
      let exact = count == 8 ? 1 - 12.0 / 256 : 0.95
      #expect(held.isNoLess(than: exact) && held.isNoMore(than: exact), "\(held) of \(count)")
    }
  }

  @Test("It moves with the differences, grows with them, and is mirrored with them", arguments: Seeds.blocks(40))
  func equivariance(seeds: Range<UInt64>) throws {
    for seed in seeds {
      var dice = Dice(seed: seed)
      let values = Sample.laplace.draw(dice.chance(0.8) ? dice.int(8...18) : dice.int(21...400), &dice)
      let interval = try #require(SignFlip.interval(of: values, confidence: 0.99))
      let other = try #require(SignFlip.interval(of: values.map { 3 - 2 * $0 }, confidence: 0.99))
      #expect(Self.isNear(other.lowerBound, 3 - 2 * interval.upperBound) && Self.isNear(other.upperBound, 3 - 2 * interval.lowerBound))
      let narrower = try #require(SignFlip.interval(of: values, confidence: 0.9))
      #expect(interval.lowerBound <= narrower.lowerBound && narrower.upperBound <= interval.upperBound, "seed \(seed)")
    }
  }

  @Test("Six differences are needed for 95 %, eight for 99 %, and of more than 1 − 2⁻¹⁹ there is none")
  func fewest() {
    #expect(SignFlip.fewest(confidence: 0.95) == 6 && SignFlip.fewest(confidence: 0.99) == 8)
    #expect(SignFlip.fewest(confidence: SignFlip.greatestConfidence) == 20)
    #expect(SignFlip.fewest(confidence: SignFlip.greatestConfidence.nextUp) == nil)
    for confidence in [0.9, 0.95, 0.99, 0.9999] {
      let fewest = SignFlip.fewest(confidence: confidence) ?? 0
      #expect(SignFlip.interval(of: Array(repeating: 1, count: fewest - 1), confidence: confidence) == nil)
      #expect(SignFlip.interval(of: Array(repeating: 1, count: fewest), confidence: confidence) == 1...1)
    }
    // More than 20 differences do not make a high confidence impossible again.
    for count in 19...24 {
      let values = (0..<count).map(Double.init)
      #expect(SignFlip.interval(of: values, confidence: 0.99999)?.contains(Double(count - 1) / 2) == true)
    }
  }

  @Test("Infinite differences widen the interval as greater ones would, and those of both signs on both sides")
  func infinite() {
    let six: [Double] = [1, 2, 3, 4, 5, .infinity]
    #expect(SignFlip.interval(of: six, confidence: 0.95) == 1 ... .infinity)
    #expect(SignFlip.interval(of: six.map { -$0 }, confidence: 0.95) == -.infinity ... -1)
    #expect(SignFlip.interval(of: Array(repeating: .infinity, count: 6), confidence: 0.95) == .infinity ... .infinity)
    // Only 32 of 2¹² sets have the one above and none below, and the 102nd greatest mean counts: that of a set with both may be any.
    let both: [Double] = [1, 2, 3, 4, 5, .infinity] + Array(repeating: -.infinity, count: 6)
    #expect(SignFlip.interval(of: both, confidence: 0.95) == -.infinity ... .infinity)
    #expect(SignFlip.interval(of: both.map { -$0 }, confidence: 0.95) == -.infinity ... .infinity)
    // With many, as with few: some infinite ones of 30 are in nearly all sets, and the lower end stays finite only where they are few.
    let many = (0..<30).map { $0 == 29 ? Double.infinity : Double($0) }
    let interval = SignFlip.interval(of: many, confidence: 0.95)
    #expect(interval?.lowerBound.isFinite == true && interval?.upperBound == .infinity)
    #expect(SignFlip.interval(of: [1, 2, 3, 4, 5, 1e308], confidence: 0.95) == 1 ... .infinity)
  }

  @Test("The k-th smallest is found in any order, with ties and infinities", arguments: Seeds.blocks(100))
  func selection(seeds: Range<UInt64>) {
    for seed in seeds {
      var dice = Dice(seed: seed)
      let spread = dice.int(1...40)
      let values = (0..<dice.int(1...200)).map { _ in dice.chance(0.05) ? -.infinity : Double(dice.int(0...spread)) }
      let sorted = values.sorted()
      let place = dice.int(0...values.count - 1)
      for start in [values, sorted, sorted.reversed()] {
        var copy = start
        #expect(copy.select(place) == sorted[place])
      }
    }
  }
}
