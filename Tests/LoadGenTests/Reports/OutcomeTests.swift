import Testing

@testable import LoadReports
@testable import LoadRun

@Suite("Outcome")
struct OutcomeTests {
  @Test("Of every set of outcomes the first of 104, 1, 105, 120, 99, 121, 122 decides, and pass means exactly 0")
  func precedence() {
    let order = [104, 1, 105, 120, 99, 121, 122]
    for bits in 0..<256 {
      let found = Outcome.allCases.enumerated().filter { bits & (1 << $0.offset) != 0 }.map(\.element)
      let decision = Decision(found.reversed() + found)
      let codes = Set(found.map(\.exitCode))
      #expect(decision.exitCode == order.first(where: codes.contains) ?? 0)
      #expect((decision.verdict == .pass) == (decision.exitCode == 0))
      #expect(decision.outcomes.map(\.exitCode) == (codes.subtracting([0]).isEmpty ? [0] : order.filter(codes.contains)))
    }
  }

  @Test("The words of the verdict")
  func words() {
    #expect(Decision([]).verdict == .pass)
    #expect(Decision([.invalid, .regression]).verdict == .invalid)
    #expect(Decision([.invalid, .interrupted]).verdict == .interrupted)
    #expect(Decision([.regression]).verdict == .fail)
    #expect(Decision([.threshold, .invalid]).verdict == .fail)
  }
}
