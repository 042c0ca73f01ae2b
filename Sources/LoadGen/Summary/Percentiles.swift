package import Shared

/// What a histogram of durations comes to, the censored counted in. All results are in seconds.
///
/// A bucket is as wide as 0.1 % of its value, so each end is rounded to the side on which nothing false is said.
package enum Percentiles {
  /// - Parameters:
  ///   - censored: how many more values there are that lie at +∞.
  /// - Returns: the highest value that the quantile may have; `nil` where there are no values, or it is one of the censored.
  package static func upper(_ quantile: Quantile, of observed: LatencyHistogram, censored: UInt64 = 0) -> Double? {
    let rank = quantile.rank(of: observed.count + censored)
    guard rank <= observed.count, let bucket = observed.bucket(ofRank: rank), let max = observed.max else { return nil }
    return seconds(Swift.min(bucket.highest, max))
  }

  /// - Parameter known: all values, the censored among them at the time that they had waited.
  /// - Returns: the lowest value that the quantile may have; `nil` where there are no values.
  static func lower(_ quantile: Quantile, of known: LatencyHistogram) -> Double? {
    guard let bucket = known.bucket(ofRank: quantile.rank(of: known.count)), let min = known.min else { return nil }
    return seconds(Swift.max(bucket.lowest, min))
  }

  package static func seconds(_ nanoseconds: Int64) -> Double { Double(nanoseconds) / 1e9 }
}

extension Summary.Distribution {
  /// What holds at most: of latencies, and of the upper ends of intervals. The censored lie at +∞, so that with any of them there is
  /// neither a mean nor a greatest value.
  init(upper observed: LatencyHistogram, censored: UInt64) {
    func at(_ quantile: Quantile) -> Double? { Percentiles.upper(quantile, of: observed, censored: censored) }
    let bounded = censored == 0 && !observed.isEmpty
    self.init(
      min: observed.min.map(Percentiles.seconds), mean: bounded ? observed.sum / Double(observed.count) / 1e9 : nil,
      p50: at(.p50), p90: at(.p90), p95: at(.p95), p99: at(.p99), p999: at(.p999),
      max: bounded ? observed.max.map(Percentiles.seconds) : nil)
  }

  /// What holds at least: of the lower ends of intervals.
  /// - Parameter known: the censored are among them, at the time that they had waited.
  init(lower known: LatencyHistogram) {
    func at(_ quantile: Quantile) -> Double? { Percentiles.lower(quantile, of: known) }
    self.init(
      min: known.min.map(Percentiles.seconds), mean: known.isEmpty ? nil : known.sum / Double(known.count) / 1e9,
      p50: at(.p50), p90: at(.p90), p95: at(.p95), p99: at(.p99), p999: at(.p999),
      max: known.max.map(Percentiles.seconds))
  }
}

extension Summary.LatencyFigures {
  /// - Parameter censored: the time that each censored one had waited.
  init(observed: LatencyHistogram, censored: LatencyHistogram = LatencyHistogram()) {
    self.init(
      count: Int(observed.count + censored.count), censored: Int(censored.count),
      values: Summary.Distribution(upper: observed, censored: censored.count))
  }
}

extension Summary.IntervalFigures {
  /// - Parameters:
  ///   - lower: the lower ends of those that are not censored.
  ///   - upper: their upper ends: as many.
  ///   - censored: the time that each censored one had waited at least.
  init(lower: LatencyHistogram, upper: LatencyHistogram, censored: LatencyHistogram = LatencyHistogram()) {
    var known = lower
    known.merge(censored)
    self.init(
      count: Int(upper.count + censored.count), censored: Int(censored.count),
      lower: Summary.Distribution(lower: known), upper: Summary.Distribution(upper: upper, censored: censored.count))
  }
}
