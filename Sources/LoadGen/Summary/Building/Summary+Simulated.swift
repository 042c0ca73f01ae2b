import Shared

extension Summary.Simulation {
  /// - Parameter workers: how many workers the simulated system has; `nil`: one for each order.
  package init(_ result: Simulation.Result, workers: Int?) {
    let seconds = result.run.ended.seconds
    self.init(
      completion: Summary.LatencyFigures(observed: result.truth.completion, censored: LatencyHistogram()),
      meanWait: result.books.meanWait,
      utilisation: workers.map { seconds > 0 ? Double(result.books.worked) / 1e9 / seconds / Double($0) : 0 },
      outside: result.truth.outside, events: result.events)
  }
}
