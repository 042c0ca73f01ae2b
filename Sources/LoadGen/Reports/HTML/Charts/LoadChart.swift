import LoadRun

/// How answer times depended on the load: for each block, latencies over the number of orders due in it.
enum LoadChart {
  /// Empty where the load was always about the same, as there is nothing to compare.
  static func render(_ summary: Summary, _ times: BlockTimes) -> Markup {
    let (begin, end) = (summary.run.warmEnds, summary.run.loadEnds)
    // Cut-off blocks, and those outside the load, would be misleading dots.
    let whole = Double(times.seconds) * 0.99
    let dots = zip(times.blocks, times.perSecond(\.scheduled)).compactMap { block, rate -> (rate: Double, p50: Double, p99: Double)? in
      guard block.length >= whole, block.end - block.length >= begin - 1e-6, block.end <= end + 1e-6, rate > 0,
        let p50 = block.block.accept.upper(.p50), let p99 = block.block.accept.upper(.p99)
      else { return nil }
      return (rate, p50, p99)
    }
    let rates = dots.map(\.rate)
    guard dots.count >= 5, let least = rates.min(), let greatest = rates.max(), greatest > least * 1.5 else { return .empty }
    let x = Axis.across(rates, .perSecond, label: "orders due per second")
    let y = Axis.values(dots.flatMap { [$0.p50, $0.p99] }, .seconds)
    let chart = Chart(
      id: "accept-against-load", title: "Time to be accepted, against load",
      description:
        "Median and 99th percentile of the time from due to answered, for each stretch of the run, by how many orders a second were due.",
      x: x, y: y,
      legend: [Chart.Legend(style: "orange", shape: .dot, label: "p99"), Chart.Legend(style: "blue", shape: .dot, label: "p50")])
    func draw(_ style: String, _ value: (rate: Double, seconds: Double)) -> Markup {
      "<circle class=\"dot \(style)\" cx=\"\(Path.pixels(x.scale(value.rate)))\" cy=\"\(Path.pixels(y.scale(value.seconds)))\" r=\"3\"/>"
    }
    return chart.markup(dots.map { draw("orange", ($0.rate, $0.p99)) } + dots.map { draw("blue", ($0.rate, $0.p50)) })
  }
}
