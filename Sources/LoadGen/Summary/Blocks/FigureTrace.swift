package import Shared

/// A threshold's figure in each block: when the threshold was broken first, and in how many blocks.
///
/// Each block is judged by itself: by the orders that were due in it, or by what became known in it. The whole run may hold although a
/// single block does not. Blocks of the warm-up are left out, and, for rates, those after the load as well (docs/measurement.md, "When a
/// threshold was first broken").
package struct FigureTrace: Sendable {
  package let rule: Threshold
  package let times: BlockTimes
  /// For each block, the bounds of the figure; `nil` where the block says nothing about it. A duration's lower end is infinite where none
  /// of the orders due in the block was accepted, or completed.
  package let values: [Bounds<Double>?]

  /// - Returns: `nil` where blocks do not tell the figure: a login's latency, say, or how many orders were lost.
  package init?(_ threshold: Summary.Threshold, _ summary: Summary, _ times: BlockTimes) {
    guard let rule = try? Threshold(text: threshold.expression), let values = Self.values(of: rule.metric, summary, times) else {
      return nil
    }
    self.rule = rule
    self.times = times
    self.values = values
  }

  /// For each block, the bounds of a figure, as `values` has them; `nil` where blocks do not tell the figure.
  package static func values(of metric: Threshold.Metric, _ summary: Summary, _ times: BlockTimes) -> [Bounds<Double>?]? {
    guard let read = reader(metric, summary.orders) else { return nil }
    let load = summary.run.warmEnds...Swift.max(summary.run.warmEnds, summary.run.loadEnds)
    let length = Double(times.seconds)
    return times.blocks.indices.map { index in
      guard times.start(index) >= load.lowerBound - 1e-9 else { return nil }
      if case .rate = metric {
        guard times.blocks[index].length >= length * 0.99, times.blocks[index].end <= load.upperBound + 1e-9 else { return nil }
      }
      return read(times.blocks[index].block, times.blocks[index].length)
    }
  }

  /// The indices of the blocks in which the rule was certainly broken.
  var broken: [Int] {
    values.indices.filter { index in
      guard let value = values[index] else { return false }
      return !rule.comparison.holds(value.lower, rule.limit) && !rule.comparison.holds(value.upper ?? .infinity, rule.limit)
    }
  }

  /// When the first block in which the rule was broken began, in seconds since the run began; `nil` where there is none.
  package var firstAt: Double? { broken.first.map(times.start) }

  /// As in `broken in 3 of 10 blocks of 1s`; `nil` where it was never broken.
  package var wording: String? {
    let told = values.count { $0 != nil }
    guard !broken.isEmpty else { return nil }
    let length = Duration.seconds(times.seconds).text
    return "broken in \(Figure.count(broken.count)) of \(Figure.count(told)) block\(told == 1 ? "" : "s") of \(length)"
  }

  private typealias Reader = (_ block: Summary.Block, _ length: Double) -> Bounds<Double>?

  /// - Parameter orders: those of the whole run. A block does not say how many of the orders due in it were refused or cancelled. A block
  ///   without any value therefore proves something only where the run had no such orders.
  private static func reader(_ metric: Threshold.Metric, _ orders: Summary.Orders) -> Reader? {
    let never = Bounds<Double>(lower: .infinity, upper: nil)
    func exactly(_ value: Double) -> Bounds<Double> { Bounds(lower: value, upper: value) }
    switch metric {
    case .latency(.accept, let aggregate):
      guard let quantile = aggregate.quantile else { return nil }
      return { block, _ in
        if block.accept.isEmpty { return block.scheduled > 0 && orders.rejected == 0 ? never : nil }
        return block.accept.lower(quantile).map { Bounds(lower: $0, upper: block.accept.upper(quantile)) }
      }
    case .interval(.completion, let aggregate):
      guard let quantile = aggregate.quantile else { return nil }
      return { block, _ in
        if block.completionUpper.isEmpty { return !block.accept.isEmpty && orders.allAcceptedMayComplete ? never : nil }
        return block.completionLower.lower(quantile).map { Bounds(lower: $0, upper: block.completionUpper.upper(quantile)) }
      }
    case .errorRate:
      return { block, _ in
        let failures = block.failures
        let all = failures &+ block.accepted
        return all > 0 ? exactly(Double(failures) / Double(all)) : nil
      }
    case .errorCount: return { block, _ in exactly(Double(block.failures)) }
    case .orders("rejected"): return { block, _ in exactly(Double(block.rejected)) }
    case .orders("errored"): return { block, _ in exactly(Double(block.errored)) }
    case .orders("ambiguous"): return { block, _ in exactly(Double(block.ambiguous)) }
    case .orders("timed_out") where orders.timedOut == orders.unfinished && orders.allAcceptedMayComplete,
      .orders("unfinished") where orders.allAcceptedMayComplete:
      // Unlike the other counts, these are of the orders that were due in the block.
      return { block, _ in exactly(Double(block.accept.total) - Double(block.completionUpper.total)) }
    case .rate("offered"): return { block, length in exactly(Double(block.scheduled) / length) }
    case .rate("accepted"): return { block, length in exactly(Double(block.accepted) / length) }
    case .rate("completed"): return { block, length in exactly(Double(block.completedLatest) / length) }
    case .rate("polls"): return { block, length in exactly(Double(block.polls) / length) }
    default: return nil
    }
  }
}

extension Threshold.Aggregate {
  /// `nil` for a mean, and for a least value, which a single block cannot break.
  fileprivate var quantile: Quantile? {
    switch self {
    case .percentile(let quantile): quantile
    case .max: Quantile(percent: "100")
    case .min, .mean: nil
    }
  }
}

extension Summary.Orders {
  fileprivate var allAcceptedMayComplete: Bool { rejected == 0 && cancelled == 0 && failed == 0 && untracked == 0 }
}

extension Summary.Block {
  /// Orders of which it became known in this block that they were not accepted.
  fileprivate var failures: Int { rejected &+ errored &+ ambiguous }
}

extension Summary {
  /// Records for each threshold that does not hold when it was first broken, where the blocks show it.
  mutating func dateThresholds() {
    let times = BlockTimes(self)
    for index in thresholds.indices where thresholds[index].verdict != .pass && thresholds[index].firstAt == nil {
      thresholds[index].firstAt = FigureTrace(thresholds[index], self, times)?.firstAt
    }
  }
}
