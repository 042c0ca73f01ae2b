import LoadRun

/// Charts of what happened over the run, block by block.
struct TimeCharts {
  private let summary: Summary
  private let times: BlockTimes
  private let x: Axis

  static func render(_ summary: Summary) -> Markup {
    let charts = TimeCharts(summary)
    guard !charts.times.blocks.isEmpty else { return .empty }
    return """
      \(charts.rates)\(charts.accept)\(charts.errors)\(charts.backlog)\(charts.completion)\(charts.polls)\
      \(LoadChart.render(summary, charts.times))
      """
  }

  private init(_ summary: Summary) {
    self.summary = summary
    times = BlockTimes(summary, most: BlockTimes.drawn)
    x = Axis.time(times.span)
  }

  private var rates: Markup {
    var series: [(name: String, style: String, values: [Double])] = [
      ("offered", "grey", times.perSecond(upTo: summary.run.loadEnds, \.scheduled)), ("accepted", "blue", times.perSecond(\.accepted)),
    ]
    let ends = summary.followsOrders ? ", and were seen to have ended" : ""
    if summary.followsOrders { series.append(("seen to have ended", "teal dashed", times.perSecond(\.completedLatest))) }
    let y = Axis.values(series.flatMap(\.values), .perSecond)
    let chart = Chart(
      id: "rates", title: "Orders per second",
      description: "How many orders a second were due, were accepted\(ends).",
      x: x, y: y, legend: series.map { Chart.Legend(style: $0.style, shape: .line, label: $0.name) }, zones: phases)
    return chart.markup(series.map { Chart.line(times.line($0.values, x.scale, y.scale), $0.style) })
  }

  private var accept: Markup {
    let p99 = times.blocks.map { $0.block.accept.upper(.p99) }
    let p50 = times.blocks.map { $0.block.accept.upper(.p50) }
    let unanswered = zones { $0.scheduled > 0 && $0.accept.isEmpty }
    let values = (p99 + p50).compactMap { $0 }
    guard !values.isEmpty || !unanswered.isEmpty else { return .empty }
    let limit = summary.limit(of: .latency(.accept, .percentile(.p99)), near: values.max())
    let y = Axis.values(values + [limit?.value ?? 0], .seconds)
    let chart = Chart(
      id: "accept-over-time", title: "Time to be accepted",
      description: "Median and 99th percentile of the time from due to answered, of those that were answered, by when they were due.",
      x: x, y: y,
      legend: [Chart.Legend(style: "orange", shape: .line, label: "p99"), Chart.Legend(style: "blue", shape: .line, label: "p50")]
        + (unanswered.isEmpty ? [] : [Chart.Legend(style: "none", shape: .area, label: "none of those due accepted")]),
      zones: phases + unanswered, limit: limit)
    return chart.markup([
      Chart.line(times.line(p99, x.scale, y.scale), "orange"), Chart.line(times.line(p50, x.scale, y.scale), "blue"),
    ])
  }

  private var completion: Markup {
    let low = times.blocks.map { $0.block.completionLower.lower(.p99) }
    let high = times.blocks.map { $0.block.completionUpper.upper(.p99) }
    let values = high.compactMap { $0 }
    let unfinished = zones { !$0.accept.isEmpty && $0.completionUpper.isEmpty }
    guard !values.isEmpty else { return .empty }
    let limit = summary.limit(of: .interval(.completion, .percentile(.p99)), near: values.max())
    let y = Axis.values(values + [limit?.value ?? 0], .seconds)
    let chart = Chart(
      id: "completion-over-time", title: "Time to be completed, p99",
      description:
        "The 99th percentile of the time from created to completed, of the orders that were seen to have ended, lies between the two lines.",
      x: x, y: y,
      legend: [
        Chart.Legend(style: "teal", shape: .line, label: "at most"), Chart.Legend(style: "teal dashed", shape: .line, label: "at least"),
      ] + (unfinished.isEmpty ? [] : [Chart.Legend(style: "none", shape: .area, label: "none of those due completed")]),
      zones: phases + unfinished, limit: limit)
    let bands = times.bands(low, high, x.scale, y.scale)
    return chart.markup(
      bands.map { Chart.area($0, "teal") } + [
        Chart.line(times.line(low, x.scale, y.scale), "teal dashed"), Chart.line(times.line(high, x.scale, y.scale), "teal"),
      ])
  }

  /// How many orders were accepted and had not completed, at the end of each block. Nothing is known about orders that were not followed.
  private var backlog: Markup {
    guard summary.followsOrders, summary.orders.accepted > 0, summary.orders.accepted > summary.orders.untracked else { return .empty }
    var accepted = 0
    var earliest = 0
    var latest = 0
    var low: [Double] = [0]
    var high: [Double] = [0]
    for (block, _, _) in times.blocks {
      accepted &+= block.accepted
      earliest &+= block.completedEarliest
      latest &+= block.completedLatest
      // The block of an order's earliest possible end may be before the one in which its acceptance was received.
      low.append(Double(Swift.max(0, accepted &- earliest)))
      high.append(Double(Swift.max(0, accepted &- latest)))
    }
    let y = Axis.values(high, .orders)
    let ends = [times.span.lowerBound] + times.blocks.map(\.end)
    func points(_ values: [Double]) -> [Path.Point] { zip(ends, values).map { Path.Point(x: x.scale($0), y: y.scale($1)) } }
    let chart = Chart(
      id: "backlog", title: "Orders accepted and not completed",
      description: "How many accepted orders had not been completed lies between the two lines.", x: x, y: y,
      legend: [
        Chart.Legend(style: "violet", shape: .line, label: "at most"),
        Chart.Legend(style: "violet dashed", shape: .line, label: "at least"),
      ], zones: phases)
    return chart.markup([
      Chart.area(.area(points(high), points(low)), "violet"), Chart.line(.line(points(low)), "violet dashed"),
      Chart.line(.line(points(high)), "violet"),
    ])
  }

  /// Creates that were not accepted, stacked by kind. Empty where there were none: an empty chart would say less than its absence.
  private var errors: Markup {
    let kinds: [(name: String, style: String, count: (Summary.Block) -> Int)] = [
      ("rejected", "orange", \.rejected), ("errored", "violet", \.errored), ("ambiguous", "red", \.ambiguous),
    ]
    let seen = kinds.filter { kind in times.blocks.contains { kind.count($0.block) > 0 } }
    guard !seen.isEmpty else { return .empty }
    var sums: [[Double]] = [times.blocks.map { _ in 0 }]
    for kind in seen { sums.append(zip(sums[sums.count - 1], times.perSecond(kind.count)).map { $0 + $1 }) }
    let y = Axis.values(sums[sums.count - 1], .perSecond)
    let chart = Chart(
      id: "errors-over-time", title: "Orders not accepted, per second",
      description:
        "How many orders a second were \(seen.map(\.name).joined(separator: ", ")), when that was known, one kind on top of the other.",
      x: x, y: y, legend: seen.map { Chart.Legend(style: "solid " + $0.style, shape: .area, label: $0.name) }, zones: phases)
    let outlines = sums.map { times.steps($0, x.scale, y.scale) }
    return chart.markup(
      zip(seen, zip(outlines, outlines.dropFirst())).map { kind, edges in Chart.area(.area(edges.1, edges.0), "solid " + kind.style) })
  }

  private var polls: Markup {
    let values = times.perSecond(\.polls)
    guard values.contains(where: { $0 > 0 }) else { return .empty }
    let y = Axis.values(values, .perSecond)
    let chart = Chart(
      id: "polls-over-time", title: "Polls per second", description: "How often a second orders were asked for.", x: x, y: y, zones: phases)
    return chart.markup([Chart.line(times.line(values, x.scale, y.scale), "teal")])
  }

  /// Stretches after the warm-up in which something holds for every block.
  private func zones(where holds: (Summary.Block) -> Bool) -> [Chart.Zone] {
    let found = times.blocks.indices.map { times.start($0) >= summary.run.warmEnds - 1e-9 && holds(times.blocks[$0].block) }
    return times.zones("none", "", x.scale, where: found)
  }

  /// Warm-up and drain as shaded zones: figures of the load are about the time between them.
  private var phases: [Chart.Zone] {
    let ends = summary.run.loadEnds
    return [(summary.run.loadBegan ?? 0, summary.run.warmEnds, "warm-up"), (ends, times.span.upperBound, "drain")].compactMap {
      from, to, label in
      guard from.isFinite, to.isFinite, ends > 0, x.scale(to) - x.scale(from) >= 4 else { return nil }
      return Chart.Zone(from: x.scale(from), to: x.scale(to), style: "phase", label: label)
    }
  }
}

private typealias Rule = Threshold

extension Summary {
  /// The lowest upper limit that a threshold sets for a figure; `nil` where there is none, or where it exceeds three times the greatest
  /// value, as drawing such a limit would flatten the chart.
  fileprivate func limit(of metric: Rule.Metric, near greatest: Double?) -> Chart.Limit? {
    let rules = thresholds.compactMap { try? Rule(text: $0.expression) }.filter {
      $0.metric == metric && ($0.comparison == .below || $0.comparison == .atMost)
    }
    guard let rule = rules.min(by: { $0.limit < $1.limit }), rule.limit <= (greatest ?? 0) * 3 else { return nil }
    return Chart.Limit(value: rule.limit, label: rule.limitWording)
  }
}
