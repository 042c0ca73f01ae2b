import Foundation
import Testing

@testable import LoadStatistics

@Suite("Confidence sequences by signs")
struct SignSequenceTests {
  @Test(
    "The stake is the mean of (2q)ᵏ (2 − 2q)ⁿ⁻ᵏ over the distribution of q above a half",
    arguments: [(0, 1), (1, 1), (9, 9), (9, 12), (40, 60)])
  func stake(above: Int, count: Int) {
    // Beta(2, ½) above ½, with q = 1 − u², which has no pole; by Simpson's rule.
    func integral(_ value: (Double) -> Double) -> Double {
      let steps = 20_000
      let width = 0.5.squareRoot() / Double(steps)
      return (0...steps).reduce(0) { sum, step in
        let q = 1 - pow(Double(step) * width, 2)
        return sum + (step == 0 || step == steps ? 1 : step % 2 == 1 ? 4 : 2) * q * value(q) * width / 3
      }
    }
    let expected = integral { pow(2 * $0, Double(above)) * pow(2 - 2 * $0, Double(count - above)) } / integral { _ in 1 }
    #expect(abs(SignMixture.logarithm(above: above, of: count) - log(expected)) < 1e-9)
  }

  @Test(
    "However long it is looked at, a fair coin refutes the median with at most the error that was allowed", arguments: [0.05, 0.025, 0.005])
  func error(_ error: Double) {
    // The exact probabilities of each number of differences above, of those sequences that have not refuted it yet.
    var mixture = SignMixture(error: error)
    var alive = [1.0]
    var refuted = 0.0
    for _ in 0..<1500 {
      mixture.add()
      var next = Array(repeating: 0.0, count: alive.count + 1)
      for (above, probability) in alive.enumerated() {
        next[above] += probability / 2
        next[above + 1] += probability / 2
      }
      while next.count > mixture.mostAbove + 1 { refuted += next.removeLast() }
      alive = next
    }
    #expect(refuted < error)
    #expect(refuted > error / 3, "it would hardly ever decide")
  }

  @Test("The greatest number that does not refute is the one by the definition", arguments: [0.05, 0.005, 1e-6])
  func mostAbove(error: Double) {
    var mixture = SignMixture(error: error)
    for count in 1...300 {
      mixture.add()
      let expected = (0...count).last { SignMixture.logarithm(above: $0, of: count) < -log(error) }
      #expect(mixture.mostAbove == expected)
    }
  }

  @Test("What is left is what no look has refuted, with ties against whoever asks", arguments: Seeds.blocks(60))
  func definition(seeds: Range<UInt64>) {
    for seed in seeds {
      var dice = Dice(seed: seed)
      let values = dice.pick(Sample.allCases).draw(dice.int(1...40), &dice).map { ($0 * 2).rounded() / 2 }
      let confidence = dice.pick([0.8, 0.95, 0.99])
      let limit = -log((1 - confidence) / 2)
      func isLeft(_ candidate: Double) -> Bool {
        (1...values.count).allSatisfy { count in
          let seen = values[..<count]
          return SignMixture.logarithm(above: seen.count { $0 > candidate }, of: count) < limit
            && SignMixture.logarithm(above: seen.count { $0 < candidate }, of: count) < limit
        }
      }
      let sequence = SignSequence(values)
      let interval = sequence.interval(confidence: confidence)
      let candidates = values + values.map { $0 + 0.25 } + values.map { $0 - 0.25 }
      guard !sequence.contradictsItself(confidence: confidence) else {
        #expect(!candidates.contains(where: isLeft), "seed \(seed)")
        continue
      }
      for candidate in candidates { #expect(interval.contains(candidate) == isLeft(candidate), "seed \(seed), \(candidate)") }
    }
  }

  @Test("All intervals of a sequence hold the median as often as was said, whatever the distribution", arguments: Sample.allCases)
  func coverage(sample: Sample) {
    var held = Share()
    for seed in 0..<400 as Range<UInt64> {
      var dice = Dice(seed: seed)
      let sequence = SignSequence(sample.draw(120, &dice))
      held.count(!sequence.contradictsItself(confidence: 0.9) && sequence.interval(confidence: 0.9).contains(0))
    }
    #expect(held.isNoLess(than: 0.9), "\(held)")
  }

  @Test("They hold the median of a skewed distribution, and of one that often is the median itself")
  func skewed() {
    var (skewed, lumpy) = (Share(), Share())
    for seed in 0..<400 as Range<UInt64> {
      var dice = Dice(seed: seed)
      let waits = (0..<120).map { _ in -log(dice.uniform()) - log(2) }
      // Half of them above, a fifth below: 0 is a median, and most of the rest lie at it.
      let lumps = (0..<120).map { _ in
        let draw = dice.uniform()
        return draw < 0.5 ? 1.0 : draw < 0.8 ? 0 : -1
      }
      for (values, isSkewed) in [(waits, true), (lumps, false)] {
        let sequence = SignSequence(values)
        let holds = !sequence.contradictsItself(confidence: 0.9) && sequence.interval(confidence: 0.9).contains(0)
        if isSkewed { skewed.count(holds) } else { lumpy.count(holds) }
      }
    }
    #expect(skewed.isNoLess(than: 0.9) && lumpy.isNoLess(than: 0.9), "\(skewed), \(lumpy)")
  }

  @Test("Seven differences that agree decide with 95 %, nine with 99 %")
  func fewest() {
    for (confidence, fewest) in [(0.95, 7), (0.99, 9)] {
      #expect(SignSequence.fewest(confidence: confidence) == fewest)
      var sequence = SignSequence((1..<fewest).map(Double.init))
      #expect(sequence.interval(confidence: confidence) == -.infinity ... .infinity)
      sequence.add(0.5)
      #expect(sequence.interval(confidence: confidence) == 0.5...Double(fewest - 1))
    }
    #expect(SignSequence().interval(confidence: 0.95) == -.infinity ... .infinity)
  }

  @Test("It never grows, and differences that are all alike leave but themselves")
  func shrinking() {
    var dice = Dice(seed: 4)
    var sequence = SignSequence()
    var last = -Double.infinity ... .infinity
    for value in Sample.cauchy.draw(200, &dice) {
      sequence.add(value)
      let next = sequence.interval(confidence: 0.99)
      #expect(last.lowerBound <= next.lowerBound && next.upperBound <= last.upperBound)
      last = next
    }
    #expect(last.upperBound - last.lowerBound < 2)
    #expect(SignSequence(Array(repeating: 0, count: 9)).interval(confidence: 0.99) == 0...0)
    let unbounded = SignSequence(Array(repeating: .infinity, count: 9)).interval(confidence: 0.99)
    #expect(unbounded == .infinity ... .infinity)
  }

  @Test("Where later differences lie elsewhere than earlier ones, it spans both and says so")
  func contradiction() {
    let sequence = SignSequence((0..<150).map { Double($0 % 3) + ($0 < 20 ? 100 : 0) })
    let interval = sequence.interval(confidence: 0.95)
    #expect(sequence.contradictsItself(confidence: 0.95))
    #expect(interval.lowerBound <= 2 && interval.upperBound >= 100)
    #expect(!SignSequence((0..<150).map { Double($0 % 3) }).contradictsItself(confidence: 0.95))
  }
}
