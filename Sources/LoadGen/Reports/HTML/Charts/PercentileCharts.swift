import Shared

/// Percentiles of accept and of completion, on an axis of nines.
enum PercentileCharts {
  static func render(_ summary: Summary) -> Markup { "\(accept(summary))\(completion(summary))" }

  private static func accept(_ summary: Summary) -> Markup {
    func curve(_ name: LatencyName) -> PercentileCurve {
      PercentileCurve(
        upper: summary.histogram(HistogramName.observed(name)), censored: summary.histogram(HistogramName.censored(name)).count)
    }
    let fromDue = curve(.accept)
    let fromSent = curve(.acceptService)
    guard let greatest = [fromDue, fromSent].compactMap(\.greatest).max() else { return .empty }
    let nines = NinesAxis(count: fromDue.count)
    let y = Axis.seconds(greatest)
    let chart = Chart(
      id: "accept-percentiles", title: "Time to be accepted",
      description:
        "Percentiles of the time from an order's due time, and from its sending, to the answer. \(note(summary.latency(.accept)?.censored ?? 0))",
      x: nines.axis, y: y,
      legend: [
        Chart.Legend(style: "blue", shape: .line, label: "from due"),
        Chart.Legend(style: "orange dashed", shape: .line, label: "from sent"),
      ])
    return chart.markup([
      Chart.line(.line(fromSent.points(nines.position, y.scale)), "orange dashed"),
      Chart.line(.line(fromDue.points(nines.position, y.scale)), "blue"),
    ])
  }

  private static func completion(_ summary: Summary) -> Markup {
    var known = summary.histogram(HistogramName.lower(.completion))
    let censored = summary.histogram(HistogramName.censored(.completion))
    known.merge(censored)
    let lower = PercentileCurve(lower: known)
    let upper = PercentileCurve(upper: summary.histogram(HistogramName.upper(.completion)), censored: censored.count)
    guard let greatest = [lower, upper].compactMap(\.greatest).max() else { return .empty }
    let nines = NinesAxis(count: Swift.max(lower.count, upper.count))
    let y = Axis.seconds(greatest)
    let chart = Chart(
      id: "completion-percentiles", title: "Time to be completed",
      description:
        "Percentiles of the time from an order's creation to its completion lie between the two lines. \(note(Int(censored.count)))",
      x: nines.axis, y: y,
      legend: [
        Chart.Legend(style: "teal", shape: .area, label: "what it can have been"),
        Chart.Legend(style: "teal", shape: .line, label: "at most"), Chart.Legend(style: "teal dashed", shape: .line, label: "at least"),
      ])
    let low = lower.points(nines.position, y.scale)
    let high = upper.points(nines.position, y.scale)
    // Without a single upper end the band has no top but the chart's.
    let top = high.isEmpty ? low.map { Path.Point(x: $0.x, y: Chart.top) } : high
    return chart.markup([
      Chart.area(.area(top, low), "teal"), Chart.line(.line(low), "teal dashed"), Chart.line(.line(high), "teal"),
    ])
  }

  private static func note(_ censored: Int) -> String {
    Summary.censoredWording(censored).map { "\($0): the line leaves the chart where they begin." } ?? ""
  }
}

extension Axis {
  /// Durations from 0.
  static func seconds(_ greatest: Double) -> Axis { values(0...Swift.max(greatest * 1.06, 1e-9), .seconds, label: "") }
}
