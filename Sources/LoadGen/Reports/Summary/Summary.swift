/// All that a run found out, as one value: what `summary.json` holds, and the only thing that a report is made from.
///
/// Schema version 1. Times are in seconds, counts whole numbers; `nil` stands for an unbounded or an empty value. Instants such as `t` and
/// `firstAt` are seconds since the run began, except for the blocks, which are aligned to the epoch.
struct Summary: Codable, Sendable, Equatable {
  static let schemaVersion = 1

  var schemaVersion = Summary.schemaVersion
  var verdict: Verdict
  /// The exit code of the command: the first, in the order of precedence, of those in `outcomes`.
  var exitCode: Int
  var outcomes: [Outcome]
  var run: Run
  /// The scenario's settings as resolved, each written as a flag would take it.
  @Explicit var scenario: [String: String]
  var environment: Environment
  var orders: Orders
  /// By the names of `LatencyName`; others may be there.
  var latency: [String: LatencyFigures]
  /// By the names of `IntervalName`; others may be there.
  var intervals: [String: IntervalFigures]
  /// By the names of `latency`, and those of `intervals` with `.lower` and `.upper`; both also with `.censored`: see `HistogramName`.
  var histograms: [String: Histogram]
  var blocks: Blocks
  var rates: Rates
  /// Of a rate in stages: each of them; else none.
  @Explicit var stages: [Stage] = []
  /// What following the orders cost.
  @Explicit var polls: Polls? = nil
  /// Only where an answer set one.
  var cookies: Cookies? = nil
  @Explicit var errors: [ErrorCount]
  /// What was asked for beside plain orders and their polls.
  @Explicit var traffic: [Traffic]
  var audit: Audit
  @Explicit var thresholds: [Threshold]
  var generator: Generator
  @Explicit var exemplars: [Exemplar]
  /// Only in the summary of a simulated run.
  var simulation: Simulation? = nil

  enum CodingKeys: String, CodingKey {
    case schemaVersion = "schema_version"
    case verdict
    case exitCode = "exit_code"
    case outcomes, run, scenario, environment, orders, latency, intervals, histograms, blocks, rates, stages, polls, cookies, errors,
      traffic,
      audit, thresholds
    case generator, exemplars, simulation
  }
}
