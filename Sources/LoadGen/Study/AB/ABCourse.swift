package import LoadRun
import LoadStatistics
package import Shared

/// Which run of a baseline and a candidate comes next, and when there are enough of them: summaries in, the next run or the answer out.
///
/// The two runs of a pair have one seed, so that they are offered the same load at the same moments, and follow each other, so that whatever
/// the machine does it does to both; which of them comes first is drawn for each pair.
package struct ABCourse: Sendable {
  /// How many pairs are made.
  package enum Length: Sendable, Hashable {
    case pairs(Int)
    /// Until each gate is decided, at most so many.
    case untilDecided(most: Int)

    package var most: Int {
      switch self {
      case .pairs(let count), .untilDecided(let count): count
      }
    }
  }

  package enum Side: String, Sendable, CaseIterable {
    case baseline, candidate
  }

  /// A run to be made.
  package struct Step: Sendable, Hashable {
    /// Counted from 1.
    package let pair: Int
    package let side: Side
    package let seed: UInt64
  }

  /// How many pairs in all are made anew because one of their runs was not valid.
  package static let patience = 5

  private let random: SeededRandom
  private let settings: ComparisonSettings
  private let length: Length
  package private(set) var baseline: ComparedSide
  package private(set) var candidate: ComparedSide
  /// The runs of the pair that is being made.
  private var open: [Side: Summary] = [:]
  private var places: [Side: String] = [:]
  /// Pairs that were begun, those that are made anew included.
  private var begun = 0
  /// What is known after the last whole pair; `nil` before.
  package private(set) var comparison: Comparison?
  /// How many pairs have been left out because a run of theirs was not valid.
  package private(set) var discarded = 0

  /// - Parameters:
  ///   - seed: of the order within the pairs, and of the seeds of their runs.
  ///   - shown: the figures that are compared beside the gates.
  package init(seed: UInt64, _ length: Length, _ settings: ComparisonSettings, shown: [ComparedFigure] = ComparedFigure.shown) {
    random = SeededRandom(seed: seed)
    self.length = length
    self.settings = settings
    let figures = settings.figures(with: shown)
    (baseline, candidate) = (ComparedSide(of: figures), ComparedSide(of: figures))
  }

  /// What is known before the first run: that so few pairs decide nothing; `nil` where they may.
  package var warning: String? {
    let needed =
      isSequential ? SignSequence.fewest(confidence: settings.gateConfidence) : SignFlip.fewest(confidence: settings.gateConfidence) ?? .max
    guard length.most < needed else { return nil }
    let gates = settings.gates.count
    return
      "\(length.most) pair\(length.most == 1 ? "" : "s") will leave \(gates == 1 ? "the gate" : "all \(gates) gates") undecided: \(needed) are the "
      + "fewest that can decide (\(isSequential ? "--max-pairs" : "--pairs"))"
  }

  /// How many whole pairs there are.
  package var pairs: Int { baseline.runs.count }

  /// The run to be made; `nil` where there are enough.
  package var next: Step? {
    guard discarded <= Self.patience else { return nil }
    if open.isEmpty {
      guard pairs < length.most else { return nil }
      if case .untilDecided = length, comparison?.isDecided ?? false { return nil }
    }
    let index = UInt64(begun - (open.isEmpty ? 0 : 1))
    let isCandidateFirst = random.bits(.pairOrder, index) & 1 == 1
    let first: Side = isCandidateFirst ? .candidate : .baseline
    let second: Side = isCandidateFirst ? .baseline : .candidate
    return Step(pair: pairs + 1, side: open.isEmpty ? first : second, seed: random.bits(.pairSeed, index))
  }

  /// Takes the run of the last `next`.
  /// - Parameter place: how it is named to the reader.
  /// - Returns: why the pair is left out and made anew; `nil` where it is not.
  /// - Throws: `ConfigurationError` where nothing can be concluded from runs like these.
  package mutating func add(_ summary: Summary, place: String) throws(ConfigurationError) -> String? {
    guard let step = next else { return nil }
    if open.isEmpty { begun += 1 }
    if !summary.generator.valid {
      (open, places) = ([:], [:])
      discarded += 1
      return summary.generator.reasons.first ?? "the load generator itself may have changed a verdict"
    }
    (open[step.side], places[step.side]) = (summary, place)
    guard let one = open[.baseline], let other = open[.candidate] else { return nil }
    try baseline.add(one, place: places[.baseline] ?? "")
    try candidate.add(other, place: places[.candidate] ?? "")
    (open, places) = ([:], [:])
    let objections = Comparability.objections(baseline: Array(baseline.runs.suffix(1)), candidate: Array(candidate.runs.suffix(1)))
    if let objection = objections.first { throw ConfigurationError("these runs cannot be compared: \(objection)") }
    comparison = try Comparison(baseline, candidate, settings, isSequential: isSequential)
    return nil
  }

  private var isSequential: Bool { if case .untilDecided = length { true } else { false } }
}
