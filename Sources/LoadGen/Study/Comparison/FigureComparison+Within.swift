import Foundation
import LoadRun
import LoadStatistics
import Shared

extension FigureComparison.Within {
  /// - Returns: `nil` where a side has more than one run, or too few blocks for a statement.
  init?(_ figure: ComparedFigure, _ baseline: ComparedSide, _ candidate: ComparedSide, confidence: Double, margin: Double) {
    guard let before = baseline.only, let after = candidate.only else { return nil }
    func change(_ end: (Bounds<Double>) -> Double) -> (change: Change, batches: Int)? {
      guard let one = Batches.values(of: figure, before, end), let other = Batches.values(of: figure, after, end) else { return nil }
      var evidence = FigureEvidence(blocks: (one, other))
      return evidence.change(confidence: confidence).map { ($0, min(one.count, other.count)) }
    }
    guard let lower = change({ $0.lower }), let upper = change({ $0.upper ?? .infinity }) else { return nil }
    let verdicts = [lower, upper].map { $0.change.verdict(margin: margin, worse: figure.worse) }
    self.init(
      lower: FigureComparison.Span(lower.change, figure.scale), upper: FigureComparison.Span(upper.change, figure.scale),
      verdict: verdicts[0] == verdicts[1] ? verdicts[0] : .undecided, batches: min(lower.batches, upper.batches))
  }
}

/// A run cut into pieces that are long enough not to depend on one another.
enum Batches {
  /// What each batch of a run's blocks says of a figure, by one of its ends, on the scale on which sides are set against each other.
  ///
  /// The length of the batches is found by the blocks' own dependence (batch means); the figure is then taken from all the orders of a batch.
  /// - Returns: `nil` where blocks do not tell the figure, or the run is too short.
  static func values(of figure: ComparedFigure, _ summary: Summary, _ end: (Bounds<Double>) -> Double) -> [Double]? {
    func series(_ times: BlockTimes) -> [Double]? {
      let values = FigureTrace.values(of: figure.metric, summary, times)?.compactMap(\.self).map(end)
      let scaled = values?.map { figure.scale == .ratio ? log($0) : $0 }
      return scaled?.allSatisfy(\.isFinite) ?? false ? scaled : nil
    }
    let single = BlockTimes(summary)
    guard let blocks = series(single), let batches = BatchMeans(of: blocks) else { return nil }
    guard batches.size > 1 else { return blocks }
    return series(BlockTimes(summary, together: batches.size))
  }
}
