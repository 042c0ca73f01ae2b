/// One bucket of a `LatencyHistogram`: all whole nanoseconds from `lowest` to `highest`.
///
/// The layout is HdrHistogram's at three significant digits: 2048 buckets of one nanosecond, then 1024 for each doubling. The index is the
/// one in HdrHistogram's counts array, in every language, so that files can be read elsewhere.
public struct HistogramBucket: Sendable, Hashable {
  public static let significantDigits = 3
  static let highestIndex = HistogramBucket(holding: LatencyHistogram.highestValue).index

  public let index: Int

  /// - Parameter index: from 0 to `highestIndex`; not checked.
  public init(index: Int) { self.index = index }

  /// - Parameter nanoseconds: from 0 to `LatencyHistogram.highestValue`.
  public init(holding nanoseconds: Int64) {
    let doublings = 53 - (nanoseconds | 2047).leadingZeroBitCount
    index = (doublings << 10) + Int(nanoseconds >> Int64(doublings))
  }

  private var doublings: Int { Swift.max(0, (index >> 10) - 1) }

  /// The smallest value that it holds, in nanoseconds.
  public var lowest: Int64 { Int64(index - (doublings << 10)) << Int64(doublings) }
  /// The greatest value that it holds, in nanoseconds.
  public var highest: Int64 { lowest + (1 << Int64(doublings)) - 1 }
}
