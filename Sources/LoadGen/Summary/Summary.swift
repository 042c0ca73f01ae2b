/// Everything that a run found out, as a single value: the content of `summary.json`, and the only source of a report.
///
/// Schema version 1. Times are in seconds, counts are whole numbers, and `nil` stands for an unbounded or empty value. Instants such as `t`
/// and `firstAt` are in seconds since the run began, except for the blocks', which are Unix time.
package struct Summary: Codable, Sendable, Equatable {
  static let schemaVersion = 1

  var schemaVersion = Summary.schemaVersion
  package var verdict: Verdict
  /// The command's exit code: that of the first of `outcomes`, which are in the order of precedence.
  package var exitCode: Int
  package var outcomes: [Outcome]
  package var run: Run
  /// The scenario's resolved settings, each written as a flag would take it. Secrets are not included.
  @Explicit package var scenario: [String: String]
  package var environment: Environment
  package var orders: Orders
  /// Keyed by the raw values of `LatencyName`; there may be others.
  package var latency: [String: LatencyFigures]
  /// Keyed by the raw values of `IntervalName`; there may be others.
  package var intervals: [String: IntervalFigures]
  /// Keyed by `HistogramName`: by the keys of `latency`, and by those of `intervals` with `.lower` and `.upper`; all of them also with
  /// `.censored`.
  var histograms: [String: Histogram]
  package var blocks: Blocks
  package var rates: Rates
  /// The stages of a rate that changes; empty for other loads.
  @Explicit package var stages: [Stage] = []
  /// How long orders took by the server's own counts; only where they were not followed, and it says how many have ended.
  package var endsByCounts: EndsByCounts? = nil
  /// What following the orders cost.
  @Explicit package var polls: Polls? = nil
  /// Only where an answer set a cookie.
  package var cookies: Cookies? = nil
  @Explicit package var errors: [ErrorCount]
  /// The requests of other kinds than plain orders and their polls.
  @Explicit package var traffic: [Traffic]
  package var audit: Audit
  @Explicit package var thresholds: [Threshold]
  package var generator: Generator
  @Explicit package var exemplars: [Exemplar]
  /// Only for a simulated run.
  package var simulation: Simulation? = nil

  enum CodingKeys: String, CodingKey {
    case schemaVersion = "schema_version"
    case verdict
    case exitCode = "exit_code"
    case outcomes, run, scenario, environment, orders, latency, intervals, histograms, blocks, rates, stages
    case endsByCounts = "ends_by_counts"
    case polls, cookies, errors, traffic, audit, thresholds
    case generator, exemplars, simulation
  }
}
