import Shared
import Testing

@testable import LoadReports
@testable import LoadRun

@Suite("Figures in words")
struct FigureTests {
  @Test(
    "Durations have three significant digits and the unit that suits them",
    arguments: [
      (0, "0s"), (5.12e-7, "512ns"), (9.996e-7, "1.00µs"), (0.00000123, "1.23µs"), (0.0123, "12.3ms"), (0.9996, "1.00s"),
      (0.99949, "999ms"),
      (1.5, "1.50s"), (59.94, "59.9s"), (59.96, "1m00s"), (90, "1m30s"), (3_600, "1h00m"), (7_530, "2h05m"), (-0.25, "-250ms"),
      (1e9, "277,777h46m"),
    ] as [(Double, String)])
  func durations(seconds: Double, text: String) {
    #expect(Figure.seconds(seconds) == text)
  }

  @Test("Ends are rounded outwards, so that the text never says more than is known", arguments: 0..<20 as Range<UInt64>)
  func outwards(seed: UInt64) throws {
    let random = SeededRandom(seed: seed)
    for index in 0..<500 as Range<UInt64> {
      let exact = Double(random.bits(.orderContent, index) >> (34 + random.bits(.pollJitter, index) % 28)) / 1e9
      guard exact < 59 else { continue }
      let low = try Duration(text: Figure.seconds(exact, .down)).seconds
      let high = try Duration(text: Figure.seconds(exact, .up)).seconds
      #expect(low <= exact * (1 + 1e-8) && exact * (1 - 1e-8) <= high, "\(exact)")
      #expect(high - low <= exact * 0.0101)
    }
  }

  @Test("What is unbounded says so")
  func unbounded() {
    #expect(Figure.seconds(nil) == "unbounded")
    #expect(Figure.range(1, nil, .seconds) == "1.00s..unbounded")
    #expect(Figure.range(0.5, 0.5, .seconds) == "500ms")
    #expect(Figure.range(nil, 2, .orders) == "?..2")
  }

  @Test(
    "Counts, rates and shares",
    arguments: [
      (Figure.count(0), "0"), (Figure.count(999), "999"), (Figure.count(1_000), "1,000"), (Figure.count(-1_234_567), "-1,234,567"),
      (Figure.count(.min), "-9,223,372,036,854,775,808"), (Figure.rate(200), "200/s"), (Figure.rate(199.84), "199.8/s"),
      (Figure.rate(0.05), "0.05/s"),
      (Figure.rate(12_345.6), "12,346/s"), (Figure.rate(nil), "–"), (Figure.share(0.00123), "0.123%"), (Figure.share(1), "100%"),
    ])
  func others(found: String, expected: String) {
    #expect(found == expected)
  }

  @Test("A number is told whatever it is: one that is too small for any figure as 0", arguments: FigureUnit.allCases)
  func extremes(unit: FigureUnit) {
    for value in [Double.leastNonzeroMagnitude, .leastNormalMagnitude, -1e-300] {
      #expect(Figure.value(value, unit).hasPrefix(unit == .seconds ? "" : "0"), "\(value)")
      #expect(!Figure.range(value, value * 2, unit).contains("nan"))
    }
    for value in [1e-290, 1e-200, 1e300, -.greatestFiniteMagnitude] { #expect(!Figure.value(value, unit).contains("nan"), "\(value)") }
  }

  @Test(
    "What is observed carries the name that the rule gives it",
    arguments: [
      ("accept.p(99)<50ms", "p(99)"), ("completion.p(99.9)<=5s", "p(99.9)"), ("errors.rate<1%", "errors.rate"), ("lost==0", "lost"),
      ("accepted > 0", "accepted"), ("", ""), ("accept.max<1s", "accept.max"),
    ])
  func observed(expression: String, name: String) {
    let threshold = Summary.Threshold(
      expression: expression, implicit: false, unit: nil, lower: 1, upper: 1, verdict: .pass, firstAt: nil, note: "")
    #expect(threshold.observedName == name)
  }

  @Test(
    "Foreign text becomes one line that commands nothing",
    arguments: [
      ("a\nb", "a b"), ("\u{1B}[31mred\u{7}", "[31mred"), ("left\u{202E}right", "leftright"), ("\u{0}\u{85}\u{9B}x", "x"), ("👩‍👧", "👩‍👧"),
      ("é", "é"),
      (String(repeating: "x", count: 300), String(repeating: "x", count: 199) + "…"),
    ])
  func legible(text: String, line: String) {
    #expect(Legible.line(text) == line)
  }

  @Test("Instants are read with and without fractions")
  func timestamps() {
    #expect(Timestamp.epochSeconds("1970-01-01T00:01:00Z") == 60)
    #expect(Timestamp.epochSeconds("1970-01-01T00:01:00.500Z") == 60.5)
    #expect(Timestamp.epochSeconds("yesterday") == nil)
    #expect(Timestamp.epochSeconds(Timestamp.text(epochSeconds: 1_790_000_000.25)) == 1_790_000_000.25)
  }
}
