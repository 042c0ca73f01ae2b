package import LoadRun
package import Shared

/// What is kept of a run that is compared: who it was, and the figures. Whole summaries of a thousand runs would not fit into memory.
package struct ComparedRun: Sendable {
  /// The path of the folder or file that it was read from.
  package let place: String
  package let run: Summary.Run
  package let environment: Summary.Environment
  let scenario: [String: String]
  let isSimulated: Bool
  /// What the run was found to be, whatever it is compared with.
  let verdict: Verdict
  let accepted: Int
  /// Why nothing can be concluded from it; `nil` where it is whole and valid.
  let flaw: String?
  /// Unix time in seconds.
  let began: Double
  /// What was measured of each figure that is compared.
  let values: [ComparedFigure: Bounds<Double>]

  /// - Parameters:
  ///   - place: how the run is named to the reader.
  ///   - figures: of which values are kept.
  /// - Throws: `ConfigurationError` where it does not say when it began.
  package init(_ summary: Summary, place: String, figures: some Sequence<ComparedFigure>) throws(ConfigurationError) {
    guard let began = Timestamp.epochSeconds(summary.run.startedAt) else {
      throw ConfigurationError(
        "\(place): 'run.started_at' is '\(Legible.line(summary.run.startedAt, limit: 40))', and no time, as in 2026-11-29T21:07:57.529Z")
    }
    self.place = place
    self.began = began
    run = summary.run
    environment = summary.environment
    scenario = summary.scenario
    isSimulated = summary.simulation != nil
    verdict = summary.verdict
    accepted = summary.orders.accepted
    flaw = Self.flaw(summary)
    values = Dictionary(
      figures.compactMap { figure in figure.metric.bounds(in: summary).map { (figure, $0) } }, uniquingKeysWith: { first, _ in first })
  }

  private static func flaw(_ summary: Summary) -> String? {
    if !summary.generator.valid {
      let reason = summary.generator.reasons.first ?? "the load generator itself may have changed a verdict"
      return "it is not valid: \(Legible.line(reason, limit: 200))"
    }
    if !summary.orders.conserved { return "its orders do not add up, as if it had been changed" }
    if summary.outcomes.contains(.interrupted) { return "it was interrupted" }
    return summary.orders.submitted == 0 ? "it sent no order" : nil
  }
}
