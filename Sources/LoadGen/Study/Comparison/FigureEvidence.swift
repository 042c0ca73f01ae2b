import Foundation
import LoadRun
import LoadStatistics
import Shared

/// What the runs say of how one figure has changed, by one of its ends: what each independent observation says.
struct FigureEvidence {
  /// How an interval is made of the observations, and what it rests on (docs/comparing.md).
  package enum Method: String, Codable, Sendable {
    /// Pairs, looked at once: exact where a pair's difference lies as often above its centre as below.
    case signFlip = "sign_flip"
    /// Pairs, looked at after each: holds however often that is, where pairs are independent.
    case signSequence = "sign_sequence"
    /// Sittings of two sides, by Welch's t: where their means are about normal.
    case welch
    /// Blocks within two single runs: says something of these runs only.
    case blocks
  }

  /// Of pairs: candidate less baseline, of each.
  var differences: [Double] = []
  /// Of two sides that are not paired.
  var sides: (baseline: [Double], candidate: [Double]) = ([], [])
  let method: Method
  /// Why nothing follows from the observations; `nil` where something may.
  var obstacle: Obstacle?

  /// Why there is no interval.
  enum Obstacle: Equatable {
    /// A value of 0 has no ratio.
    case zero
    /// A value without an upper end has no ratio.
    case unbounded
    /// Some run has no value.
    case missing(Int)
    /// So many observations a side are needed, and so many there are.
    case few(needed: Int, found: Int)
  }

  /// - Parameter confidence: of the interval.
  /// - Returns: `nil` where there is an obstacle; it is then set.
  mutating func change(confidence: Double) -> Change? {
    guard obstacle == nil else { return nil }
    switch method {
    case .signFlip:
      guard let interval = SignFlip.interval(of: differences, confidence: confidence) else {
        obstacle = .few(needed: SignFlip.fewest(confidence: confidence) ?? .max, found: differences.count)
        return nil
      }
      return Change(estimate: centre(differences, in: interval), interval: interval)
    case .signSequence:
      let interval = SignSequence(differences).interval(confidence: confidence)
      guard interval.lowerBound > -.infinity || interval.upperBound < .infinity else {
        obstacle = .few(needed: SignSequence.fewest(confidence: confidence), found: differences.count)
        return nil
      }
      return Change(estimate: median(differences), interval: interval)
    case .welch, .blocks:
      guard let interval = StudentT.welch(sides.baseline, sides.candidate, confidence: confidence),
        let baseline = Moments(sides.baseline), let candidate = Moments(sides.candidate)
      else {
        obstacle = .unbounded
        return nil
      }
      return Change(estimate: candidate.mean - baseline.mean, interval: interval)
    }
  }

  /// The mean, or, where single pairs are not bounded, the middle pair's.
  private func centre(_ values: [Double], in interval: ClosedRange<Double>) -> Double {
    let mean = Moments(values)?.mean ?? median(values)
    return min(max(mean, interval.lowerBound), interval.upperBound)
  }

  private func median(_ values: [Double]) -> Double {
    guard !values.isEmpty else { return .nan }
    let sorted = values.sorted()
    let (low, high) = (sorted[(sorted.count - 1) / 2], sorted[sorted.count / 2])
    return low == high ? low : (low + high) / 2
  }
}

extension FigureEvidence {
  /// - Parameter end: which end of a run's value is taken.
  init(_ pairing: Pairing, _ figure: ComparedFigure, isSequential: Bool, _ end: (Bounds<Double>) -> Double) {
    switch pairing {
    case .pairs(let pairs, _):
      self.init(method: isSequential ? .signSequence : .signFlip)
      for (baseline, candidate) in pairs {
        guard let one = baseline.values[figure], let after = figure.value(of: candidate).map(end) else {
          obstacle = .missing(pairs.count { $0.baseline.values[figure] == nil || figure.value(of: $0.candidate) == nil })
          return
        }
        let before = end(one)
        guard let difference = Change.difference(before, after, figure.scale) else {
          obstacle = before == 0 ? .zero : .unbounded
          return
        }
        differences.append(difference)
      }
    case .sittings(let baseline, let candidate):
      self.init(method: .welch)
      let found = min(baseline.count, candidate.count)
      // With fewer, one odd sitting decides.
      guard found >= Self.fewestSittings else {
        obstacle = .few(needed: Self.fewestSittings, found: found)
        return
      }
      sides = (means(baseline, figure, end), means(candidate, figure, end))
    }
  }

  /// How many sittings of each side must have been seen.
  static let fewestSittings = 6

  private init(method: Method) { self.method = method }

  /// Of two single runs: what each batch of blocks of them says.
  init(blocks: (baseline: [Double], candidate: [Double])) {
    method = .blocks
    sides = blocks
  }

  /// Of each sitting the mean over its runs.
  private mutating func means(_ sittings: [[ComparedRun]], _ figure: ComparedFigure, _ end: (Bounds<Double>) -> Double) -> [Double] {
    sittings.map { runs in
      let values = runs.compactMap { $0.values[figure] }.map { figure.scale == .ratio ? log(end($0)) : end($0) }
      if values.count < runs.count {
        obstacle = .missing(runs.count - values.count)
      } else if let value = values.first(where: { !$0.isFinite }) {
        obstacle = value < 0 ? .zero : .unbounded
      }
      return values.reduce(0, +) / Double(max(1, values.count))
    }
  }
}

extension ComparedFigure {
  /// What is known of it in a run of the candidate: none of whose orders came so far that it has a duration, took for ever.
  fileprivate func value(of run: ComparedRun) -> Bounds<Double>? {
    run.values[self] ?? (unit == .seconds && worse > 0 ? Bounds(lower: .infinity, upper: nil) : nil)
  }
}
