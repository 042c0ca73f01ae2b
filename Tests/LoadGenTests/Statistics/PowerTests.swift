import Foundation
import Testing

@testable import LoadStatistics

@Suite("How many more differences")
struct PowerTests {
  /// In how many of many series the interval clears the margin.
  private static func clearing(_ method: Power.Method, _ count: Int, mean: Double, margin: Double, _ confidence: Double) -> Double {
    let tries = 60
    let cleared = (0..<UInt64(tries)).count { seed in
      var dice = Dice(seed: seed)
      let differences = (0..<count).map { _ in mean + dice.gaussian() }
      let interval =
        switch method {
        case .signFlip: SignFlip.interval(of: differences, confidence: confidence)
        case .signSequence: SignSequence(differences).interval(confidence: confidence)
        }
      return interval.map { $0.lowerBound > margin || $0.upperBound < margin } ?? false
    }
    return Double(cleared) / Double(tries)
  }

  @Test(
    "With as many as it says the interval clears the margin about as often as not, with half as many hardly, with twice as many nearly always"
  )
  func planned() throws {
    for (method, confidence) in [(Power.Method.signFlip, 0.95), (.signFlip, 0.99), (.signSequence, 0.95), (.signSequence, 0.99)] {
      for mean in [0.5, 0.8, -0.5] {
        let needed = try #require(Power.more(for: method, mean: mean, deviation: 1, margin: 0, seen: 0, confidence: confidence))
        let share = Self.clearing(method, needed, mean: mean, margin: 0, confidence)
        // A sequence that looks each time clears the margin at any of its looks.
        #expect((0.3...0.85).contains(share), "\(method), \(confidence), \(mean): \(needed), \(share)")
        #expect(Self.clearing(method, needed / 2, mean: mean, margin: 0, confidence) < share - 0.15)
        #expect(Self.clearing(method, 2 * needed, mean: mean, margin: 0, confidence) >= max(0.75, share))
      }
    }
  }

  @Test("What was seen is subtracted, and only the distance from the margin in deviations counts", arguments: Power.Method.allCases)
  func invariance(method: Power.Method) throws {
    func more(_ mean: Double, _ deviation: Double, _ margin: Double, _ seen: Int) -> Int? {
      Power.more(for: method, mean: mean, deviation: deviation, margin: margin, seen: seen, confidence: 0.95)
    }
    let all = try #require(more(1, 2, 0, 0))
    #expect(more(1, 2, 0, 10) == all - 10 && more(1, 2, 0, all) == 0 && more(1, 2, 0, 10 * all) == 0)
    #expect(more(-1, 2, 0, 0) == all && more(8, 4, 6, 0) == all && more(0, 2, 1, 0) == all)
    let further = try #require(more(1, 2, 0.5, 0))
    #expect(further > 3 * all)
  }

  @Test("No interval has fewer than it needs at least, and what is hopeless or unknown has no number", arguments: Power.Method.allCases)
  func edges(method: Power.Method) {
    func more(_ mean: Double, _ deviation: Double, _ seen: Int) -> Int? {
      Power.more(for: method, mean: mean, deviation: deviation, margin: 0, seen: seen, confidence: 0.99)
    }
    #expect(more(100, 1, 0) == (method == .signFlip ? 8 : 9))
    #expect(more(1, 0, 5) == (method == .signFlip ? 3 : 4))
    #expect(more(0, 1, 5) == nil && more(0, 0, 5) == nil && more(1e-6, 1, 5) == nil)
    #expect(more(.infinity, 1, 5) == nil && more(1, .infinity, 5) == nil && more(.nan, 1, 5) == nil)
  }
}
