extension Summary {
  /// A summary of many durations, in seconds; `nil` where there are none, or the figure is unbounded because of censored ones.
  package struct Distribution: Codable, Sendable, Equatable {
    @Explicit package var min: Double?
    @Explicit package var mean: Double?
    @Explicit package var p50: Double?
    @Explicit package var p90: Double?
    @Explicit package var p95: Double?
    @Explicit package var p99: Double?
    @Explicit package var p999: Double?
    @Explicit package var max: Double?

    static let empty = Distribution(min: nil, mean: nil, p50: nil, p90: nil, p95: nil, p99: nil, p999: nil, max: nil)

    enum CodingKeys: String, CodingKey {
      case min, mean, p50, p90, p95, p99
      case p999 = "p99_9"
      case max
    }
  }

  /// Durations, each of which is either known, or censored at the time that it had waited.
  package struct LatencyFigures: Codable, Sendable, Equatable {
    /// All durations, including the censored ones.
    package var count: Int
    package var censored: Int
    /// In JSON its keys are beside `count` and `censored`, not in an object of their own.
    package var values: Distribution

    init(count: Int, censored: Int, values: Distribution) {
      self.count = count
      self.censored = censored
      self.values = values
    }

    enum CodingKeys: String, CodingKey { case count, censored }

    package init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      count = try container.decode(Int.self, forKey: .count)
      censored = try container.decode(Int.self, forKey: .censored)
      values = try Distribution(from: decoder)
    }

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(count, forKey: .count)
      try container.encode(censored, forKey: .censored)
      try values.encode(to: encoder)
    }
  }

  /// Durations that are each only known to lie between two ends, summarised by their lower and by their upper ends.
  package struct IntervalFigures: Codable, Sendable, Equatable {
    /// All intervals, including the censored ones.
    package var count: Int
    package var censored: Int
    package var lower: Distribution
    package var upper: Distribution
  }
}

extension Summary {
  package func latency(_ name: LatencyName) -> LatencyFigures? { latency[name.rawValue] }
  package func intervals(_ name: IntervalName) -> IntervalFigures? { intervals[name.rawValue] }
}
