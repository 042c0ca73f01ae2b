import LoadRun
import Shared

/// The percentiles of `accept` and `completion`, on an axis of nines.
enum PercentileCharts {
  static func render(_ summary: Summary) -> Markup { "\(accept(summary))\(completion(summary))" }

  private static func accept(_ summary: Summary) -> Markup {
    func curve(_ name: LatencyName) -> PercentileCurve {
      PercentileCurve(
        upper: summary.histogram(HistogramName.observed(name)), censored: summary.histogram(HistogramName.censored(name)).count)
    }
    let fromDue = curve(.accept)
    let fromSent = curve(.acceptService)
    var known = summary.histogram(HistogramName.observed(.accept))
    known.merge(summary.histogram(HistogramName.censored(.accept)))
    let atLeast = PercentileCurve(lower: known)
    let greatest = [fromDue, fromSent, atLeast].compactMap(\.greatest)
    guard !greatest.isEmpty else { return .empty }
    let nines = NinesAxis(count: fromDue.count)
    let y = Axis.values(greatest, .seconds)
    let open = Open(fromDue, above: atLeast, nines, y.scale)
    let chart = Chart(
      id: "accept-percentiles", title: "Time to be accepted",
      description:
        "Percentiles of the time from an order's due time, and from its sending, to the answer. \(note(summary.latency(.accept)?.censored ?? 0))",
      x: nines.axis, y: y,
      legend: [
        Chart.Legend(style: "blue", shape: .line, label: "from due"),
        Chart.Legend(style: "orange dashed", shape: .line, label: "from sent"),
      ] + (open.isEmpty ? [] : [Chart.Legend(style: "blue dashed", shape: .line, label: "waited at least"), .unbounded("blue")]))
    return chart.markup([
      open.markup("blue"), open.line("blue dashed"),
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
    let greatest = [lower, upper].compactMap(\.greatest)
    guard !greatest.isEmpty else { return .empty }
    let nines = NinesAxis(count: Swift.max(lower.count, upper.count))
    let y = Axis.values(greatest, .seconds)
    let open = Open(upper, above: lower, nines, y.scale)
    let low = lower.points(nines.position, y.scale)
    // Where the upper ends become unbounded, the closed band ends and an open one begins.
    let band = open.isEmpty ? low : low.upTo(open.from)
    let high = upper.points(nines.position, y.scale)
    let chart = Chart(
      id: "completion-percentiles", title: "Time to be completed",
      description:
        "Percentiles of the time from an order's creation to its completion lie between the two lines. \(note(Int(censored.count)))",
      x: nines.axis, y: y,
      legend: (high.isEmpty
        ? []
        : [
          Chart.Legend(style: "teal", shape: .area, label: "what it can have been"),
          Chart.Legend(style: "teal", shape: .line, label: "at most"),
        ]) + [Chart.Legend(style: "teal dashed", shape: .line, label: "at least")] + (open.isEmpty ? [] : [.unbounded("teal")]))
    return chart.markup([
      Chart.area(.area(high, high.isEmpty ? [] : band), "teal"), open.markup("teal"), Chart.line(.line(low), "teal dashed"),
      Chart.line(.line(high), "teal"),
    ])
  }

  private static func note(_ censored: Int) -> String {
    Summary.censoredWording(censored).map { "\($0): above the line at least, they have no upper end." } ?? ""
  }

  /// The part of a chart in which upper ends are unbounded: from the first censored value on, above what is known at least.
  private struct Open {
    let from: Double
    private let known: [Path.Point]

    init(_ upper: PercentileCurve, above lower: PercentileCurve, _ nines: NinesAxis, _ y: Scale) {
      from = upper.unboundedFrom.map(nines.position) ?? Chart.right
      known = lower.points(nines.position, y).from(from)
    }

    var isEmpty: Bool { from >= Chart.right }
    func markup(_ style: String) -> Markup { isEmpty ? .empty : Chart.open(.open(above: known), style) }
    /// What is known at least, in that part.
    func line(_ style: String) -> Markup { isEmpty ? .empty : Chart.line(.line(known), style) }
  }
}

extension [Path.Point] {
  /// The part of a line, which rises in `x`, that is at or right of a position.
  fileprivate func from(_ x: Double) -> [Path.Point] {
    guard let last = last(where: { $0.x <= x }) else { return self }
    return [Path.Point(x: x, y: last.y)] + filter { $0.x > x }
  }

  /// The part of a line, which rises in `x`, that is left of a position.
  fileprivate func upTo(_ x: Double) -> [Path.Point] {
    let left = filter { $0.x <= x }
    return left + (left.last.map { [Path.Point(x: x, y: $0.y)] } ?? [])
  }
}
