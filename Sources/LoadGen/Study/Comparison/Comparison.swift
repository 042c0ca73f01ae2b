package import LoadRun
package import Shared

/// Whether the runs of a candidate are worse than those of a baseline: the content of `compare.json`, and the only source of its reports.
///
/// Schema version 1 (docs/schema/compare-1.json). Values are in their figure's unit, `nil` stands for what is unbounded or not known.
package struct Comparison: Codable, Sendable, Equatable {
  static let schemaVersion = 1

  package private(set) var schemaVersion = Comparison.schemaVersion
  /// `pass` exactly where the exit code is 0.
  package var verdict: Verdict
  package var exitCode: Int
  package var outcomes: [Outcome]
  package var method: Method
  package var baseline: Side
  package var candidate: Side
  /// What spoke against comparing these runs and was overruled (`--force`), as sentences.
  @Explicit package var forced: [String]
  /// Which runs were left out, and why, as sentences.
  @Explicit package var leftOut: [String]
  /// The gates first, in the order in which they were named.
  @Explicit package var figures: [FigureComparison]
  /// The distributions of the durations over all runs of each side.
  @Explicit package var curves: [PercentileCurves]

  /// How the verdicts were come by.
  package struct Method: Codable, Sendable, Equatable {
    /// `pair`, `sitting` or `run`: what one observation is.
    package var unit: Unit
    /// `nil` where nothing could be concluded by any.
    @Explicit package var name: String?
    /// How many observations there are: pairs, or the sittings of the side that has fewer.
    package var observations: Int
    /// Whether the runs were looked at after each pair, and the comparison could have ended at any of them.
    package var isSequential: Bool
    /// As a fraction: the whole of the gates is wrong in no more comparisons than this.
    package var alpha: Double
    package var margin: Double
    package var shareMargin: Double

    enum CodingKeys: String, CodingKey {
      case unit, name, observations
      case isSequential = "sequential"
      case alpha, margin
      case shareMargin = "share_margin"
    }
  }

  package enum Unit: String, Codable, Sendable {
    case pair, sitting, run
  }

  /// The runs of a side.
  package struct Side: Codable, Sendable, Equatable {
    @Explicit package var runs: [Run]

    /// Which run it was.
    package struct Run: Codable, Sendable, Equatable {
      package var place: String
      package var id: String
      package var seed: String
      package var startedAt: String
      /// What the run was found to be by its own thresholds and audit.
      package var verdict: Verdict
      @Explicit package var target: String
      @Explicit package var version: String?
      @Explicit package var labels: [String: String]

      enum CodingKeys: String, CodingKey {
        case place, id, seed
        case startedAt = "started_at"
        case verdict, target, version, labels
      }
    }
  }

  enum CodingKeys: String, CodingKey {
    case schemaVersion = "schema_version"
    case verdict
    case exitCode = "exit_code"
    case outcomes, method, baseline, candidate, forced
    case leftOut = "left_out"
    case figures, curves
  }
}

extension Comparison {
  /// - Parameters:
  ///   - forced: what speaks against the comparison, and is to be overruled.
  ///   - isSequential: whether more runs may follow, depending on what these say: intervals then hold at every look.
  /// - Throws: `ConfigurationError` where a side has no run, or there is nothing to judge by.
  package init(
    _ baseline: ComparedSide, _ candidate: ComparedSide, _ settings: ComparisonSettings, forced: [String] = [], isSequential: Bool = false
  ) throws(ConfigurationError) {
    guard !baseline.runs.isEmpty, !candidate.runs.isEmpty else {
      throw ConfigurationError("a comparison needs runs on both sides: there are \(baseline.runs.count) and \(candidate.runs.count)")
    }
    let pairing = Pairing(baseline: baseline.runs, candidate: candidate.runs)
    func compare(_ figure: ComparedFigure, _ settings: ComparisonSettings) -> FigureComparison? {
      FigureComparison(figure, baseline, candidate, pairing, settings, isSequential: isSequential)
    }
    func isMeasured(_ figure: ComparedFigure) -> Bool { (baseline.value(figure) ?? candidate.value(figure)) != nil }
    if settings.namesGates, let missing = settings.gates.first(where: { !isMeasured($0) }) {
      throw ConfigurationError("--gate '\(missing.name)': none of the runs has such a figure")
    }
    // A default gate that the runs do not have, as of orders that are not followed, takes no confidence from the others.
    var settings = settings
    settings.gates = settings.gates.filter(isMeasured)
    guard !settings.gates.isEmpty else { throw ConfigurationError("the runs have no figure in common to be judged by: name one by --gate") }
    let gates = settings.gates.compactMap { compare($0, settings) }
    let shown = baseline.figures.filter { !settings.gates.contains($0) }.compactMap { compare($0, settings) }
    let sides = (baseline: Side(baseline), candidate: Side(candidate))
    let decision = Decision(
      Self.outcomes(gates, settings) + (Self.onlyCandidateFails(sides.baseline, sides.candidate) ? [.regression] : []))
    self.init(
      verdict: decision.verdict, exitCode: decision.exitCode, outcomes: decision.outcomes,
      method: Method(
        pairing, settings, isOfSingleRuns: settings.judgesSingleRuns && baseline.only != nil && candidate.only != nil,
        isSequential: isSequential),
      baseline: sides.baseline, candidate: sides.candidate, forced: forced, leftOut: pairing.leftOut,
      figures: gates + shown, curves: PercentileCurves.all(baseline, candidate))
  }

  private static func outcomes(_ gates: [FigureComparison], _ settings: ComparisonSettings) -> [Outcome] {
    let verdicts = gates.map { gate in settings.judgesSingleRuns ? gate.within?.verdict ?? gate.verdict : gate.verdict }
    let fails = verdicts.contains(.regressed) || settings.failsUndecided && verdicts.contains(.undecided)
    return fails ? [.regression] : []
  }

  /// Whether all runs of the candidate failed by their own thresholds or audit, and none of the baseline's did: that the candidate is worse is then
  /// plain, whatever the gates say of what it still did.
  package var onlyCandidateFails: Bool { Self.onlyCandidateFails(baseline, candidate) }

  private static func onlyCandidateFails(_ baseline: Side, _ candidate: Side) -> Bool {
    candidate.runs.allSatisfy { $0.verdict == .fail } && baseline.runs.allSatisfy { $0.verdict == .pass }
  }

  /// Adds what else came of making the runs.
  package mutating func add(_ found: [Outcome]) {
    let decision = Decision(outcomes + found)
    (verdict, exitCode, outcomes) = (decision.verdict, decision.exitCode, decision.outcomes)
  }

  package var gates: [FigureComparison] { figures.filter(\.gated) }

  /// Whether no gate is undecided any more.
  package var isDecided: Bool { gates.allSatisfy { $0.verdict != .undecided } }
}

extension Comparison.Method {
  fileprivate init(_ pairing: Pairing, _ settings: ComparisonSettings, isOfSingleRuns: Bool, isSequential: Bool) {
    let (unit, name, observations): (Comparison.Unit, FigureEvidence.Method?, Int) =
      switch pairing {
      case _ where isOfSingleRuns: (.run, .blocks, 1)
      case .pairs(let pairs, _): (.pair, isSequential ? .signSequence : .signFlip, pairs.count)
      case .sittings(let baseline, let candidate): (.sitting, .welch, min(baseline.count, candidate.count))
      }
    self.init(
      unit: unit, name: name?.rawValue, observations: observations, isSequential: isSequential, alpha: settings.alpha,
      margin: settings.margin, shareMargin: settings.shareMargin)
  }
}

extension Comparison.Side {
  fileprivate init(_ side: ComparedSide) {
    self.init(
      runs: side.runs.map {
        Run(
          place: $0.place, id: $0.run.id, seed: $0.run.seed, startedAt: $0.run.startedAt, verdict: $0.verdict, target: $0.run.target.url,
          version: $0.run.target.version, labels: $0.run.labels)
      })
  }
}
