import Foundation
package import LoadRun
import LoadStatistics
import Shared

/// How often comparisons whose truth is known said what.
package struct CalibrationTally: Sendable {
  /// One comparison: of a figure, by its upper ends.
  package struct Set: Codable, Sendable {
    /// The pairs' differences, of ratios their logarithms.
    package var differences: [Double]
    /// What could not be excluded; `null` is not bounded.
    @Explicit package var low: Double?
    @Explicit package var high: Double?
    package var verdict: ComparisonVerdict
    /// How many pairs were made.
    package var pairs: Int
  }

  package let figure: ComparedFigure
  package private(set) var sets: [Set] = []

  package init(_ figure: ComparedFigure) { self.figure = figure }

  /// - Parameters:
  ///   - pairs: only the first so many are taken; `nil`: all.
  ///   - confidence: of the interval.
  ///   - margin: what is no difference that matters, as a fraction.
  package mutating func add(
    _ baseline: ComparedSide, _ candidate: ComparedSide, pairs: Int? = nil, isSequential: Bool, confidence: Double, margin: Double
  ) {
    let count = min(baseline.runs.count, pairs ?? .max)
    let pairing = Pairing.pairs(Array(zip(baseline.runs.prefix(count), candidate.runs.prefix(count))).map { ($0, $1) }, alone: [])
    var evidence = FigureEvidence(pairing, figure, isSequential: isSequential) { $0.upper ?? .infinity }
    let change = evidence.change(confidence: confidence)
    let limit = figure.scale == .ratio ? log(1 + margin) : margin
    func told(_ value: Double?) -> Double? { value.flatMap { $0.isFinite ? $0 : nil } }
    sets.append(
      Set(
        differences: evidence.differences.filter(\.isFinite), low: told(change?.interval.lowerBound),
        high: told(change?.interval.upperBound),
        verdict: change?.verdict(margin: limit, worse: figure.worse) ?? .undecided, pairs: count))
  }

  package func count(_ verdict: ComparisonVerdict) -> Int { sets.count { $0.verdict == verdict } }

  /// The mean over all pairs of all sets: what the intervals should hold.
  package var truth: Double? { Moments(sets.flatMap(\.differences))?.mean }

  /// How many intervals hold a value.
  package func covering(_ value: Double) -> Int {
    sets.count { ($0.low ?? -.infinity) <= value && value <= ($0.high ?? .infinity) }
  }
}
