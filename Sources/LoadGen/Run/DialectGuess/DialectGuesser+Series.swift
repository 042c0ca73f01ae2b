import Shared

extension DialectGuesser {
  /// What Prometheus text says of orders.
  func guessed(_ series: SeriesSeen, _ path: String) -> GuessedMetrics {
    var result = GuessedMetrics(
      metrics: Dialect.Metrics(.prometheus(Dialect.Request("GET", Template(path))), figures: []), path: path)
    result.isText = true
    for metric in series.metrics where !Self.isOther(metric.name) {
      let type = ByteText(series.type(of: metric.name))
      guard type != "histogram", type != "summary", type != "info", type != "stateset" else { continue }
      if let label = metric.labels.first(where: { NameWords($0.name).has(["status", "state", "outcome", "result", "phase"]) }) {
        takeLabelled(metric, label, isCounter: type == "counter", &result)
      } else {
        takePlain(metric, isCounter: type == "counter", &result)
      }
    }
    for family in series.families where family.type.hasSameBytes(as: "histogram") || family.type.hasSameBytes(as: "summary") {
      takeHistogram(family.name, series, &result)
    }
    let hasHistogram = result.metrics.spansOfSpreads
    result.metrics.figures.removeAll { figure in
      if case .average(let span) = figure.quantity { hasHistogram.contains(span) } else { false }
    }
    return result
  }

  /// Whether a metric is of something else, as requests or the instant at which a counter came to be.
  private static func isOther(_ name: String) -> Bool {
    let words = NameWords(name)
    let endsInCreated = words.words.last == "created"
    return endsInCreated
      || words.has(["http", "request", "requests", "response", "responses", "bytes", "revenue", "price", "retries", "retry"])
  }

  private func take(_ figure: Dialect.Figure, _ result: inout GuessedMetrics) {
    guard !result.metrics.figures.contains(where: { Self.overlaps($0.quantity, figure.quantity) }) else { return }
    result.metrics.figures.append(figure)
  }

  /// One metric whose label says the status.
  private func takeLabelled(_ metric: SeriesSeen.Metric, _ label: SeriesSeen.Label, isCounter: Bool, _ result: inout GuessedMetrics) {
    guard FigureName.time(NameWords(metric.name)) == nil else { return }
    var ofStatus: [OrderStatus: [String]] = [:]
    for value in label.values {
      let quantity = FigureName.count(NameWords(value))
      if isCounter, quantity == .total {
        take(Self.figure(.total, metric, label, value), &result)
      } else if let status = StatusSynonyms.status(value), !isCounter || status.hasEnded {
        ofStatus[status, default: []].append(value)
      }
    }
    for status in OrderStatus.allCases {
      guard let values = ofStatus[status], let first = values.first else { continue }
      result.words[status, default: []] += values
      var figure = Self.figure(.count(status), metric, label, first)
      figure.series += values.dropFirst().flatMap { Self.figure(.count(status), metric, label, $0).series }
      take(figure, &result)
    }
  }

  private static func figure(
    _ quantity: Dialect.Quantity, _ metric: SeriesSeen.Metric, _ label: SeriesSeen.Label, _ value: String
  ) -> Dialect.Figure {
    Dialect.Figure(quantity, series: [Dialect.SeriesSelector(metric.name, [Dialect.SeriesSelector.Matcher(label.name, .text(value))])])
  }

  /// One metric whose name says all.
  private func takePlain(_ metric: SeriesSeen.Metric, isCounter: Bool, _ result: inout GuessedMetrics) {
    let name = NameWords(metric.name)
    let selector = Dialect.SeriesSelector(metric.name)
    if let time = FigureName.time(name) {
      guard !isCounter, time.isAverage || time.isEstimate, metric.labels.isEmpty else { return }
      return take(Dialect.Figure(time.isEstimate ? .estimate : .average(time.span), series: [selector], unit: time.unit), &result)
    }
    guard let quantity = FigureName.count(name) else { return }
    // What counts up tells of no status that an order leaves again.
    if isCounter, quantity.statuses.contains(where: { !$0.hasEnded }) { return }
    take(Dialect.Figure(quantity, series: [selector]), &result)
  }

  private func takeHistogram(_ name: String, _ series: SeriesSeen, _ result: inout GuessedMetrics) {
    guard !Self.isOther(name), let time = FigureName.time(NameWords(name)), !time.isEstimate else { return }
    take(Dialect.Figure(.histogram(time.span), series: [Dialect.SeriesSelector(name)], unit: time.unit), &result)
  }
}
