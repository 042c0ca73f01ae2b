import Foundation
package import LoadRun
import LoadStatistics
import Shared

/// What is known of one figure on both sides, and what follows.
package struct FigureComparison: Codable, Sendable, Equatable {
  /// As a threshold names it.
  package var figure: String
  /// Whether it decides, and is not only shown.
  package var gated: Bool
  package var unit: FigureUnit
  package var scale: ComparedFigure.Scale
  /// Over all runs of the side, in the figure's unit; a percentile is that of all their orders.
  package var baseline: Ends
  package var candidate: Ends
  /// How the figure changed by its lower ends, and by its upper ends; the same where it is known exactly. `nil` where nothing follows.
  @Explicit package var lower: Span?
  @Explicit package var upper: Span?
  package var confidence: Double
  package var verdict: ComparisonVerdict
  /// Why it is undecided, as a clause; empty where it is decided.
  @Explicit package var reason: String
  /// About how many more pairs would decide it; `nil` where that is not known, or it is decided.
  @Explicit package var morePairs: Int?
  /// What the blocks of two single runs say, which holds of these runs only; `nil` for more runs, and where blocks do not tell the figure.
  @Explicit package var within: Within?
  /// Of a gate: what each run measured, by rising time; of pairs, the n-th of both sides are a pair. Empty for what is only shown.
  @Explicit package var runs: Runs

  /// A value that is known to lie between two ends, in the figure's unit.
  package struct Ends: Codable, Sendable, Equatable {
    @Explicit package var lower: Double?
    /// `nil`: unbounded.
    @Explicit package var upper: Double?
  }

  /// What the runs of both sides measured, each as `[t, lower, upper]`: when it began, in Unix time, and the figure in its unit.
  package struct Runs: Codable, Sendable, Equatable, Absentable {
    package var baseline: [[Double?]] = []
    package var candidate: [[Double?]] = []

    package static let absent = Runs()
  }

  /// The candidate's value by the baseline's, or less it, and what cannot be excluded.
  package struct Span: Codable, Sendable, Equatable {
    @Explicit package var estimate: Double?
    /// `nil`: of a ratio that is unbounded altogether, and of a difference that is unbounded below.
    @Explicit package var low: Double?
    /// `nil`: unbounded.
    @Explicit package var high: Double?
  }

  /// How two runs differ from one another, whatever the machine may do tomorrow.
  package struct Within: Codable, Sendable, Equatable {
    @Explicit package var lower: Span?
    @Explicit package var upper: Span?
    package var verdict: ComparisonVerdict
    /// How many batches of blocks each side was cut into.
    package var batches: Int
  }

  enum CodingKeys: String, CodingKey {
    case figure, gated, unit, scale, baseline, candidate, lower, upper, confidence, verdict, reason
    case morePairs = "more_pairs"
    case within, runs
  }
}

extension FigureComparison.Span {
  init(_ change: Change, _ scale: ComparedFigure.Scale) {
    func told(_ value: Double) -> Double? {
      let value = scale == .ratio ? exp(value) : value
      return value.isFinite ? value : nil
    }
    self.init(estimate: told(change.estimate), low: told(change.interval.lowerBound), high: told(change.interval.upperBound))
  }
}

extension FigureComparison.Ends {
  init(_ bounds: Bounds<Double>?) { self.init(lower: bounds?.lower, upper: bounds?.upper) }
}

extension FigureComparison.Runs {
  fileprivate init(_ figure: ComparedFigure, _ pairing: Pairing) {
    func told(_ runs: [ComparedRun]) -> [[Double?]] {
      runs.map { run in [run.began, run.values[figure]?.lower, run.values[figure]?.upper].map { $0.flatMap { $0.isFinite ? $0 : nil } } }
    }
    switch pairing {
    case .pairs(let pairs, _): self.init(baseline: told(pairs.map(\.baseline)), candidate: told(pairs.map(\.candidate)))
    case .sittings(let baseline, let candidate):
      self.init(baseline: told(Array(baseline.joined())), candidate: told(Array(candidate.joined())))
    }
  }
}

extension FigureComparison {
  /// - Returns: `nil` where neither side has the figure.
  init?(
    _ figure: ComparedFigure, _ baseline: ComparedSide, _ candidate: ComparedSide, _ pairing: Pairing, _ settings: ComparisonSettings,
    isSequential: Bool
  ) {
    let (before, after) = (baseline.value(figure), candidate.value(figure))
    guard before != nil || after != nil else { return nil }
    let confidence = settings.confidence(of: figure)
    let margin = figure.scale == .ratio ? log(1 + settings.margin) : settings.shareMargin
    var lower = FigureEvidence(pairing, figure, isSequential: isSequential) { $0.lower }
    var upper = FigureEvidence(pairing, figure, isSequential: isSequential) { $0.upper ?? .infinity }
    let changes = (lower: lower.change(confidence: confidence), upper: upper.change(confidence: confidence))
    // Known as an interval, a figure is as its ends are only where both say the same.
    let verdicts = [changes.lower, changes.upper].map { $0?.verdict(margin: margin, worse: figure.worse) ?? .undecided }
    let verdict = verdicts[0] == verdicts[1] ? verdicts[0] : .undecided
    self.init(
      figure: figure.name, gated: settings.gates.contains(figure), unit: figure.unit, scale: figure.scale, baseline: Ends(before),
      candidate: Ends(after), lower: changes.lower.map { Span($0, figure.scale) }, upper: changes.upper.map { Span($0, figure.scale) },
      confidence: confidence, verdict: verdict, reason: "", morePairs: nil,
      within: Within(figure, baseline, candidate, confidence: confidence, margin: margin),
      runs: settings.gates.contains(figure) ? Runs(figure, pairing) : .absent)
    guard verdict == .undecided else { return }
    if let obstacle = lower.obstacle ?? upper.obstacle {
      reason = obstacle.words(figure, pairing)
      if case .few(let needed, let found) = obstacle, case .pairs = pairing, needed > found { morePairs = needed - found }
    } else if changes.upper?.interval.upperBound == .infinity, changes.lower?.interval.upperBound ?? .infinity < .infinity {
      reason = "it has no upper end, as some orders never came so far"
    } else if figure.isPolled, verdicts[0] != verdicts[1], verdicts.contains(where: { $0 != .undecided }) {
      reason = "the ends between which it is known do not say the same: poll more often"
    } else if figure.isPolled, let low = after?.lower, let high = after?.upper, low <= 0 || log(high / low) > 2 * margin {
      // More runs would not tell what single polls do not show.
      reason = "each of its values is known only to a range that is wider than the margin: poll more often"
    } else {
      morePairs = Self.more([lower, upper], margin: margin, confidence: confidence)
      reason = "what the runs leave open is not all on one side of the margin"
    }
  }

  /// About how many more pairs would carry both ends to one side of a margin.
  private static func more(_ evidence: [FigureEvidence], margin: Double, confidence: Double) -> Int? {
    let needs = evidence.map { evidence -> Int? in
      guard let moments = Moments(evidence.differences) else { return nil }
      let method: Power.Method? =
        switch evidence.method {
        case .signFlip: .signFlip
        case .signSequence: .signSequence
        case .welch, .blocks: nil
        }
      guard let method else { return nil }
      // The margin that is nearer to what was seen is the one in doubt.
      let limit = moments.mean < 0 ? -margin : margin
      return Power.more(
        for: method, mean: moments.mean, deviation: moments.deviation, margin: limit, seen: moments.count, confidence: confidence)
    }
    let known = needs.compactMap(\.self)
    return known.count == needs.count ? known.max().map { max(1, $0) } : nil
  }
}

extension FigureEvidence.Obstacle {
  fileprivate func words(_ figure: ComparedFigure, _ pairing: Pairing) -> String {
    switch self {
    case .zero: "it is 0, or cannot be told from it, which has no ratio\(figure.isPolled ? ": poll more often" : "")"
    case .unbounded: "some of its values are not bounded, as orders never ended"
    case .missing(let runs): "\(runs) of the runs \(runs == 1 ? "has" : "have") no such figure"
    case .few(let needed, let found):
      switch pairing {
      case .pairs: "\(found) pair\(found == 1 ? " is" : "s are") too few: \(needed) are needed"
      case .sittings:
        "the runs are no pairs, and \(found) sitting\(found == 1 ? " is" : "s are") too few: \(needed) a side are needed, "
          + "or pairs, as loadgen ab makes them"
      }
    }
  }
}

extension ComparedFigure {
  /// Whether it is known only as well as orders were polled.
  var isPolled: Bool { if case .interval = metric { true } else { false } }
}
