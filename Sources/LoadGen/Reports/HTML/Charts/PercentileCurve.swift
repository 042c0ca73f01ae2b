import LoadRun
import Shared

/// The quantiles of a histogram, as a line of steps: how long the slowest of ten, of a hundred, of a thousand took.
struct PercentileCurve: Sendable {
  /// Each step extends from the end of the one before to `share`, at the height `seconds`.
  let steps: [Step]
  /// Whether all values beyond the last step are censored.
  let isUnboundedAtEnd: Bool
  let count: UInt64

  /// A quantile: this share of the values is at most this long.
  struct Step: Sendable, Equatable {
    let share: Double
    let seconds: Double
  }

  /// Latencies, or the upper ends of intervals.
  init(upper histogram: LatencyHistogram, censored: UInt64 = 0) {
    let most = histogram.max ?? 0
    self.init(histogram, censored) { Swift.min($0.highest, most) }
  }

  /// The lower ends of intervals, with the censored ones included.
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

  /// The share from which on it is only known that values were greater; `nil` where nothing is censored.
  var unboundedFrom: Double? { isUnboundedAtEnd ? steps.last?.share ?? 0 : nil }

  /// The line in pixels. At the first censored value it leaves the chart at the top.
  func points(_ x: (Double) -> Double, _ y: Scale) -> [Path.Point] {
    var points: [Path.Point] = []
    var from = x(0)
    for step in steps {
      let to = x(step.share)
      let height = y(step.seconds)
      // Steps too small to be told apart are drawn as one.
      if let last = points.last, to - from < 0.3, abs(last.y - height) < 0.3 { continue }
      points.append(Path.Point(x: from, y: height))
      points.append(Path.Point(x: to, y: height))
      from = to
    }
    if isUnboundedAtEnd, let last = points.last { points.append(Path.Point(x: last.x, y: Chart.top)) }
    return points
  }
}
