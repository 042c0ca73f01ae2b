import Shared

/// Percentiles straight from a block's pairs, which are sorted by index: no histogram is built for each of up to 720 blocks.
extension [Summary.Pair] {
  /// How many values the pairs hold. Wraps around where a file claims too many, instead of trapping.
  var total: UInt64 { reduce(0) { $0 &+ $1.count } }

  /// The bucket that holds the quantile; `nil` where there are no values.
  func bucket(_ quantile: Quantile) -> HistogramBucket? {
    let rank = quantile.rank(of: total)
    var seen: UInt64 = 0
    for pair in self {
      seen &+= pair.count
      if seen >= rank, rank > 0 { return HistogramBucket(index: pair.index) }
    }
    return nil
  }

  /// The highest value that the quantile may have, in seconds; `nil` where there are no values.
  package func upper(_ quantile: Quantile) -> Double? { bucket(quantile).map { Percentiles.seconds($0.highest) } }

  /// The lowest value that the quantile may have, in seconds; `nil` where there are no values.
  package func lower(_ quantile: Quantile) -> Double? { bucket(quantile).map { Percentiles.seconds($0.lowest) } }
}
