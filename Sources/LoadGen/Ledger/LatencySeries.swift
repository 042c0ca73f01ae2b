import Shared

/// One kind of latency: what was observed, and how long those had waited that never ended.
struct LatencySeries: Sendable {
  private(set) var observed = LatencyHistogram()
  /// The time that each censored one had waited.
  private(set) var censored = LatencyHistogram()

  mutating func record(_ nanoseconds: Int64, count: Int = 1) {
    if !observed.record(nanoseconds, count: count) { censored.record(LatencyHistogram.highestValue, count: count) }
  }

  mutating func censor(at nanoseconds: Int64, count: Int = 1) {
    censored.record(min(nanoseconds, LatencyHistogram.highestValue), count: count)
  }

  mutating func merge(_ other: LatencySeries) {
    observed.merge(other.observed)
    censored.merge(other.censored)
  }
}

/// One kind of duration that is known as an interval only: the ends, and how long those had lasted at least that have no upper end.
struct IntervalSeries: Sendable {
  private(set) var lower = LatencyHistogram()
  private(set) var upper = LatencyHistogram()
  private(set) var censored = LatencyHistogram()

  mutating func record(_ bounds: Bounds<Int64>) {
    if let end = bounds.upper, end <= LatencyHistogram.highestValue {
      lower.record(bounds.lower)
      upper.record(end)
    } else {
      censored.record(min(bounds.lower, LatencyHistogram.highestValue))
    }
  }

  mutating func merge(_ other: IntervalSeries) {
    lower.merge(other.lower)
    upper.merge(other.upper)
    censored.merge(other.censored)
  }
}
