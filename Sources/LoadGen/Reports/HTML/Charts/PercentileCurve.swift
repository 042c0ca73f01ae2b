import LoadRun
import Shared

/// The quantiles of a histogram as a line of steps: how long the slowest one in ten, in a hundred, in a thousand took.
struct PercentileCurve: Sendable {
  /// Each step reaches from the end of the one before to `share`, at `seconds`.
  let steps: [Step]
  /// Beyond the last step all values are censored.
  let isUnboundedAtEnd: Bool
  let count: UInt64

  struct Step: Sendable, Equatable {
    let share: Double
    let seconds: Double
  }

  /// Latencies, or the upper ends of intervals.
  init(upper histogram: LatencyHistogram, censored: UInt64 = 0) {
    let most = histogram.max ?? 0
    self.init(histogram, censored) { Swift.min($0.highest, most) }
  }

  /// The lower ends of intervals, the censored among them.
  init(lower histogram: LatencyHistogram) {
    let least = histogram.min ?? 0
    self.init(histogram, 0) { Swift.max($0.lowest, least) }
  }

  private init(_ histogram: LatencyHistogram, _ censored: UInt64, value: (HistogramBucket) -> Int64) {
    count = histogram.count + censored
    isUnboundedAtEnd = censored > 0
    var seen: UInt64 = 0
    var steps: [Step] = []
    for (index, number) in histogram.buckets {
      seen += number
      steps.append(Step(share: Double(seen) / Double(count), seconds: Percentiles.seconds(value(HistogramBucket(index: index)))))
    }
    self.steps = steps
  }

  var greatest: Double? { steps.last?.seconds }

  /// From which share on nothing is known but that it lasted longer; `nil` where all ended.
  var unboundedFrom: Double? { isUnboundedAtEnd ? steps.last?.share ?? 0 : nil }

  /// The line in pixels; where the censored begin it leaves the chart at its top.
  func points(_ x: (Double) -> Double, _ y: Scale) -> [Path.Point] {
    var points: [Path.Point] = []
    var from = x(0)
    for step in steps {
      let to = x(step.share)
      let height = y(step.seconds)
      // Steps that an eye cannot tell apart are one.
      if let last = points.last, to - from < 0.3, abs(last.y - height) < 0.3 { continue }
      points.append(Path.Point(x: from, y: height))
      points.append(Path.Point(x: to, y: height))
      from = to
    }
    if isUnboundedAtEnd, let last = points.last { points.append(Path.Point(x: last.x, y: Chart.top)) }
    return points
  }
}
