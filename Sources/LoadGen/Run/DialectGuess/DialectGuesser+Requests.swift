import Shared

extension DialectGuesser {
  /// Figures about requests that a library keeps under names of its own.
  mutating func guessRequests(_ series: SeriesSeen) {
    guard let (name, figures) = Self.library(of: series.requests) else { return }
    guess.dialect.metrics?.requests = figures
    guess.because("metrics.requests", "its metrics have the names and the labels of \(name)")
  }

  /// The first library whose metrics are there, with its label of routes where any is.
  private static func library(of requests: [SeriesSeen.Metric]) -> (name: String, figures: Dialect.RequestFigures)? {
    for (name, figures) in Dialect.RequestFigures.ofLibraries {
      let names = [figures.counter?.name].compactMap(\.self) + (figures.histogram.map { [$0.name + "_count"] } ?? [])
      let own = requests.filter { metric in names.contains { $0.hasSameBytes(as: metric.name) } }
      guard own.count == names.count else { continue }
      func has(_ labels: [String]) -> Bool {
        own.contains { metric in metric.labels.contains { label in labels.contains { $0.hasSameBytes(as: label.name) } } }
      }
      if has(figures.labels.route), has(figures.labels.status) { return (name, figures) }
    }
    return nil
  }
}
