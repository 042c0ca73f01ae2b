import Testing

@testable import LoadStatistics

@Suite("A parabola")
struct ParabolaTests {
  @Test("Through points of one it is that one, however they are weighted")
  func exact() throws {
    for seed in 0..<300 as Range<UInt64> {
      var dice = Dice(seed: seed)
      let (height, slope, bend) = (dice.gaussian(), dice.gaussian(), dice.uniform() + 0.01)
      let points = (0..<dice.int(3...12)).map { _ in
        let x = 4 * dice.uniform() - 2
        return (x: x, y: height + slope * x + bend * x * x, weight: dice.uniform() + 0.1)
      }
      let found = try #require(Parabola(points))
      // Three points may lie so close together that little is left of sixteen digits.
      #expect(abs(found.height - height) + abs(found.slope - slope) + abs(found.bend - bend) < 1e-4, "\(seed) \(found)")
      guard let root = found.rootWhereItRises else { continue }
      #expect(abs(found.height + found.slope * root + found.bend * root * root) < 1e-6 && found.slope + 2 * found.bend * root >= 0)
    }
  }

  @Test("What bends down is a straight line, and what falls has no place where it rises")
  func line() throws {
    let bent = try #require(Parabola([(-1, -2, 1), (0, 0, 1), (1, 0, 1)]))
    #expect(bent.bend == 0 && abs(bent.slope - 1) < 1e-9)
    #expect(try #require(Parabola([(0, 3, 1), (1, 2, 1), (2, 1, 1)])).rootWhereItRises == nil)
    #expect(Parabola([(0, 0, 1), (1, 1, 1)]) == nil && Parabola([(1, 1, 1), (1, 2, 1), (1, 3, 1)]) == nil)
  }
}
