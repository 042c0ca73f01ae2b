/// A rule that applies without having been asked for: a dead API never passes, nor does one that only takes orders.
package struct ImplicitThreshold: Sendable {
  /// The name by which `--no-threshold` switches it off.
  let name: String
  let threshold: Threshold
  private let need: Need

  /// What a run must have for the rule to make sense.
  private enum Need {
    case nothing, followedOrders
    /// Orders that are followed, and none of which is cancelled on purpose.
    case uncancelledOrders
    case metrics, servedProgram
  }

  /// What about a run decides which rules apply to it.
  struct Circumstances {
    var follows: Bool
    /// Whether the mix includes cancelling orders.
    var cancels: Bool
    var hasMetrics: Bool
    var isServed: Bool
  }

  /// All implicit rules, whatever the run; see docs/measurement.md, "The run's own validity".
  static let all = [
    ImplicitThreshold("accepted", .nothing, "accepted>0", .orders("accepted"), .above, 0),
    ImplicitThreshold("errors", .nothing, "errors.rate<1%", .errorRate, .below, 0.01),
    ImplicitThreshold("not_sent", .nothing, "not_sent==0", .orders("not_sent"), .equal, 0),
    ImplicitThreshold("completed", .uncancelledOrders, "completed>0", .orders("completed"), .above, 0),
    ImplicitThreshold("timed_out", .followedOrders, "timed_out==0", .orders("timed_out"), .equal, 0),
    ImplicitThreshold("unknown_status", .followedOrders, "unknown_status==0", .orders("unknown_status"), .equal, 0),
    ImplicitThreshold("untracked", .followedOrders, "untracked==0", .orders("untracked"), .equal, 0),
    ImplicitThreshold("lost", .followedOrders, "lost==0", .orders("lost"), .equal, 0),
    ImplicitThreshold("failed", .followedOrders, "failed.rate<1%", .share("failed"), .below, 0.01),
    ImplicitThreshold("polls", .followedOrders, "polls.errors.rate<1%", .pollErrorRate, .below, 0.01),
    ImplicitThreshold("metrics", .metrics, "metrics.readings>0", .readings, .above, 0),
    ImplicitThreshold("served", .servedProgram, "served.alive==1", .servedAlive, .equal, 1),
  ]

  package static let names = all.map(\.name)

  /// The rules that apply to a run, except those switched off by name, and those on whose figure, for the whole run, the user has a rule.
  static func rules(in circumstances: Circumstances, without off: [String], beside explicit: [Threshold]) -> [Threshold] {
    all.filter { rule in
      rule.saysSomething(in: circumstances) && !off.contains(rule.name)
        && !explicit.contains { $0.stage == nil && $0.metric.figure == rule.threshold.metric.figure }
    }.map(\.threshold)
  }

  private init(
    _ name: String, _ need: Need, _ expression: String, _ metric: Threshold.Metric, _ comparison: Threshold.Comparison, _ limit: Double
  ) {
    self.name = name
    self.need = need
    threshold = Threshold(implicit: expression, metric, comparison, limit)
  }

  private func saysSomething(in run: Circumstances) -> Bool {
    switch need {
    case .nothing: true
    case .followedOrders: run.follows
    case .uncancelledOrders: run.follows && !run.cancels
    case .metrics: run.hasMetrics
    case .servedProgram: run.isServed
    }
  }
}
