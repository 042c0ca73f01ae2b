import LoadRun
import LoadStudy

/// How fast orders piled up in each trial, over its rate: it leaves zero where the target's capacity ends.
enum BacklogChart {
  /// - Returns: empty where no trial was long enough to tell.
  static func render(_ capacity: Capacity, _ ground: RateGround) -> Markup {
    let points = capacity.trials.compactMap { trial in trial.growth.map { (trial: trial, growth: $0) } }
    guard !points.isEmpty else { return .empty }
    let y = Axis.values(points.map(\.growth), .perSecond)
    let chart = Chart(
      id: "backlog-growth", title: "Backlog, orders added per second",
      description:
        "By how many a second the outstanding orders became more in each of \(Figure.count(points.count)) trials, by its rate. \(ground.words)",
      x: ground.x, y: y, legend: [Chart.Legend(style: "claim", shape: .dot, label: "a trial")] + ground.legend, zones: ground.zones)
    let zero: Markup = "<path class=\"base\" d=\"M\(Path.pixels(Chart.left)) \(Path.pixels(y.scale(0)))H\(Path.pixels(Chart.right))\"/>"
    return chart.markup(ground.marks + [zero] + points.map { dot($0.trial, $0.growth, ground.x.scale, y.scale) })
  }

  private static func dot(_ trial: Capacity.Trial, _ growth: Double, _ x: Scale, _ y: Scale) -> Markup {
    """
    <circle class="dot claim" cx="\(Path.pixels(x(trial.rate)))" cy="\(Path.pixels(y(growth)))" r="3">\
    <title>trial \(trial.number), \(Figure.rate(trial.rate)): \(Capacity.growthText(growth))</title></circle>

    """
  }
}
