import LoadRun

/// The blocks as CSV, one per row. A field is empty where there was nothing to measure.
enum TimeseriesCSV {
  static let columns = [
    "t_epoch_s", "length_s", "scheduled_orders", "submitted_orders", "accepted_orders", "rejected_orders", "errored_orders",
    "ambiguous_orders", "completed_earliest_orders", "completed_latest_orders", "polls_requests", "slip_max_s", "accept_p50_s",
    "accept_p99_s", "completion_lower_p50_s", "completion_upper_p50_s", "completion_lower_p99_s", "completion_upper_p99_s",
  ]

  /// Percentiles are upper bounds, except those of `completion_lower`, which are lower bounds.
  static func render(_ summary: Summary) -> String {
    let rows = summary.blocks.items.map { block in
      let counts = [
        block.t, summary.blocks.seconds, block.scheduled, block.submitted, block.accepted, block.rejected, block.errored, block.ambiguous,
        block.completedEarliest, block.completedLatest, block.polls,
      ]
      let seconds = [
        block.slipMax, block.accept.upper(.p50), block.accept.upper(.p99), block.completionLower.lower(.p50),
        block.completionUpper.upper(.p50), block.completionLower.lower(.p99), block.completionUpper.upper(.p99),
      ]
      return (counts.map(String.init) + seconds.map { $0.map { Figure.decimal($0, 9) } ?? "" }).joined(separator: ",")
    }
    return ([columns.joined(separator: ",")] + rows).joined(separator: "\n") + "\n"
  }
}
