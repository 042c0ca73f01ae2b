/// The durations that are known exactly, in the order in which reports show them.
package enum LatencyName: String, CaseIterable, Sendable {
  case accept
  case acceptService = "accept_service"
  case reject
  case poll
  case pollGap = "poll_gap"
  case pollGapAsked = "poll_gap_asked"
  case metrics, cancel, duplicate, invalid, list
  case orderMetrics = "order_metrics"
  case login, slip
  case connectionWait = "connection_wait"
  case loopLag = "loop_lag"
}

/// The durations that are known as intervals, in the order in which reports show them.
package enum IntervalName: String, CaseIterable, Sendable {
  case completion
  case queueWait = "queue_wait"
  case processing, turnaround
}

/// What a figure is counted in, so that it can be printed.
package enum FigureUnit: String, Codable, Sendable, CaseIterable {
  case seconds
  case orders
  /// Of a whole: 0.01 is printed as 1 %.
  case share
  case perSecond = "per_second"
  /// Anything else that is a plain number.
  case number
}
