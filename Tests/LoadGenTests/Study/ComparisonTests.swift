import Foundation
import Shared
import Testing

@testable import LoadReports
@testable import LoadRun
@testable import LoadStudy

@Suite("Comparisons")
struct ComparisonTests {
  /// Pairs that followed each other, the order within them by turns.
  private func pairs(_ count: Int, factor: (Int) -> Double) throws -> (ComparedSide, ComparedSide) {
    let places = Array(0..<count)
    let baseline = places.map {
      ComparedRuns.summary(seed: UInt64($0), began: Double($0 * 100 + ($0 % 2) * 10), factor: 1 + Double($0) / 50)
    }
    let candidate = places.map {
      ComparedRuns.summary(seed: UInt64($0), began: Double($0 * 100 + 10 - ($0 % 2) * 10), factor: factor($0) * (1 + Double($0) / 50))
    }
    // In any order: what belongs together is found by the runs themselves.
    return (try ComparedRuns.side(baseline.shuffled()), try ComparedRuns.side(candidate.shuffled()))
  }

  @Test(
    "What happens to both runs of a pair changes nothing: only the ratio within pairs counts, whatever the order in which runs are named")
  func withinPairs() throws {
    let (baseline, candidate) = try pairs(8) { 1.1 + Double($0) / 1_000 }
    let comparison = try Comparison(baseline, candidate, try ComparedRuns.gates("accept.p(50)"))
    let gate = try #require(comparison.gates.first)
    #expect(comparison.method.unit == .pair && comparison.method.observations == 8)
    #expect(gate.verdict == .regressed)
    let span = try #require(gate.upper)
    let (low, high) = (try #require(span.low), try #require(span.high))
    #expect(low >= 1.098 && high <= 1.11, "\(span)")
    #expect(comparison.exitCode == 122 && comparison.outcomes == [.regression] && comparison.verdict == .fail)
  }

  @Test(
    "The verdict follows from where the interval lies to the margin, for what is worse when it grows and for what is worse when it shrinks")
  func verdicts() {
    let margin = 0.05
    let cases: [(ClosedRange<Double>, ComparisonVerdict)] = [
      (0.06...0.2, .regressed), (-0.2...(-0.06), .improved), (-0.05...0.05, .equivalent), (0...0, .equivalent), (0.04...0.06, .undecided),
      (-0.06...0.01, .undecided), (-1...1, .undecided), (0.05...0.06, .undecided), (-Double.infinity...Double.infinity, .undecided),
      (0.06...Double.infinity, .regressed),
    ]
    let mirrored: [ComparisonVerdict: ComparisonVerdict] = [
      .regressed: .improved, .improved: .regressed, .equivalent: .equivalent, .undecided: .undecided,
    ]
    for (interval, verdict) in cases {
      let change = Change(estimate: interval.lowerBound, interval: interval)
      #expect(change.verdict(margin: margin, worse: 1) == verdict, "\(interval)")
      #expect(change.verdict(margin: margin, worse: -1) == mirrored[verdict], "\(interval)")
    }
    // Without a margin, what may be no change at all is none.
    #expect(Change(estimate: 0.1, interval: 0...0.2).verdict(margin: 0, worse: 1) == .undecided)
    #expect(Change(estimate: 0.1, interval: 0.001...0.2).verdict(margin: 0, worse: 1) == .regressed)
  }

  @Test("Runs of one side that follow each other, or pairs of different seeds, are no pairs")
  func noPairs() throws {
    let settings = try ComparedRuns.gates("accept.p(50)")
    func unit(_ baseline: [(UInt64, Double)], _ candidate: [(UInt64, Double)]) throws -> Comparison.Unit {
      try Comparison(
        ComparedRuns.side(baseline.map { ComparedRuns.summary(seed: $0.0, began: $0.1) }),
        ComparedRuns.side(candidate.map { ComparedRuns.summary(seed: $0.0, began: $0.1) }), settings
      ).method.unit
    }
    #expect(try unit([(1, 0), (2, 20)], [(1, 10), (2, 30)]) == .pair)
    #expect(try unit([(1, 0), (2, 30)], [(1, 10), (2, 20)]) == .pair)
    #expect(try unit([(1, 0), (2, 10)], [(1, 20), (2, 30)]) == .sitting)
    #expect(try unit([(1, 0), (2, 20)], [(1, 10), (3, 30)]) == .sitting)
    #expect(try unit([(1, 0), (2, 20)], [(1, 10)]) == .sitting)
  }

  @Test("A sitting ends where half an hour passed, or where another label says so; its runs count as one observation")
  func sittings() throws {
    let settings = try ComparedRuns.gates("accept.p(50)")
    func observations(_ baseline: [Summary]) throws -> Int {
      // Of other seeds, so that they are no pairs.
      var candidate = baseline
      for place in candidate.indices { candidate[place].run.seed = "\(100 + place)" }
      return try Comparison(ComparedRuns.side(baseline), ComparedRuns.side(candidate), settings).method.observations
    }
    let close = (0..<4).map { ComparedRuns.summary(seed: UInt64($0), began: Double($0) * 1_000) }
    #expect(try observations(close) == 1)
    let apart = (0..<4).map { ComparedRuns.summary(seed: UInt64($0), began: Double($0) * 2_000) }
    #expect(try observations(apart) == 4)
    let labelled = (0..<4).map { ComparedRuns.summary(seed: UInt64($0), began: Double($0) * 2_000, labels: ["sitting": "\($0 / 2)"]) }
    #expect(try observations(labelled) == 2)
  }

  @Test("Every setting that changes what is sent makes runs incomparable, and is named; no other does")
  func everySetting() throws {
    let one = try ComparedRun(ComparedRuns.summary(), place: "one", figures: ComparedRuns.figures)
    for setting in Setting.allCases where setting != .schedule {
      let summary = ComparedRuns.summary { $0.scenario[setting.rawValue] = "something else" }
      let other = try ComparedRun(summary, place: "other", figures: ComparedRuns.figures)
      let objections = Comparability.objections(baseline: [one], candidate: [other])
      #expect(objections.count == (setting.changesLoad ? 1 : 0), "\(setting): \(objections)")
      #expect(!setting.changesLoad || objections[0].contains("--\(setting.rawValue) "), "\(objections)")
    }
    let others: [((inout Summary) -> Void, String)] = [
      ({ $0.environment.cores = 64 }, "number of cores"), ({ $0.environment.toolVersion = "7.0.0" }, "version"),
      ({ $0.run.share = "1/2" }, "share"), ({ $0.generator.valid = false }, "not valid"), ({ $0.outcomes = [.interrupted] }, "interrupted"),
      (
        {
          $0.scenario["schedule"] = "a.csv"; $0.run.scenarioHash = "another"
        }, "schedule"
      ),
    ]
    for (change, words) in others {
      let other = try ComparedRun(ComparedRuns.summary(change: change), place: "other", figures: ComparedRuns.figures)
      #expect(Comparability.objections(baseline: [one], candidate: [other]).contains { $0.contains(words) }, "\(words)")
    }
    let patch = try ComparedRun(
      ComparedRuns.summary { $0.environment.toolVersion = "0.1.9" }, place: "other", figures: ComparedRuns.figures)
    #expect(Comparability.objections(baseline: [one], candidate: [patch]).isEmpty)
    // A baseline that accepts nothing is none; a candidate that accepts nothing is worse.
    let refused = ComparedRuns.summary { $0.orders = Summary.Orders(scheduled: 10, submitted: 10, rejected: 10, attempts: 10) }
    let dead = try ComparedRun(refused, place: "dead", figures: ComparedRuns.figures)
    #expect(Comparability.objections(baseline: [dead], candidate: [one]).contains { $0.contains("no baseline") })
    #expect(Comparability.objections(baseline: [one], candidate: [dead]).isEmpty)
  }

  @Test("Values of 0 and values that are not bounded have no ratio, and that is said; shares of 0 are equal")
  func withoutRatio() throws {
    func comparison(_ gate: String, _ change: (inout Summary) -> Void) throws -> FigureComparison {
      func summaries(_ later: Double) -> [Summary] {
        (0..<6).map { ComparedRuns.summary(seed: UInt64($0), began: Double($0) * 20 + later, change: change) }
      }
      let (baseline, candidate) = (summaries(0), summaries(10))
      return try #require(
        try Comparison(ComparedRuns.side(baseline), ComparedRuns.side(candidate), try ComparedRuns.gates(gate)).gates.first)
    }
    let zero = try comparison("accept.p(50)") { summary in
      var histogram = LatencyHistogram()
      histogram.record(0, count: 10)
      summary.histograms[HistogramName.observed(.accept)] = Summary.Histogram(histogram)
    }
    #expect(zero.verdict == .undecided && zero.reason.contains("it is 0"), "\(zero.reason)")
    let unbounded = try comparison("accept.p(99)") { summary in
      var histogram = LatencyHistogram()
      histogram.record(1_000_000_000, count: 50)
      summary.histograms[HistogramName.censored(.accept)] = Summary.Histogram(histogram)
    }
    #expect(unbounded.verdict == .undecided && unbounded.reason.contains("not bounded"), "\(unbounded.reason)")
    let share = try comparison("errors.rate") { summary in
      (summary.orders.rejected, summary.orders.ambiguous, summary.orders.errored) = (0, 0, 0)
    }
    #expect(share.verdict == .equivalent && share.upper?.estimate == 0, "\(share)")
  }

  @Test("A run whose partner is missing is left out, and named; pairs stay pairs")
  func missingPartner() throws {
    let settings = try ComparedRuns.gates("accept.p(50)")
    let baseline = (0..<8).map { ComparedRuns.summary(seed: UInt64($0), began: Double($0) * 20) }
    let candidate = (0..<7).map { ComparedRuns.summary(seed: UInt64($0), began: Double($0) * 20 + 10, factor: 2) }
    let comparison = try Comparison(ComparedRuns.side(baseline), ComparedRuns.side(candidate), settings)
    #expect(comparison.method.unit == .pair && comparison.method.observations == 7 && comparison.exitCode == 122)
    #expect(comparison.leftOut.count == 1 && comparison.leftOut[0].contains("run-7") && comparison.leftOut[0].contains("seed 7"))
  }

  @Test("The same run is not two, and cannot be on both sides")
  func sameRun() throws {
    let (one, other) = (ComparedRuns.summary(seed: 1), ComparedRuns.summary(seed: 2))
    func run(_ summary: Summary, _ place: String) throws -> ComparedRun {
      try ComparedRun(summary, place: place, figures: ComparedRuns.figures)
    }
    let twice = Comparability.objections(baseline: [try run(one, "a"), try run(one, "b")], candidate: [try run(other, "c")])
    #expect(twice == ["b is the same run as a: name it once"])
    let both = Comparability.objections(baseline: [try run(one, "a")], candidate: [try run(one, "b")])
    #expect(both == ["b is the same run as a, and cannot be on both sides"])
    #expect(Comparability.objections(baseline: [try run(one, "a")], candidate: [try run(other, "b")]).isEmpty)
  }

  @Test("A candidate that does nothing any more is worse, looked at once or after each pair", arguments: [false, true])
  func collapse(isSequential: Bool) throws {
    let baseline = (0..<8).map { ComparedRuns.summary(seed: UInt64($0), began: Double($0) * 20) }
    func compare(_ gate: String, _ change: (inout Summary) -> Void) throws -> Comparison {
      let candidate = (0..<8).map { ComparedRuns.summary(seed: UInt64($0), began: Double($0) * 20 + 10, change: change) }
      return try Comparison(
        ComparedRuns.side(baseline), ComparedRuns.side(candidate), try ComparedRuns.gates(gate), isSequential: isSequential)
    }
    let never = try compare("accept.p(50)") { $0.histograms[HistogramName.observed(.accept)] = nil }
    #expect(never.gates[0].verdict == .regressed && never.exitCode == 122, "\(never.gates[0])")
    #expect(ComparisonHeadline(never).reasons[0].contains("no order of the candidate came so far"))
    let slowed = try compare("accepted.rate") { $0.rates.accepted = 0 }
    #expect(slowed.gates[0].verdict == .regressed && slowed.gates[0].morePairs == nil, "\(slowed.gates[0])")
    // Only the lower end is known: it is so much worse that the other cannot be better.
    let endless = try compare("accept.p(50)") { summary in
      var (observed, censored) = (LatencyHistogram(), LatencyHistogram())
      observed.record(1_000_000_000, count: 10)
      censored.record(2_000_000_000, count: 50)
      summary.histograms[HistogramName.observed(.accept)] = Summary.Histogram(observed)
      summary.histograms[HistogramName.censored(.accept)] = Summary.Histogram(censored)
    }
    #expect(endless.gates[0].verdict == .regressed, "\(endless.gates[0])")
    #expect(
      endless.gates[0].intervalText.hasSuffix("or more") && !endless.gates[0].intervalText.hasPrefix("0.000"),
      "\(endless.gates[0].intervalText)")
  }

  @Test("Where all runs of the candidate fail by themselves, and none of the baseline's does, it is worse whatever the gates say")
  func onlyCandidateFails() throws {
    func compare(_ before: Verdict, _ after: Verdict) throws -> Comparison {
      func side(_ later: Double, _ verdict: Verdict) throws -> ComparedSide {
        try ComparedRuns.side(
          (0..<8).map { ComparedRuns.summary(seed: UInt64($0), began: Double($0) * 20 + later) { $0.verdict = verdict } })
      }
      return try Comparison(side(0, before), side(10, after), try ComparedRuns.gates("accept.p(50)"))
    }
    let broken = try compare(.pass, .fail)
    #expect(broken.exitCode == 122 && broken.gates[0].verdict == .equivalent && ComparisonHeadline(broken).word == "REGRESSED")
    #expect(
      JUnitComparison.render(broken).contains("the candidate&#39;s runs pass")
        || JUnitComparison.render(broken).contains("the candidate's runs pass"))
    for (before, after) in [(Verdict.fail, Verdict.fail), (.pass, .pass), (.fail, .pass), (.pass, .invalid)] {
      #expect(try compare(before, after).exitCode == 0, "\(before) \(after)")
    }
  }

  @Test("Several gates are surer each, so that all are wrong no more often than one would be; what is shown is not")
  func bonferroni() throws {
    let (baseline, candidate) = try pairs(8) { _ in 1 }
    let comparison = try Comparison(
      baseline, candidate, try ComparedRuns.gates("accept.p(50)", "accept.p(95)", "accept.p(90)", "errors.rate"))
    for gate in comparison.gates { #expect(abs(gate.confidence - 0.9875) < 1e-12) }
    #expect(comparison.figures.filter { !$0.gated }.allSatisfy { abs($0.confidence - 0.95) < 1e-12 })
    // A gate that nobody measured takes no confidence from the others.
    var settings = ComparisonSettings()
    settings.gates += [try ComparedFigure(text: "served.cpu")]
    let unserved = try Comparison(baseline, candidate, settings)
    #expect(unserved.gates.count == 5 && abs((unserved.gates.first?.confidence ?? 0) - 0.99) < 1e-12)
  }

  @Test("What is written is read back as it was")
  func json() throws {
    let (baseline, candidate) = try pairs(6) { _ in 1.5 }
    let comparison = try Comparison(baseline, candidate, ComparisonSettings(), forced: ["because"])
    #expect(try JSONDecoder().decode(Comparison.self, from: try comparison.json()) == comparison)
  }
}
