package import Shared

/// The keys of `Summary.histograms`.
package enum HistogramName {
  package static func observed(_ name: LatencyName) -> String { name.rawValue }
  package static func censored(_ name: LatencyName) -> String { name.rawValue + ".censored" }
  package static func lower(_ name: IntervalName) -> String { name.rawValue + ".lower" }
  package static func upper(_ name: IntervalName) -> String { name.rawValue + ".upper" }
  package static func censored(_ name: IntervalName) -> String { name.rawValue + ".censored" }
}

extension Summary {
  /// A `LatencyHistogram` in the form in which it is saved: without loss, so that summaries can be merged.
  struct Histogram: Codable, Sendable, Equatable {
    var unit = "ns"
    var significantDigits = HistogramBucket.significantDigits
    /// In nanoseconds, as `min` and `max` are.
    var sum: Double
    @Explicit var min: Int64?
    @Explicit var max: Int64?
    var pairs: [Pair]

    init(_ histogram: LatencyHistogram) {
      sum = histogram.sum
      _min = Explicit(wrappedValue: histogram.min)
      _max = Explicit(wrappedValue: histogram.max)
      pairs = [Pair](histogram)
    }

    /// - Returns: `nil` where no histogram can have these contents, or the unit or precision is another one.
    var histogram: LatencyHistogram? {
      guard unit == "ns", significantDigits == HistogramBucket.significantDigits else { return nil }
      return LatencyHistogram(buckets: pairs.map { ($0.index, $0.count) }, sum: sum, min: min, max: max)
    }

    enum CodingKeys: String, CodingKey {
      case unit
      case significantDigits = "significant_digits"
      case sum, min, max, pairs
    }
  }

  /// How many values a bucket holds, written as `[index, count]`.
  package struct Pair: Codable, Sendable, Hashable {
    /// The index of the `HistogramBucket`.
    package var index: Int
    package var count: UInt64

    package init(index: Int, count: UInt64) {
      self.index = index
      self.count = count
    }

    package init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      index = try container.decode(Int.self)
      count = try container.decode(UInt64.self)
    }

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.unkeyedContainer()
      try container.encode(index)
      try container.encode(count)
    }
  }

  /// The histogram of this name (see `HistogramName`); empty where there is none, or it cannot be read.
  package func histogram(_ name: String) -> LatencyHistogram { histograms[name]?.histogram ?? LatencyHistogram() }
}

extension [Summary.Pair] {
  init(_ histogram: LatencyHistogram) { self = histogram.buckets.map { Element(index: $0.index, count: $0.count) } }
}
