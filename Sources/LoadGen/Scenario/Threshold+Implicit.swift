/// The rules that are there without having been asked for: a dead API never passes, nor one that only takes orders.
package struct ImplicitThreshold: Sendable {
  /// What `--no-threshold` switches it off by.
  let name: String
  let threshold: Threshold
  private let need: Need

  /// What a run must be for the rule to say something of it.
  private enum Need {
    case nothing, followedOrders
    /// Followed orders of which none is cancelled on purpose.
    case uncancelledOrders
    case metrics, servedProgram
  }

  /// What a run is, as far as rules hang on it.
  struct Circumstances {
    var follows: Bool
    /// Whether the mix has orders cancelled.
    var cancels: Bool
    var hasMetrics: Bool
    var isServed: Bool
  }

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

  /// The rules of a run, less those that are switched off by name, and those whose figure has a rule of the user's own.
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
