import Shared

extension Scenario {
  /// When each of them ends, and whether a rule speaks of it.
  var stagePlans: [StageBooks.Plan] {
    let judged = Set(thresholds.filter(\.metric.isOfTime).compactMap(\.stage))
    var ends = Duration.zero
    return stages.enumerated().map { place, stage in
      ends += stage.length
      return StageBooks.Plan(ends: min(ends, duration ?? ends).nanoseconds, isJudged: judged.contains(place + 1))
    }
  }
}
