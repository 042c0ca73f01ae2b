package import Shared

extension Threshold.Metric {
  /// The names in a summary (`HistogramName`) of the histograms that a duration is taken from; none for other figures.
  package var histograms: [String] {
    switch self {
    case .latency(let name, _): [HistogramName.observed(name), HistogramName.censored(name)]
    case .interval(let name, _): [HistogramName.lower(name), HistogramName.upper(name), HistogramName.censored(name)]
    default: []
    }
  }

  /// What is known of a duration by its histograms, in seconds; an upper end of `nil` is unbounded (docs/measurement.md, "Percentiles of
  /// intervals").
  /// - Parameter histogram: those of `histograms`, by name; of one run, or merged ones of several.
  /// - Returns: `nil` for another figure, or where nothing was measured.
  package func bounds(of histogram: (String) -> LatencyHistogram) -> Bounds<Double>? {
    switch self {
    case .latency(let name, let aggregate):
      let observed = histogram(HistogramName.observed(name))
      let censored = histogram(HistogramName.censored(name))
      let upper = aggregate.upper(observed, censored: censored.count)
      // Where nothing is censored, the figure is known: both ends are the same.
      if censored.isEmpty { return upper.map { Bounds(lower: $0, upper: $0) } }
      var known = observed
      known.merge(censored)
      return aggregate.lower(known).map { Bounds(lower: min($0, upper ?? $0), upper: upper) }
    case .interval(let name, let aggregate):
      let censored = histogram(HistogramName.censored(name))
      var known = histogram(HistogramName.lower(name))
      known.merge(censored)
      let upper = aggregate.upper(histogram(HistogramName.upper(name)), censored: censored.count)
      return aggregate.lower(known).map { Bounds(lower: $0, upper: upper) }
    default: return nil
    }
  }
}

extension Threshold.Aggregate {
  fileprivate func upper(_ observed: LatencyHistogram, censored: UInt64) -> Double? {
    switch self {
    case .percentile(let quantile): return Percentiles.upper(quantile, of: observed, censored: censored)
    case .min: return observed.min.map(Percentiles.seconds)
    case .max, .mean:
      let figures = Summary.Distribution(upper: observed, censored: censored)
      return self == .max ? figures.max : figures.mean
    }
  }

  fileprivate func lower(_ known: LatencyHistogram) -> Double? {
    let figures = Summary.Distribution(lower: known)
    switch self {
    case .percentile(let quantile): return Percentiles.lower(quantile, of: known)
    case .min: return figures.min
    case .max: return figures.max
    case .mean: return figures.mean
    }
  }
}
