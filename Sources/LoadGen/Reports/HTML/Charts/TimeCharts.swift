/// What happened over the run, block by block.
enum TimeCharts {
  static func render(_ summary: Summary) -> Markup {
    let times = BlockTimes(summary)
    guard !times.blocks.isEmpty else { return .empty }
    return "\(rates(times))\(accept(times))\(backlog(times))\(completion(times))"
  }

  private static func rates(_ times: BlockTimes) -> Markup {
    func perSecond(_ count: (Summary.Block) -> Int) -> [Double] { times.blocks.map { Double(count($0.block)) / $0.length } }
    let series: [(name: String, style: String, values: [Double])] = [
      ("offered", "grey", perSecond(\.scheduled)), ("accepted", "blue", perSecond(\.accepted)),
      ("seen to have ended", "teal dashed", perSecond(\.completedLatest)),
    ]
    let greatest = series.flatMap(\.values).max() ?? 0
    let y = Axis.values(0...Swift.max(greatest * 1.1, 1e-9), .perSecond, label: "per second")
    let x = Axis.time(times.span)
    let chart = Chart(
      id: "rates", title: "Orders per second",
      description: "How many orders a second were due, were accepted, and were seen to have ended.",
      x: x, y: y, legend: series.map { Chart.Legend(style: $0.style, shape: .line, label: $0.name) })
    return chart.markup(series.map { Chart.line(times.line($0.values, x.scale, y.scale), $0.style) })
  }

  private static func accept(_ times: BlockTimes) -> Markup {
    let p99 = times.blocks.map { $0.block.accept.upper(.p99) }
    let p50 = times.blocks.map { $0.block.accept.upper(.p50) }
    guard let greatest = (p99 + p50).compactMap({ $0 }).max() else { return .empty }
    let y = Axis.seconds(greatest)
    let x = Axis.time(times.span)
    let chart = Chart(
      id: "accept-over-time", title: "Time to be accepted",
      description: "Median and 99th percentile of the time from due to answered, of those that were answered.",
      x: x, y: y,
      legend: [Chart.Legend(style: "orange", shape: .line, label: "p99"), Chart.Legend(style: "blue", shape: .line, label: "p50")])
    return chart.markup([
      Chart.line(times.line(p99, x.scale, y.scale), "orange"), Chart.line(times.line(p50, x.scale, y.scale), "blue"),
    ])
  }

  private static func completion(_ times: BlockTimes) -> Markup {
    let low = times.blocks.map { $0.block.completionLower.lower(.p99) }
    let high = times.blocks.map { $0.block.completionUpper.upper(.p99) }
    guard let greatest = high.compactMap({ $0 }).max() else { return .empty }
    let y = Axis.seconds(greatest)
    let x = Axis.time(times.span)
    let chart = Chart(
      id: "completion-over-time", title: "Time to be completed, p99",
      description:
        "The 99th percentile of the time from created to completed, of the orders that were seen to have ended, lies between the two lines.",
      x: x, y: y,
      legend: [
        Chart.Legend(style: "teal", shape: .line, label: "at most"), Chart.Legend(style: "teal dashed", shape: .line, label: "at least"),
      ])
    let bands = times.bands(low, high, x.scale, y.scale)
    return chart.markup(
      bands.map { Chart.area($0, "teal") } + [
        Chart.line(times.line(low, x.scale, y.scale), "teal dashed"), Chart.line(times.line(high, x.scale, y.scale), "teal"),
      ])
  }

  /// How many orders were accepted and had not ended, at the end of each block.
  private static func backlog(_ times: BlockTimes) -> Markup {
    var accepted = 0
    var earliest = 0
    var latest = 0
    var low: [Double] = [0]
    var high: [Double] = [0]
    for (block, _, _) in times.blocks {
      accepted += block.accepted
      earliest += block.completedEarliest
      latest += block.completedLatest
      // An order may have ended in an earlier block than the one in which its acceptance was seen.
      low.append(Double(Swift.max(0, accepted - earliest)))
      high.append(Double(Swift.max(0, accepted - latest)))
    }
    let y = Axis.values(0...Swift.max((high.max() ?? 0) * 1.1, 1), .orders, label: "orders")
    let x = Axis.time(times.span)
    let ends = [times.span.lowerBound] + times.blocks.map(\.end)
    func points(_ values: [Double]) -> [Path.Point] { zip(ends, values).map { Path.Point(x: x.scale($0), y: y.scale($1)) } }
    let chart = Chart(
      id: "backlog", title: "Backlog", description: "How many accepted orders had not ended lies between the two lines.", x: x, y: y,
      legend: [
        Chart.Legend(style: "violet", shape: .line, label: "at most"),
        Chart.Legend(style: "violet dashed", shape: .line, label: "at least"),
      ])
    return chart.markup([
      Chart.area(.area(points(high), points(low)), "violet"), Chart.line(.line(points(low)), "violet dashed"),
      Chart.line(.line(points(high)), "violet"),
    ])
  }
}
