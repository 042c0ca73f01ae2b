import Shared

/// Percentiles straight from a block's pairs, without building a histogram for each of up to 720 blocks.
extension [Summary.Pair] {
  var total: UInt64 { reduce(0) { $0 &+ $1.count } }

  /// The bucket of the quantile; `nil` where there are no values.
  func bucket(_ quantile: Quantile) -> HistogramBucket? {
    let rank = quantile.rank(of: total)
    var seen: UInt64 = 0
    for pair in self {
      seen &+= pair.count
      if seen >= rank, rank > 0 { return HistogramBucket(index: pair.index) }
    }
    return nil
  }

  /// The highest value that the quantile may have, in seconds.
  package func upper(_ quantile: Quantile) -> Double? { bucket(quantile).map { Percentiles.seconds($0.highest) } }

  /// The lowest value that the quantile may have, in seconds.
  package func lower(_ quantile: Quantile) -> Double? { bucket(quantile).map { Percentiles.seconds($0.lowest) } }
}
