package import LoadRun
package import Shared

/// A figure by which the runs of two sides are compared.
package struct ComparedFigure: Sendable, Hashable {
  /// How the values of two runs are set against each other.
  package enum Scale: String, Codable, Sendable {
    /// One value by the other: of times and rates.
    case ratio
    /// One value less the other: of shares, as 0 of 0 has no ratio.
    case difference
  }

  /// As a threshold names it: `completion.p(95)`.
  package let name: String
  let metric: Threshold.Metric

  private init(_ name: String, _ metric: Threshold.Metric) {
    self.name = name
    self.metric = metric
  }

  /// - Parameter flag: what an error names.
  /// - Throws: `ConfigurationError` where there is no such figure, or none that can be called better or worse.
  package init(text: String, flag: String = "--gate") throws(ConfigurationError) {
    let metric: Threshold.Metric
    do { metric = try Threshold.Metric(figure: Legible.line(text)) } catch { throw ConfigurationError("\(flag): \(error)") }
    if let remedy = Self.remedy(metric) { throw ConfigurationError("\(flag) '\(Legible.line(text))' \(remedy)") }
    self.init(text.filter { !$0.isWhitespace }, metric)
  }

  /// Two are the same figure however they are written: `p(50)` or `p(50.0)`.
  package static func == (one: ComparedFigure, other: ComparedFigure) -> Bool { one.metric == other.metric }

  package func hash(into hasher: inout Hasher) { hasher.combine(metric) }

  /// What to gate by instead; `nil` where the figure can be a gate.
  private static func remedy(_ metric: Threshold.Metric) -> String? {
    switch metric {
    case .latency(let name, _) where name == .pollGapAsked || name == .pollGap:
      "is of our own polls, and says nothing of the target: gate by poll.p(95)"
    case .latency, .interval, .share, .errorRate, .pollErrorRate, .servedCPU: nil
    case .orders(let name):
      "is a count, which has no margin: "
        + (Threshold.Metric.shares.contains(name) ? "gate by its share, \(name).rate" : "gate by a share or a rate, as in errors.rate")
    case .errorCount: "is a count, which has no margin: gate by errors.rate"
    case .pollErrorCount: "is a count, which has no margin: gate by polls.errors.rate"
    case .rate(let name):
      name == "accepted" || name == "completed"
        ? nil : "is what was asked of the target, and neither better nor worse: gate by accepted.rate or completed.rate"
    case .readings, .servedAlive: "has no margin: make it a threshold of the run"
    }
  }

  package var unit: FigureUnit { metric.unit }

  package var scale: Scale { unit == .share ? .difference : .ratio }

  /// 1 where more is worse, −1 where less is.
  var worse: Double {
    if case .rate = metric { return -1 }
    if case .share(let name) = metric, name == "accepted" || name == "completed" || name == "submitted" { return -1 }
    return 1
  }
}

extension ComparedFigure {
  /// The figures that decide where no others are named.
  package static let defaultGates = ["accept.p(50)", "accept.p(95)", "completion.p(50)", "completion.p(95)", "errors.rate"].map(known)

  /// The percentiles of which the shift is shown, in percent.
  package static let percentiles = ["50", "75", "90", "95", "99", "99.9"]

  /// The durations whose percentiles are shown beside each other.
  package static let durations = ["accept", "accept_service", "completion", "queue_wait", "processing"]

  /// What is shown where it was measured, whatever decides.
  package static let shown =
    durations.flatMap { name in percentiles.map { known("\(name).p(\($0))") } }
    + ["poll.p(95)", "accepted.rate", "completed.rate", "errors.rate", "failed.rate", "polls.errors.rate", "served.cpu"].map(known)

  package static func percentile(_ percent: String, of duration: String) -> ComparedFigure { known("\(duration).p(\(percent))") }

  /// A name that stands in this program, so that it is a figure's.
  private static func known(_ name: String) -> ComparedFigure {
    guard let metric = try? Threshold.Metric(figure: name) else { preconditionFailure("'\(name)' is no figure") }
    return ComparedFigure(name, metric)
  }
}
