import LoadRun
import Shared

/// A threshold's figure over the run, together with its limit.
enum TraceChart {
  /// - Parameter number: makes the chart's id unique: the number of the chart.
  /// - Returns: empty where blocks do not show the figure, or only one block does.
  static func render(_ threshold: Summary.Threshold, _ summary: Summary, number: Int) -> Markup {
    guard let trace = FigureTrace(threshold, summary, BlockTimes(summary, most: BlockTimes.drawn)) else { return .empty }
    let finite = trace.values.map { $0.flatMap { $0.lower.isFinite ? $0 : nil } }
    let low = finite.map { $0?.lower }
    let high = finite.map { $0.flatMap { $0.upper ?? $0.lower } }
    let values = high.compactMap { $0 }
    // A single dot shows no development.
    guard trace.values.count(where: { $0 != nil }) > 1 else { return .empty }
    let unit = threshold.printedUnit
    let y = Axis.values(values + [trace.rule.limit], unit)
    let x = Axis.time(trace.times.span)
    let never = trace.times.zones("none", "", x.scale, where: trace.values.map { $0?.lower == .infinity })
    let name = Legible.line(String(threshold.expression.prefix { !"<>=!".contains($0) }), limit: 40)
    let chart = Chart(
      id: "failed-\(number)", title: "\(name) over time",
      description: "The figure in each stretch of the run by itself, and the limit that it must not cross.", x: x, y: y,
      legend: never.isEmpty ? [] : [Chart.Legend(style: "none", shape: .area, label: "none of those due")], zones: never,
      limit: Chart.Limit(value: trace.rule.limit, label: trace.rule.limitWording))
    let isRange = zip(low, high).contains { $0 != $1 }
    return chart.markup(
      (isRange ? trace.times.bands(low, high, x.scale, y.scale).map { Chart.area($0, "teal") } : [])
        + (isRange ? [Chart.line(trace.times.line(low, x.scale, y.scale), "teal dashed")] : [])
        + [Chart.line(trace.times.line(high, x.scale, y.scale), isRange ? "teal" : "orange")])
  }
}

extension Threshold {
  /// As in `limit 50ms`, written as in the rule.
  var limitWording: String {
    let text = expression.drop { !"<>=!".contains($0) }.drop { "<>=!".contains($0) }
    return "limit " + Legible.line(String(text), limit: 12)
  }
}
