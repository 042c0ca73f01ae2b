import Foundation
import Testing

@testable import LoadStatistics

@Suite("Student's t")
struct StudentTTests {
  @Test("With 1, 2 and 4 degrees of freedom and with infinitely many it is what closed forms say")
  func closedForms() {
    for t in [-30.0, -2.5, -1, -1e-6, 0, 0.3, 1, 4, 1e5] {
      let two = t / (2 + t * t).squareRoot()
      let four = t / (4 + t * t).squareRoot()
      // Of the lower tail they are differences of numbers near ½, so that 10⁻¹⁵ is all that can be compared there.
      #expect(abs(StudentT.cdf(t, degrees: 1) - (0.5 + atan(t) / Double.pi)) < 2e-15)
      #expect(abs(StudentT.cdf(t, degrees: 2) - (0.5 + two / 2)) < 2e-15)
      #expect(abs(StudentT.cdf(t, degrees: 4) - (0.5 + four * (1.5 - four * four / 2) / 2)) < 2e-15)
      #expect(abs(StudentT.cdf(t, degrees: .infinity) - erfc(-t / 2.0.squareRoot()) / 2) < 2e-15)
      #expect(abs(StudentT.cdf(t, degrees: 1e9) - StudentT.cdf(t, degrees: .infinity)) < 1e-9)
    }
  }

  @Test(
    "A quantile is where the distribution has that probability, and lies as far on the other side for the rest",
    arguments: Seeds.blocks(200))
  func inverse(seeds: Range<UInt64>) {
    for seed in seeds {
      var dice = Dice(seed: seed)
      let degrees = pow(10, -0.5 + 6 * dice.uniform())
      let p = dice.chance(0.5) ? dice.uniform() : pow(10, -14 * dice.uniform())
      let t = StudentT.quantile(p, degrees: degrees)
      #expect(abs(StudentT.cdf(t, degrees: degrees) / p - 1) < 1e-9, "seed \(seed)")
      if p > 1e-3 { #expect(abs(StudentT.quantile(1 - p, degrees: degrees) + t) < 1e-9 * max(1, abs(t)), "seed \(seed)") }
    }
  }

  @Test("The quantiles of nothing and of all are infinite, and the median is 0")
  func ends() {
    #expect(StudentT.quantile(0, degrees: 3) == -.infinity && StudentT.quantile(1, degrees: 3) == .infinity)
    #expect(StudentT.quantile(0.5, degrees: 3) == 0 && StudentT.quantile(0.5, degrees: .infinity) == 0)
  }

  @Test("The interval of a normal mean holds it exactly as often as was said, Welch's of two about as often, at variances 100 apart")
  func coverage() {
    var (one, two) = (Share(), Share())
    for seed in 0..<3000 as Range<UInt64> {
      var dice = Dice(seed: seed)
      let first = (0..<5).map { _ in 7 + dice.gaussian() }
      let second = (0..<9).map { _ in 4 + 10 * dice.gaussian() }
      one.count(StudentT.interval(of: first, confidence: 0.9)?.contains(7) == true)
      two.count(StudentT.welch(first, second, confidence: 0.9)?.contains(-3) == true)
    }
    #expect(one.isNoLess(than: 0.9) && one.isNoMore(than: 0.9), "\(one)")
    #expect(two.isNoLess(than: 0.89) && two.isNoMore(than: 0.91), "\(two)")
  }

  @Test("Too few values have no interval, those all alike a point, and infinite ones the whole line")
  func edges() {
    #expect(StudentT.interval(of: [1], confidence: 0.95) == nil)
    #expect(StudentT.welch([1], [1, 2], confidence: 0.95) == nil && StudentT.welch([1, 2], [], confidence: 0.95) == nil)
    #expect(StudentT.interval(of: [3, 3, 3], confidence: 0.95) == 3...3)
    #expect(StudentT.welch([1, 1], [3, 3], confidence: 0.95) == 2...2)
    #expect(StudentT.interval(of: [3, .infinity], confidence: 0.95) == -.infinity ... .infinity)
    #expect(StudentT.welch([1, 2], [.infinity, 1], confidence: 0.95) == -.infinity ... .infinity)
    // One side without any scatter: Welch's degrees are those of the other.
    #expect(StudentT.welch([0, 0, 0], [1, 2, 4], confidence: 0.95) == StudentT.interval(of: [1, 2, 4], confidence: 0.95))
  }

  @Test("A large mean does not swallow a small variance, and two samples are seen to differ as they are")
  func moments() throws {
    let moments = try #require(Moments([1e9 + 1, 1e9 + 2, 1e9 + 3]))
    #expect(moments.mean == 1e9 + 2 && moments.variance == 1 && moments.count == 3)
    #expect(Moments([Double]()) == nil && Moments([1, .nan]) == nil && Moments([1, .infinity]) == nil)
    #expect(Moments([5]) == Moments([5.0]) && Moments([5])?.variance == 0)
    // t = 3 with 4 degrees of freedom: 1, 2, 3 and 4, 5, 6 lie 3 apart, with a standard error of √(2 ÷ 3).
    let expected = 2 * (1 - StudentT.cdf(3 / (2.0 / 3).squareRoot(), degrees: 4))
    #expect(abs(StudentT.pValue([1, 2, 3], [4, 5, 6]) - expected) < 1e-12)
    #expect(StudentT.pValue([1, 1], [2]) == 0 && StudentT.pValue([1], [2]) == 1 && StudentT.pValue([1, 1], [1, 1]) == 1)
  }
}
