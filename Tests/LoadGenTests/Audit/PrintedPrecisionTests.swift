import Shared
import Testing

@testable import LoadRun

@Suite("How finely a figure is printed")
struct PrintedPrecisionTests {
  private func place(_ text: String, among others: [String]) throws -> Double {
    let claim = try #require(Claim(text: text))
    return PrintedPrecision(try (others + [text]).map { try #require(Claim(text: $0)) }).place(of: claim)
  }

  @Test(
    "It is as fine as the most decimals that were ever printed, or as the most significant digits, whichever is coarser",
    arguments: [
      ("0", ["0.51234"], 1e-5), ("2.5", ["2.4961"], 1e-4), ("26", ["26.5"], 0.1), ("26", [], 1), ("0", ["0"], 1),
      ("123.46", ["0.012346"], 0.01), ("2", ["3", "17"], 1), ("12", ["3.5"], 1), ("0.1", ["0.30000000000000004"], 1e-17),
      ("2.0", ["2.50"], 0.01), ("1e2", ["1.5e2"], 10), ("100", ["2.55"], 1), ("-0.5", ["-0.25"], 0.01), ("0", ["1e-7"], 1e-7),
    ])
  func finest(text: String, others: [String], place: Double) throws {
    let found = try self.place(text, among: others)
    #expect(abs(found / place - 1) < 1e-9, "\(found)")
  }

  @Test("It is never coarser than what was printed, and a number that is rounded in either way stays within its range")
  func holds() throws {
    for seed in 0..<500 as Range<UInt64> {
      var dice = Dice(seed: seed)
      let (decimals, digits) = (dice.int(0...6), dice.int(1...8))
      let byDigits = dice.int(0...1) == 0
      let truths = (0..<8).map { _ in Double(dice.int(0...2_000_000)) / 1e5 }
      // As a printer that leaves out trailing zeros.
      let texts = truths.map { truth in
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        if byDigits, truth > 0 {
          scale = 1
          while truth * scale >= 10 { scale /= 10 }
          while truth * scale < 1 { scale *= 10 }
          for _ in 1..<max(2, digits) { scale *= 10 }
        }
        let text = "\((truth * scale).rounded() / scale)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
      }
      let claims = try texts.map { try #require(Claim(text: $0)) }
      let precision = PrintedPrecision(claims)
      for (claim, truth) in zip(claims, truths) {
        #expect(precision.place(of: claim) <= claim.place, "seed \(seed): \(claim.text)")
        #expect(precision.range(of: claim, .undeclared).contains(truth), "seed \(seed): \(truth) printed as \(claim.text) among \(texts)")
      }
    }
  }
}
