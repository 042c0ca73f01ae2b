extension Summary {
  /// A stage of a rate that changes: the orders that were due in it, whatever became of them later, and the rates of what was received
  /// while it lasted.
  package struct Stage: Codable, Sendable, Equatable {
    /// Counted from 1.
    package var stage: Int
    /// As it could be written in `--rate`: `0/s..200/s over 1m`.
    package var rate: String
    /// Seconds since the load began.
    var begins: Double
    /// The time that its rates are counted over: the part of the stage within the load window, in seconds.
    var window: Double
    package var orders: Orders
    package var rates: StageRates
    /// The latencies that are known for single orders: `accept`, `accept_service`, `reject`, `slip` and `connection_wait`.
    @Explicit package var latency: [String: LatencyFigures]
    @Explicit package var intervals: [String: IntervalFigures]
    /// Named as those of the whole run are.
    @Explicit var histograms: [String: Histogram]
  }

  /// Per second, over the stage's window; `nil` where the window is empty.
  package struct StageRates: Codable, Sendable, Equatable {
    @Explicit package var offered: Double?
    @Explicit package var accepted: Double?
    @Explicit package var completed: Double?
    @Explicit var polls: Double?
    @Explicit var requests: Double?
  }
}

extension Summary.Stage {
  package func latency(_ name: LatencyName) -> Summary.LatencyFigures? { latency[name.rawValue] }
  package func intervals(_ name: IntervalName) -> Summary.IntervalFigures? { intervals[name.rawValue] }
}
