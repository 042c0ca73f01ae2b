import Foundation
import Shared
import Testing

@testable import LoadRun

@Suite("One printed number")
struct ClaimTests {
  @Test(
    "Its last place is that of its last digit, and an exponent moves it",
    arguments: [
      ("26", 1), ("0", 1), ("2.4961", 0.0001), ("2.50", 0.01), ("-3.5", 0.1), ("1e2", 100), ("1.5E2", 10), ("1.50e+2", 1), ("12e-1", 0.1),
      ("1.25e-3", 0.00001), ("0e5", 100_000), ("5e0", 1),
    ])
  func place(text: String, place: Double) throws {
    let claim = try #require(Claim(text: text))
    #expect(abs(claim.place - place) <= place * 1e-12, "\(text): \(claim.place)")
    #expect(claim.value == Double(text))
    #expect(claim.text == text)
  }

  @Test("In milliseconds value and place are a thousandth")
  func milliseconds() throws {
    let claim = try #require(Claim(text: "12.5e1", unit: .milliseconds(1)))
    #expect(abs(claim.value - 0.125) < 1e-15 && abs(claim.place - 0.001) < 1e-15)
  }

  @Test("Of every number that C prints in scientific notation, the range as printed holds the number itself")
  func printed() throws {
    var draws = Draws(SeededRandom(seed: 4), .randomRun)
    for _ in 0..<2_000 {
      let number = (draws.uniform() * 2 - 1) * pow(10, Double(draws.int(-20...20)))
      let decimals = draws.int(0...12)
      let claim = try #require(Claim(text: String(format: "%.\(decimals)e", number)))
      #expect(claim.range(.nearest).contains(number), "\(claim.text) of \(number)")
      let exponent = try #require(Int(claim.text.split(separator: "e")[1]))
      let place = pow(10, Double(exponent - decimals))
      #expect(abs(claim.place - place) <= place * 1e-9, "\(claim.text): \(claim.place)")
    }
  }

  @Test("The range of a number that was rounded down holds every number it may have been, and half of these are not within rounding")
  func floored() throws {
    var draws = Draws(SeededRandom(seed: 5), .randomRun)
    var missed = 0
    for _ in 0..<2_000 {
      let (decimals, places) = (draws.int(0...6), draws.int(0...1_000_000_000))
      let scale = pow(10, Double(decimals))
      // Between two printed numbers, and not so near to one that a Double could not tell.
      let number = (Double(places) + 0.001 + draws.uniform() * 0.998) / scale
      let claim = Claim(scaled: Int64(places), decimals: decimals)
      #expect(claim.range(.floor).contains(number) && claim.range(.undeclared).contains(number), "\(claim.text) of \(number)")
      if !claim.range(.nearest).contains(number) { missed += 1 }
    }
    #expect(missed > 800)
  }

  @Test(
    "An exponent that no number has traps nowhere",
    arguments: [
      "0.0e-9223372036854775808", "0e-9223372036854775808", "0.00e9223372036854775807", "0e99999999999999999999",
      "0.0e-99999999999999999999", "1e-99999999999999999999", "1e99999999999999999999",
    ])
  func exponent(text: String) {
    guard let claim = Claim(text: text) else { return }
    #expect(claim.value == 0 && claim.range(.nearest).contains(0))
  }
}
