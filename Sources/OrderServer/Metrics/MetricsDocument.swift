import Shared

/// The figures of one snapshot, laid out as a dialect's metrics.
struct MetricsDocument {
  private let tallies: Tallies
  private let meanServiceTime: Double

  /// - Parameter meanServiceTime: in seconds, for the estimate.
  init(_ tallies: Tallies, meanServiceTime: Double) {
    self.tallies = tallies
    self.meanServiceTime = meanServiceTime
  }

  func json(as metrics: Dialect.Metrics) -> JSON {
    var document = JSON.object([])
    for figure in metrics.figures {
      document.set(value(of: figure.quantity), at: figure.field)
    }
    return document
  }

  /// Times in seconds and unrounded; `null` for an average over nothing.
  private func value(of quantity: Dialect.Quantity) -> JSON {
    switch quantity {
    case .total: .integer(tallies.total)
    case .count(let status): .integer(tallies[status])
    case .counts(let statuses): .integer(statuses.reduce(0) { $0 + tallies[$1] })
    case .average(let span): .optional(tallies.average(span))
    case .estimate: .number(FigureBasis.estimate(meanServiceTime, open: tallies.open))
    // No profile's document has one.
    case .histogram, .quantile: .null
    }
  }
}
