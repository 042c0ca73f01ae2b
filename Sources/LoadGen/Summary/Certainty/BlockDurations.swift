import Shared

/// A duration in the blocks of a run, or of one of its stages, by its lower and by its upper ends: without those of the warm-up, and those
/// after the load.
struct BlockDurations {
  var lower: [[Summary.Pair]] = []
  var upper: [[Summary.Pair]] = []

  /// - Parameter settled: when measuring begins, in seconds since the run began, where that is later than the end of the warm-up.
  /// - Returns: `nil` where blocks do not tell the duration: they have those of creates and of completions.
  init?(_ rule: Threshold, _ summary: Summary, from settled: Double = 0) {
    let ends: (Summary.Block) -> (lower: [Summary.Pair], upper: [Summary.Pair])
    switch rule.metric {
    case .latency(.accept, _): ends = { ($0.accept, $0.accept) }
    case .interval(.completion, _): ends = { ($0.completionLower, $0.completionUpper) }
    default: return nil
    }
    let times = BlockTimes(summary)
    let began = summary.run.loadBegan ?? 0
    let stage = rule.stage.flatMap { number in summary.stages.first { $0.stage == number } }
    let from = max(settled, summary.run.warmEnds, stage.map { began + $0.begins } ?? 0)
    let to = min(summary.run.loadEnds, stage.map { began + $0.begins + $0.window } ?? .infinity)
    for (index, piece) in times.blocks.enumerated() where times.start(index) >= from - 1e-9 && times.start(index) < to {
      let found = ends(piece.block)
      lower.append(found.lower)
      upper.append(found.upper)
    }
  }
}
