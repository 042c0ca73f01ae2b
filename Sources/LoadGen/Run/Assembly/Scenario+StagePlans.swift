import Shared

extension Scenario {
  /// When each stage ends, in nanoseconds since the load began, and whether a threshold on its latencies or durations needs them free of
  /// our own lag.
  var stagePlans: [StageBooks.Plan] {
    let judged = Set(thresholds.filter(\.metric.isOfTime).compactMap(\.stage))
    var ends = Duration.zero
    return stages.enumerated().map { place, stage in
      ends += stage.length
      return StageBooks.Plan(ends: min(ends, duration ?? ends).nanoseconds, isJudged: judged.contains(place + 1))
    }
  }
}
