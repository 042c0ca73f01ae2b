package import Shared

extension Threshold.Metric {
  /// What a summary says of the figure, over the whole run, in the figure's own unit; an upper end of `nil` is unbounded. `nil` where nothing
  /// was measured.
  package func bounds(in summary: Summary) -> Bounds<Double>? { ThresholdFigures(summary).bounds(self) }
}

extension ThresholdFigures {
  /// Of a run whose summary is all that is left of it.
  init(_ summary: Summary) {
    // A server that asks for patience is none that fails; with 503, the summary does not say whether it did.
    let failures = summary.errors.filter { $0.phase == RequestKind.poll.rawValue && $0.kind != "exhausted" && $0.status != 429 }
    self.init(
      orders: summary.orders, measured: Summary.Measured(summary), rates: summary.rates,
      polls: PollCalls(all: summary.polls?.count ?? 0, errors: failures.reduce(0) { $0 + $1.count }), readings: summary.audit.samples,
      servedIsAlive: nil, servedCPU: summary.run.served?.cpuSeconds)
  }
}
