package import LoadRun
package import Shared

/// The runs of one side of a comparison, in the order in which they were given, with what is added up over all of them.
package struct ComparedSide: Sendable {
  /// The most runs that are compared at once.
  package static let mostRuns = 5_000

  let figures: [ComparedFigure]
  package private(set) var runs: [ComparedRun] = []
  /// The runs' histograms added up, by their names in a summary.
  private var merged: [String: LatencyHistogram] = [:]
  /// The whole summary where there is a single run: only then is it asked for what differed within it.
  private(set) var only: Summary?

  /// - Parameter figures: those that are compared.
  package init(of figures: [ComparedFigure]) { self.figures = figures }

  /// - Parameter place: how the run is named to the reader.
  /// - Throws: `ConfigurationError` where the summary cannot be compared with any.
  package mutating func add(_ summary: Summary, place: String) throws(ConfigurationError) {
    let run = try ComparedRun(summary, place: place, figures: figures)
    only = runs.isEmpty ? summary : nil
    runs.append(run)
    for name in Set(figures.flatMap(\.metric.histograms)) { merged[name, default: LatencyHistogram()].merge(summary.histogram(name)) }
  }

  /// What is known of a figure over all runs: a duration by the histograms of all together, other figures by the runs' mean; `nil` where no run
  /// has it.
  func value(_ figure: ComparedFigure) -> Bounds<Double>? {
    let values = runs.compactMap { $0.values[figure] }
    guard !values.isEmpty else { return nil }
    if let bounds = distribution(figure) { return bounds }
    let uppers = values.compactMap(\.upper)
    return Bounds(
      lower: values.reduce(0) { $0 + $1.lower } / Double(values.count),
      upper: uppers.count == values.count ? uppers.reduce(0, +) / Double(uppers.count) : nil)
  }

  /// A duration by the histograms of all runs together; `nil` for other figures, and where nothing was measured.
  func distribution(_ figure: ComparedFigure) -> Bounds<Double>? { figure.metric.bounds(of: { merged[$0] ?? LatencyHistogram() }) }
}
