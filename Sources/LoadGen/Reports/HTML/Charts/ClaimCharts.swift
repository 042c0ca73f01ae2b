import LoadRun

/// A claim over time: each reading as a dot, and the band of values that it could have had.
enum ClaimCharts {
  /// - Parameter number: makes the chart's id unique: the number of the check.
  /// - Returns: up to two charts; empty where there are fewer than two readings to draw.
  static func render(_ check: Summary.Check, number: Int) -> Markup {
    let readings = check.series.filter { $0.t.isFinite && ($0.claimed != nil || $0.lower != nil) }
    guard readings.count > 1 else { return .empty }
    let plain = chart(check, readings, id: "claim-\(number)", title: Legible.line(check.name, limit: 48))
    // If there are thousands of orders, a band one order wide is a hair: a second chart then shows the distances from its lower end.
    guard isNarrow(readings) else { return plain }
    let relative = readings.map { reading in
      let base = reading.lower ?? 0
      return Summary.Reading(
        t: reading.t, claimed: reading.claimed.map { $0 - base }, lower: 0, upper: reading.upper.map { $0 - base })
    }
    let title = Legible.line(check.name, limit: 36) + ", above the least possible"
    return "\(plain)\(chart(check, relative, id: "claim-\(number)-close", title: title))"
  }

  /// Whether the band is too narrow to be seen. A claim that never had any room, and was right, needs no closer look.
  private static func isNarrow(_ readings: [Summary.Reading]) -> Bool {
    let bounded = readings.filter { $0.lower != nil && $0.upper != nil }
    guard bounded.count == readings.count, let greatest = bounded.compactMap(\.upper).max(), greatest > 0 else { return false }
    let widest = bounded.map { ($0.upper ?? 0) - ($0.lower ?? 0) }.max() ?? 0
    return widest < greatest * 0.05 && (widest > 0 || readings.contains(where: \.isOutside))
  }

  private static func chart(_ check: Summary.Check, _ readings: [Summary.Reading], id: String, title: String) -> Markup {
    let y = Axis.values(readings.flatMap { [$0.claimed, $0.lower, $0.upper].compactMap { $0 } }, check.printedUnit)
    let times = readings.map(\.t)
    let x = Axis.time(Swift.min(0, times.min() ?? 0)...(times.max() ?? 1))
    let band = Band(readings.map { Band.Place(x: x.scale($0.t), low: $0.lower.map { y.scale($0) }, high: $0.upper.map { y.scale($0) }) })
    let chart = Chart(
      id: id, title: title,
      description: "\(Legible.line(check.meaning)). \(outsideWording(check)) \(Legible.line(check.sentence))", x: x, y: y,
      legend: (band.closed.isEmpty ? [] : [Chart.Legend(style: "band", shape: .area, label: "could have been")])
        + (band.open.isEmpty ? [] : [Chart.Legend(style: "band", shape: .open, label: "or more")])
        + [Chart.Legend(style: "claim", shape: .dot, label: "claimed")]
        + (readings.contains(where: \.isOutside) ? [Chart.Legend(style: "outside", shape: .diamond, label: "outside")] : []))
    let edges: Markup = "\(Chart.line(band.upper, "band"))\(Chart.line(band.lower, "band"))"
    return chart.markup([band.ground("band"), edges] + readings.map { dot($0, check.printedUnit, x.scale, y.scale) })
  }

  private static func outsideWording(_ check: Summary.Check) -> String {
    check.outside == 0
      ? "Every claim lies in the band." : "\(Figure.count(check.outside)) of \(Figure.count(check.samples)) claims lie outside of the band."
  }

  private static func dot(_ reading: Summary.Reading, _ unit: FigureUnit, _ x: Scale, _ y: Scale) -> Markup {
    guard let claimed = reading.claimed else { return .empty }
    let words =
      "\(Figure.seconds(reading.t)): claimed \(Figure.value(claimed, unit, digits: 4)), could have been "
      + Figure.range(reading.lower, reading.upper, unit, digits: 4)
    let style = reading.isOutside ? "outside" : "claim"
    let (across, down) = (Path.pixels(x(reading.t)), Path.pixels(y(claimed)))
    // Shapes differ as well, for readers who cannot tell the colours apart.
    return reading.isOutside
      ? "<path class=\"dot \(style)\" d=\"M\(across) \(down)m0 -6l6 6l-6 6l-6 -6z\"><title>\(words)</title></path>\n"
      : "<circle class=\"dot \(style)\" cx=\"\(across)\" cy=\"\(down)\" r=\"2.5\"><title>\(words)</title></circle>\n"
  }
}

extension Summary.Reading {
  /// Whether the claim is outside of what could be true.
  var isOutside: Bool {
    guard let claimed else { return false }
    return lower.map { claimed < $0 } ?? false || upper.map { claimed > $0 } ?? false
  }
}
