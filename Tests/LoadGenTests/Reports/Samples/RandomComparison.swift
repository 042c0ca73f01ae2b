import Foundation
import LoadRun
import Shared

@testable import LoadStudy

/// Comparisons as wild as their type allows, from a seed: for what must hold of every one, however odd.
struct RandomComparison {
  let random: SeededRandom
  private var drawn: UInt64 = 0

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  private mutating func next() -> UInt64 {
    drawn += 1
    return random.bits(.orderContent, drawn)
  }

  private mutating func chance(_ percent: UInt64) -> Bool { next() % 100 < percent }

  private mutating func pick<T: CaseIterable>(_: T.Type) -> T where T.AllCases == [T] { T.allCases[Int(next() % UInt64(T.allCases.count))] }

  /// Of all sizes and both signs; `nil` is unbounded, and what JSON has for infinite.
  private mutating func number() -> Double? {
    switch next() % 10 {
    case 0: nil
    case 1: 0
    case 2: Double(next() % 10_000)
    case 3: 1e300
    case 4: .leastNonzeroMagnitude
    case 5: -Double(next() % 1_000) / 7
    default: Double(next() % 1_000_000_007) / 1e9
    }
  }

  /// With all that breaks markup, terminals and tables.
  private mutating func text() -> String {
    let pieces = [
      "accept.p(95)", "a", " ", "<script>alert(1)</script>", "\"", "'", "&amp;", "&", "]]>", "|", "`", "\n", "\u{0}", "\u{1B}[31m", "é",
      "🧾",
      "\u{FFFE}", "\u{202E}", "-->", "\\", "<details>", "\r", "\t", "javascript:alert(1)", "\" onload=\"alert(1)", "</svg>", "</style>",
    ]
    return (0..<next() % 6).map { _ in pieces[Int(next() % UInt64(pieces.count))] }.joined()
  }

  private mutating func list<T>(_ count: Int, _ make: (inout RandomComparison) -> T) -> [T] { (0..<count).map { _ in make(&self) } }

  private mutating func ends() -> FigureComparison.Ends { FigureComparison.Ends(lower: number(), upper: number()) }

  private mutating func span() -> FigureComparison.Span? {
    chance(20) ? nil : FigureComparison.Span(estimate: number(), low: number(), high: number())
  }

  /// As in `[t, lower, upper]`; of a wrong length sometimes.
  private mutating func triples(_ count: Int) -> [[Double?]] {
    list(count) { random in random.chance(5) ? [] : [Double(random.next() % 2_000_000_000), random.number(), random.number()] }
  }

  private mutating func figure(_ name: String, gated: Bool, runs: Int) -> FigureComparison {
    FigureComparison(
      figure: name, gated: gated, unit: pick(FigureUnit.self), scale: chance(70) ? .ratio : .difference, baseline: ends(),
      candidate: ends(),
      lower: span(), upper: span(), confidence: Double(next() % 1_000) / 1_000, verdict: pick(ComparisonVerdict.self), reason: text(),
      morePairs: chance(50) ? nil : Int(next() % 1_000),
      within: chance(60)
        ? nil
        : FigureComparison.Within(lower: span(), upper: span(), verdict: pick(ComparisonVerdict.self), batches: Int(next() % 100)),
      runs: gated ? FigureComparison.Runs(baseline: triples(runs), candidate: triples(chance(80) ? runs : 1)) : .absent)
  }

  private mutating func side(_ runs: Int) -> Comparison.Side {
    Comparison.Side(
      runs: list(runs) {
        Comparison.Side.Run(
          place: $0.text(), id: $0.text(), seed: $0.text(), startedAt: $0.text(), verdict: $0.pick(Verdict.self), target: $0.text(),
          version: $0.chance(50) ? nil : $0.text(), labels: $0.chance(50) ? [:] : [$0.text(): $0.text(), "k": $0.text()])
      })
  }

  private mutating func curves(_ duration: String) -> PercentileCurves {
    func points(_ random: inout RandomComparison) -> [[Double?]] {
      PercentileCurves.percents.compactMap { percent in random.chance(10) ? nil : [Double(percent), random.number(), random.number()] }
    }
    return PercentileCurves(duration: duration, baseline: chance(10) ? [] : points(&self), candidate: chance(10) ? [] : points(&self))
  }

  /// - Parameters:
  ///   - gates: how many there are.
  ///   - runs: of each side.
  mutating func comparison(gates: Int, runs: Int) -> Comparison {
    let unit: Comparison.Unit = [.pair, .sitting, .run][Int(next() % 3)]
    let names = ComparedFigure.shown.map(\.name)
    let judged = (0..<gates).map { index in figure(chance(60) ? names[index % names.count] : text(), gated: true, runs: runs) }
    let shown = names.filter { name in !judged.contains { $0.figure == name } }.map { figure($0, gated: false, runs: 0) }
    var comparison = Comparison(
      verdict: .pass, exitCode: 0, outcomes: [],
      method: Comparison.Method(
        unit: unit, name: chance(20) ? nil : text(), observations: runs, isSequential: chance(50), alpha: Double(next() % 1_000) / 1_000,
        margin: chance(20) ? 0 : Double(next() % 10_000) / 1_000, shareMargin: chance(20) ? 0 : Double(next() % 1_000) / 1_000),
      baseline: side(runs), candidate: side(runs), forced: list(Int(next() % 4)) { $0.text() },
      leftOut: list(Int(next() % 4)) { $0.text() },
      figures: judged + shown,
      curves: (ComparedFigure.durations + [text()]).map { curves($0) })
    // As the code that makes comparisons does: the outcome follows from the gates, and from whether undecided ones are to fail.
    let failing: [ComparisonVerdict] = chance(50) ? [.regressed] : [.regressed, .undecided]
    let verdicts = comparison.gates.map { unit == .run ? $0.within?.verdict ?? $0.verdict : $0.verdict }
    comparison.add(
      (comparison.onlyCandidateFails || verdicts.contains(where: failing.contains) ? [.regression] : [])
        + (chance(20) ? [pick(Outcome.self)] : []))
    return comparison
  }
}
