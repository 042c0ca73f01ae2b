extension Dialect.Metrics {
  /// The durations of whose spread something is claimed: a histogram, or a quantile.
  public var spansOfSpreads: Set<Dialect.Quantity.Span> {
    Set(
      figures.compactMap {
        switch $0.quantity {
        case .histogram(let span), .quantile(let span, _): span
        default: nil
        }
      })
  }

  /// Adds what comes with its histograms: the mean of each, which is its sum over its count, and from the first of them the number of completed
  /// orders, where no other figure has that.
  public mutating func addHistogramFigures() {
    for figure in figures {
      guard case .histogram(let span) = figure.quantity, let series = figure.series.first else { continue }
      let count = series.named(series.name + "_count")
      var added = [Dialect.Figure(.average(span), series: [series.named(series.name + "_sum"), count], unit: figure.unit)]
      if !figures.contains(where: { $0.quantity == .count(.completed) }) {
        added.append(Dialect.Figure(.count(.completed), series: [count]))
      }
      for place in added.indices {
        added[place].isOfHistogram = true
        added[place].missingIsZero = figure.missingIsZero
      }
      figures += added
    }
  }
}
