import Testing

@testable import LoadRun

@Suite("What a printed number of orders may stand for")
struct ClaimedOrdersTests {
  @Test("Whole digits stand for their number alone, far beyond what a Double holds", arguments: 0..<200)
  func whole(seed: Int) throws {
    var dice = CodecDice(seed: 7, round: seed)
    let number = Int128(dice.below(Int.max)) << dice.below(34) * (dice.chance(20) ? -1 : 1)
    let claim = try #require(Claim(text: "\(number)"))
    #expect(claim.orders == number...number)
  }

  @Test("A number that was printed as a Double stands for all that it may have been", arguments: 0..<400)
  func floating(seed: Int) throws {
    var dice = CodecDice(seed: 8, round: seed)
    let number = (Int128(dice.below(Int.max)) >> dice.below(63)) << dice.below(30)
    let claim = try #require(Claim(text: "\(Double(number))"))
    #expect(claim.orders.contains(number), "\(number) printed as \(claim.text): \(claim.orders)")
    if number < 1 << 53 {
      #expect(claim.orders == number...number)
    } else {
      // Neither of the Doubles beside the printed one could have been meant.
      #expect(claim.orders.upperBound < Int128(claim.value.nextUp) && claim.orders.lowerBound > Int128(claim.value.nextDown))
    }
  }

  @Test("A fraction stands for either of its neighbours, and what is too large for anything for more than anybody has")
  func oddities() throws {
    #expect(Claim(text: "12.5")?.orders == 12...13)
    #expect(Claim(text: "-0.25")?.orders == -1...0)
    #expect(Claim(text: "1E3")?.orders == 1000...1000)
    #expect(try #require(Claim(text: "1e300")).orders.lowerBound > Int128(Int.max))
    #expect(try #require(Claim(text: String(repeating: "9", count: 300))).orders.lowerBound > Int128(Int.max))
    #expect(try #require(Claim(text: "-1e300")).orders.upperBound < Int128(Int.min))
  }
}
