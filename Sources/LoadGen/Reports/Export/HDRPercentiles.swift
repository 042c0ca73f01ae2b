import Foundation
import LoadRun
import Shared

/// A histogram as a percentile spectrum (`.hgrm`), as wrk2 and HdrHistogram print it and their plotters read it, in milliseconds.
///
/// The distance between percentiles halves towards 100 %, five of them to each half. Counts may exceed 32 bits.
enum HDRPercentiles {
  private static let ticksPerHalf = 5.0

  /// - Parameter censored: how many further values there are, greater than all known ones: the spectrum ends before them, and has neither a
  ///   mean nor a maximum.
  static func render(_ histogram: LatencyHistogram, censored: UInt64 = 0) -> String {
    let total = histogram.count + censored
    var lines = [pad("Value", 12) + " " + pad("Percentile", 14) + " " + pad("TotalCount", 10) + " " + pad("1/(1-Percentile)", 14), ""]
    let buckets = histogram.buckets
    let last = buckets.last?.index
    var seen: UInt64 = 0
    var level = 0.0
    for (index, count) in buckets {
      seen += count
      let reached = 100 * Double(seen) / Double(total)
      while reached >= level {
        lines.append(line(value(index, histogram), level / 100, seen))
        level += step(from: level)
        // The greatest value gets one line at its level, and another at 100 %, as HdrHistogram prints it.
        if index == last, censored == 0 { break }
      }
    }
    if censored == 0, let last { lines.append(line(value(last, histogram), 1, seen)) }
    return (lines + footer(histogram, censored)).joined(separator: "\n") + "\n"
  }

  private static func step(from level: Double) -> Double {
    100 / (ticksPerHalf * pow(2, (log2(100 / (100 - level))).rounded(.down) + 1))
  }

  private static func value(_ index: Int, _ histogram: LatencyHistogram) -> Double {
    Double(Swift.min(HistogramBucket(index: index).highest, histogram.max ?? .max)) / 1e6
  }

  private static func line(_ milliseconds: Double, _ fraction: Double, _ count: UInt64) -> String {
    let odds = fraction < 1 ? Figure.decimal(1 / (1 - fraction), 2) : "inf"
    return pad(Figure.decimal(milliseconds), 12) + " " + pad(Figure.decimal(fraction, 12), 14) + " " + pad("\(count)", 10) + " "
      + pad(odds, 14)
  }

  private static func footer(_ histogram: LatencyHistogram, _ censored: UInt64) -> [String] {
    let mean = histogram.isEmpty ? 0 : histogram.sum / Double(histogram.count) / 1e6
    let squares = histogram.buckets.reduce(0.0) { sum, entry in
      let bucket = HistogramBucket(index: entry.index)
      let deviation = (Double(bucket.lowest) + Double(bucket.highest)) / 2 / 1e6 - mean
      return sum + deviation * deviation * Double(entry.count)
    }
    let deviation = histogram.isEmpty ? 0 : (squares / Double(histogram.count)).squareRoot()
    func known(_ value: Double) -> String { pad(censored == 0 ? Figure.decimal(value) : "inf", 12) }
    return [
      "#[Mean    = \(known(mean)), StdDeviation   = \(known(deviation))]",
      "#[Max     = \(known(Double(histogram.max ?? 0) / 1e6)), Total count    = \(pad("\(histogram.count + censored)", 12))]",
      "#[Buckets = \(pad("37", 12)), SubBuckets     = \(pad("2048", 12))]",
    ] + (censored == 0 ? [] : ["#[Censored = \(censored): longer than all values above]"])
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: Swift.max(0, width - text.count)) + text
  }
}
