import Shared

/// One kind of latency: the observed values, and how long those had waited that never ended.
struct LatencySeries: Sendable {
  private(set) var observed = LatencyHistogram()
  /// How long each censored one had waited.
  private(set) var censored = LatencyHistogram()

  /// A value beyond the histogram's range counts as censored at the range's end.
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

/// One kind of duration that is known only as an interval: its two ends, and for durations without an upper end, how long they had lasted
/// at least.
struct IntervalSeries: Sendable {
  private(set) var lower = LatencyHistogram()
  private(set) var upper = LatencyHistogram()
  private(set) var censored = LatencyHistogram()

  /// An interval whose upper end is missing or beyond the histogram's range counts only as censored, at its lower end.
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
