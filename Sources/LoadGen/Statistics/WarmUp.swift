/// How much of a series' beginning differs from how it is in the end.
///
/// **Method:** the mean of the first tenth is compared with that of the last half, whose scatter is known by batch means (`BatchMeans`), by Student's
/// distribution; where the two surely differ, the tenth is cut off, and the next is compared (Geweke, "Evaluating the Accuracy of
/// Sampling-Based Approaches", 1992, with one tenth at a time).
///
/// **Assumed:** the last half is as the series is for good. A burst right at the beginning is taken for a part of the warm-up in a ten-thousandth of series.
package struct WarmUp: Sendable, Hashable {
  private static let confidence = 0.9999
  /// Of the series, that is cut off at a time.
  private static let steps = 10

  /// How many values at the beginning differ from those in the end; at most half of all.
  package let length: Int
  /// Whether the last of those that were cut off, in the middle of the series, still lay above the end, so that it may not have been over.
  package let goesOn: Bool
  /// Whether the values that were cut off lay below those in the end, so that the series may still be growing.
  package let rises: Bool

  package init(_ series: [Double]) {
    let half = series.count / 2
    let size = series.count / Self.steps
    let end = Array(series[half...])
    guard size > 0, let batches = BatchMeans(of: end), let scatter = Moments(batches.means), let mean = Moments(end)?.mean,
      scatter.variance > 0
    else {
      (length, goesOn, rises) = (0, false, false)
      return
    }
    let ofOne = scatter.variance * Double(batches.size)
    let error = (ofOne / Double(size) + ofOne / Double(end.count)).squareRoot()
    let most = error * StudentT.beyond((1 - Self.confidence) / 2, Double(scatter.count - 1))
    var (cut, above, below) = (0, false, false)
    while cut + size <= half, let piece = Moments(series[cut..<cut + size])?.mean, abs(piece - mean) > most {
      if piece > mean { above = true } else { below = true }
      cut += size
    }
    length = cut
    rises = below && !above
    goesOn = above && cut + size > half
  }
}
