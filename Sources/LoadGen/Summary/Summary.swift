/// All that a run found out, as one value: what `summary.json` holds, and the only thing that a report is made from.
///
/// Schema version 1. Times are in seconds, counts whole numbers; `nil` stands for an unbounded or an empty value. Instants such as `t` and
/// `firstAt` are seconds since the run began, except for the blocks, which are aligned to the epoch.
package struct Summary: Codable, Sendable, Equatable {
  static let schemaVersion = 1

  var schemaVersion = Summary.schemaVersion
  package var verdict: Verdict
  /// The exit code of the command: the first, in the order of precedence, of those in `outcomes`.
  package var exitCode: Int
  package var outcomes: [Outcome]
  package var run: Run
  /// The scenario's settings as resolved, each written as a flag would take it.
  @Explicit package var scenario: [String: String]
  package var environment: Environment
  package var orders: Orders
  /// By the names of `LatencyName`; others may be there.
  package var latency: [String: LatencyFigures]
  /// By the names of `IntervalName`; others may be there.
  package var intervals: [String: IntervalFigures]
  /// By the names of `latency`, and those of `intervals` with `.lower` and `.upper`; both also with `.censored`: see `HistogramName`.
  var histograms: [String: Histogram]
  package var blocks: Blocks
  package var rates: Rates
  /// Of a rate in stages: each of them; else none.
  @Explicit package var stages: [Stage] = []
  /// What following the orders cost.
  @Explicit package var polls: Polls? = nil
  /// Only where an answer set one.
  package var cookies: Cookies? = nil
  @Explicit package var errors: [ErrorCount]
  /// What was asked for beside plain orders and their polls.
  @Explicit package var traffic: [Traffic]
  package var audit: Audit
  @Explicit package var thresholds: [Threshold]
  package var generator: Generator
  @Explicit package var exemplars: [Exemplar]
  /// Only in the summary of a simulated run.
  package var simulation: Simulation? = nil

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
