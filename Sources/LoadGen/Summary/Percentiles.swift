package import Shared

/// Statistics of histograms of durations, with censored values taken into account. All results are in seconds.
///
/// A bucket is up to 0.1 % of its value wide, so each end is rounded to the side on which it remains true (docs/measurement.md,
/// "Percentiles of intervals").
package enum Percentiles {
  /// - Parameter censored: how many further values there are, all taken to be infinite.
  /// - Returns: the highest value that the quantile may have; `nil` where there are no values, or it is one of the censored.
  package static func upper(_ quantile: Quantile, of observed: LatencyHistogram, censored: UInt64 = 0) -> Double? {
    let rank = quantile.rank(of: observed.count + censored)
    guard rank <= observed.count, let bucket = observed.bucket(ofRank: rank), let max = observed.max else { return nil }
    return seconds(Swift.min(bucket.highest, max))
  }

  /// - Parameter known: all values, the censored ones with the time that they had waited.
  /// - Returns: the lowest value that the quantile may have; `nil` where there are no values.
  static func lower(_ quantile: Quantile, of known: LatencyHistogram) -> Double? {
    guard let bucket = known.bucket(ofRank: quantile.rank(of: known.count)), let min = known.min else { return nil }
    return seconds(Swift.max(bucket.lowest, min))
  }

  /// Converts nanoseconds to seconds.
  package static func seconds(_ nanoseconds: Int64) -> Double { Double(nanoseconds) / 1e9 }
}

extension Summary.Distribution {
  /// The greatest that the figures can be: for latencies, and for the upper ends of intervals. Censored values are taken to be infinite, so
  /// that with any of them there is neither a mean nor a maximum.
  init(upper observed: LatencyHistogram, censored: UInt64) {
    func at(_ quantile: Quantile) -> Double? { Percentiles.upper(quantile, of: observed, censored: censored) }
    let bounded = censored == 0 && !observed.isEmpty
    self.init(
      min: observed.min.map(Percentiles.seconds), mean: bounded ? observed.sum / Double(observed.count) / 1e9 : nil,
      p50: at(.p50), p90: at(.p90), p95: at(.p95), p99: at(.p99), p999: at(.p999),
      max: bounded ? observed.max.map(Percentiles.seconds) : nil)
  }

  /// The least that the figures can be: for the lower ends of intervals.
  /// - Parameter known: includes the censored values, with the time that they had waited.
  init(lower known: LatencyHistogram) {
    func at(_ quantile: Quantile) -> Double? { Percentiles.lower(quantile, of: known) }
    self.init(
      min: known.min.map(Percentiles.seconds), mean: known.isEmpty ? nil : known.sum / Double(known.count) / 1e9,
      p50: at(.p50), p90: at(.p90), p95: at(.p95), p99: at(.p99), p999: at(.p999),
      max: known.max.map(Percentiles.seconds))
  }
}

extension Summary.LatencyFigures {
  /// - Parameter censored: the time that each censored value had waited.
  init(observed: LatencyHistogram, censored: LatencyHistogram = LatencyHistogram()) {
    self.init(
      count: Int(observed.count + censored.count), censored: Int(censored.count),
      values: Summary.Distribution(upper: observed, censored: censored.count))
  }
}

extension Summary.IntervalFigures {
  /// - Parameters:
  ///   - lower: the lower ends of the intervals that are not censored.
  ///   - upper: the upper ends of the same intervals.
  ///   - censored: for each censored interval, the time that it had lasted at least.
  init(lower: LatencyHistogram, upper: LatencyHistogram, censored: LatencyHistogram = LatencyHistogram()) {
    var known = lower
    known.merge(censored)
    self.init(
      count: Int(upper.count + censored.count), censored: Int(censored.count),
      lower: Summary.Distribution(lower: known), upper: Summary.Distribution(upper: upper, censored: censored.count))
  }
}
