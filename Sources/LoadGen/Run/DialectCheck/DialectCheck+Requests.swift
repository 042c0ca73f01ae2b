import Shared

extension DialectCheck {
  /// Says what is understood of the figures about requests.
  mutating func explainRequests(_ claims: RequestClaims, _ figures: Dialect.RequestFigures, isBefore: Bool) {
    let routes = RequestRoutes(dialect, basePath: target.basePath)
    if let counter = figures.counter { explain(claims.counter, counter, "counter", routes, isBefore) }
    if let histogram = figures.histogram { explain(claims.histogram, histogram, "histogram", routes, isBefore) }
  }

  private mutating func explain(
    _ family: RequestClaims.Family, _ series: Dialect.SeriesSelector, _ key: String, _ routes: RequestRoutes,
    _ isBefore: Bool
  ) {
    let found = routes.all.enumerated().compactMap { place, route in
      family.counts.keys.contains { $0.routes & 1 << RequestRoutes.Subset(place) != 0 } ? route.words : nil
    }
    let others = family.foreignRoutes.listed
    let isKnown = isBefore || problems.contains { $0.contains("requests.\(key):") || $0.contains("requests.labels:") }
    if !found.isEmpty {
      let labels = [family.methodLabel, family.routeLabel, family.statusLabel].compactMap(\.self).joined(separator: ", ")
      let byLabels = labels.isEmpty ? "not told apart" : "told apart by \(labels)"
      understood("\(series): requests, \(byLabels): \(found.joined(separator: ", "))")
    } else if !others.isEmpty {
      let ours = routes.all.prefix(4).map(\.words).joined(separator: ", ")
      let words =
        "metrics.requests.labels: \(series) has the routes \(others), and none of ours by their methods (\(ours)): name the labels, as in labels: {route: handler}, if these are wrong"
      if isKnown { understood(words) } else { problem(words) }
    } else if family.isThere {
      understood("\(series): it has no request yet")
    } else {
      let words = "metrics.requests.\(key): there is no '\(series)'"
      if isKnown { understood(words) } else { problem(words) }
    }
  }
}
