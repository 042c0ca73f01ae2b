import Shared

/// A rule that a run must satisfy: `accept.p(99)<50ms`, `errors.rate<1%`, `lost==0`. The grammar is k6's, with our units.
package struct Threshold: Sendable, Hashable {
  /// The figure that a rule is about.
  package enum Metric: Sendable, Hashable {
    case latency(LatencyName, Aggregate)
    case interval(IntervalName, Aggregate)
    /// One of the counts of `orders` in the summary, by its JSON name.
    case orders(String)
    /// A count's share of the whole that it is a part of: of the scheduled, submitted or accepted orders (docs/measurement.md,
    /// "Conservation").
    case share(String)
    /// The share of the submitted orders that were rejected, errored or ambiguous.
    case errorRate
    /// The number of submitted orders that were rejected, errored or ambiguous.
    case errorCount
    /// The share of the polls that ended without an answer about their order.
    case pollErrorRate
    /// The number of polls that ended without an answer about their order.
    case pollErrorCount
    /// How often the target's metrics could be read after the first order.
    case readings
    /// One of the `rates` in the summary, by its JSON name.
    case rate(String)
    /// 1 if the program that `--serve` started was still alive at the end, otherwise 0.
    case servedAlive
    /// The processor time that the program that `--serve` started took for the run, in seconds.
    case servedCPU

    /// Whether its unit is seconds.
    var isOfTime: Bool {
      switch self {
      case .latency, .interval, .servedCPU: true
      case .orders, .share, .errorRate, .errorCount, .pollErrorRate, .pollErrorCount, .readings, .rate, .servedAlive: false
      }
    }

    /// What the rule is about, whether it is given as a count or a share: a rule of the user's replaces the implicit one on the same
    /// figure. `nil` where no implicit rule could be about it.
    var figure: String? {
      switch self {
      case .latency, .interval, .rate, .servedCPU: nil
      case .orders(let name), .share(let name): name
      case .errorRate, .errorCount: "errors"
      case .pollErrorRate, .pollErrorCount: "polls.errors"
      case .readings: "metrics.readings"
      case .servedAlive: "served.alive"
      }
    }
  }

  /// Which statistic of a latency or duration.
  package enum Aggregate: Sendable, Hashable {
    case min, mean, max
    case percentile(Quantile)
  }

  /// How the figure must compare to the limit; the raw value is the sign in a rule.
  package enum Comparison: String, Sendable, CaseIterable {
    // The longer signs first: otherwise `<=` would be read as `<` and a limit that begins with `=`.
    case atMost = "<="
    case atLeast = ">="
    case equal = "=="
    case unequal = "!="
    case below = "<"
    case above = ">"

    func holds(_ value: Double, _ limit: Double) -> Bool {
      switch self {
      case .atMost: value <= limit
      case .atLeast: value >= limit
      case .equal: value == limit
      case .unequal: value != limit
      case .below: value < limit
      case .above: value > limit
      }
    }
  }

  /// As it was written, without blanks.
  package let expression: String
  package let metric: Metric
  /// The stage of the load that it is about, counted from 1; `nil`: the whole run.
  package let stage: Int?
  package let comparison: Comparison
  /// In seconds, orders, orders per second, or as a fraction of 1, depending on the metric.
  package let limit: Double
  package let isImplicit: Bool

  /// An implicit rule, which nobody wrote.
  init(implicit expression: String, _ metric: Metric, _ comparison: Comparison, _ limit: Double) {
    self.expression = expression
    self.metric = metric
    stage = nil
    self.comparison = comparison
    self.limit = limit
    isImplicit = true
  }

  /// - Throws: `UnitError` that says what is wrong with the text.
  package init(text: String) throws {
    let plain = text.filter { !$0.isWhitespace }
    func refuse(_ remedy: String) -> UnitError { UnitError(expected: "a threshold", found: text, remedy: remedy) }
    guard let place = plain.firstIndex(where: { "<>=!".contains($0) }),
      let comparison = Comparison.allCases.first(where: { plain[place...].hasPrefix($0.rawValue) })
    else { throw refuse("it has none of the signs < <= > >= == !=; write it as in accept.p(99)<50ms") }
    let left = plain[..<place]
    let right = plain[place...].dropFirst(comparison.rawValue.count)
    guard !right.isEmpty else { throw refuse("it has no limit; write it as in accept.p(99)<50ms") }
    expression = plain
    let (figure, stage) = try Self.stage(of: left, refuse: refuse)
    self.stage = stage
    metric = try Metric(text: figure, refuse: refuse)
    if stage != nil, let remedy = metric.refusalInStage { throw refuse(remedy) }
    self.comparison = comparison
    limit = try metric.limit(String(right), refuse: refuse)
    isImplicit = false
  }
}
