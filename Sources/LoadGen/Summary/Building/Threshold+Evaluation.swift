import Shared

/// The figures that thresholds are judged by.
struct ThresholdFigures {
  var orders: Summary.Orders
  /// The part of `orders` that the user's interruption cut off, for which nobody is to blame; `nil` where there was no interruption.
  var cutOff: Summary.Orders?
  var measured: Summary.Measured
  var rates: Summary.Rates
  var polls: PollCalls
  /// How many readings of the metrics after the first order were successful.
  var readings: Int
  /// Whether the program started for the run was alive at the end; `nil` where none was started.
  var servedIsAlive: Bool?
  /// What the program started for the run took of the processor, in seconds; `nil` where none was started, or it is not known.
  var servedCPU: Double?

  /// The figures for implicit rules: without what an interruption cut off.
  fileprivate var withoutCutOff: ThresholdFigures {
    var figures = self
    if let cutOff { figures.orders = orders - cutOff }
    return figures
  }

  /// The bounds of a figure, in its own unit; an upper end of `nil` is unbounded. `nil` where nothing was measured.
  func bounds(_ metric: Threshold.Metric) -> Bounds<Double>? {
    func exactly(_ value: Double) -> Bounds<Double> { Bounds(lower: value, upper: value) }
    switch metric {
    case .latency, .interval: return metric.bounds(of: { measured.histograms[$0]?.histogram ?? LatencyHistogram() })
    case .orders(let name): return orders.count(named: name).map { exactly(Double($0)) }
    case .errorCount: return exactly(Double(orders.failures))
    case .share(let name): return orders.share(named: name).map(exactly)
    case .errorRate: return orders.submitted == 0 ? nil : exactly(Double(orders.failures) / Double(orders.submitted))
    case .pollErrorCount: return exactly(Double(polls.errors))
    case .pollErrorRate: return polls.all == 0 ? nil : exactly(Double(polls.errors) / Double(polls.all))
    case .readings: return exactly(Double(readings))
    case .rate(let name): return rates.rate(named: name).map(exactly)
    case .servedAlive: return servedIsAlive.map { exactly($0 ? 1 : 0) }
    case .servedCPU: return servedCPU.map(exactly)
    }
  }
}

extension Threshold {
  /// Judges the figures; `nil` for an implicit rule that has nothing to judge.
  /// - Parameters:
  ///   - withoutLag: the same figures without our own lag. If the rule holds for these but not for `figures`, it is undecided, and the
  ///     reason is ours.
  ///   - scenario: what was asked for, so that a rule that failed can say what to change.
  /// - Returns: the verdict with its figures, and whether only our own lag makes the rule fail.
  func evaluate(
    _ figures: ThresholdFigures, withoutLag: ThresholdFigures, of scenario: Scenario
  ) -> (threshold: Summary.Threshold, isOurDoing: Bool)? {
    let figures = isImplicit ? figures.withoutCutOff : figures
    let withoutLag = isImplicit ? withoutLag.withoutCutOff : withoutLag
    if isImplicit, hasNothingToSay(of: figures) { return nil }
    var (verdict, note) = decide(figures)
    let isOurDoing = verdict != .pass && decide(withoutLag).verdict == .pass
    if isOurDoing {
      // With `--on-invalid warn`, the run is judged by its figures as they were stamped.
      if scenario.onInvalid == .fail { verdict = .undecided }
      note = "it would hold without the load generator's own lag"
    }
    if verdict == .fail, note.isEmpty { note = remedy(scenario) }
    let bounds = figures.bounds(metric)
    let threshold = Summary.Threshold(
      expression: expression, implicit: isImplicit, unit: metric.unit, lower: bounds?.lower, upper: bounds?.upper,
      verdict: verdict, firstAt: nil, note: note)
    return (threshold, isOurDoing)
  }

  /// An implicit rule is neither shown as kept where nothing could have broken it, nor as broken where an interruption prevented what it
  /// asks for.
  private func hasNothingToSay(of figures: ThresholdFigures) -> Bool {
    guard figures.bounds(metric) != nil else { return true }
    return figures.cutOff != nil && comparison == .above && decide(figures).verdict == .fail
  }

  private func decide(_ figures: ThresholdFigures) -> (verdict: Summary.ThresholdVerdict, note: String) {
    guard let bounds = figures.bounds(metric) else { return (.fail, "nothing was measured") }
    let atLower = comparison.holds(bounds.lower, limit)
    let atUpper = comparison.holds(bounds.upper ?? .infinity, limit)
    switch (atLower, atUpper) {
    case (true, true): return (.pass, "")
    case (false, false): return (.fail, "")
    default: return (.undecided, advice(bounds))
    }
  }

  /// What would decide the rule.
  private func advice(_ bounds: Bounds<Double>) -> String {
    guard let upper = bounds.upper else { return "some never ended: it has no upper end" }
    guard case .interval = metric else { return "some never ended" }
    let distance = max(limit - bounds.lower, upper - limit)
    let needed = Duration.nanoseconds(Int64(max(0.001, distance / 2) * 1e9 / 1e6) * 1_000_000)
    return "the limit lies between what is known at least and at most: polling every \(needed.text) or faster would narrow it"
  }
}

extension Summary.Rates {
  fileprivate func rate(named name: String) -> Double? {
    switch name {
    case "offered": offered
    case "accepted": accepted
    case "completed": completed
    case "polls": polls
    case "requests": requests
    default: nil
    }
  }
}
