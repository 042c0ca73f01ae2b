/// Mean and variance of a sample.
package struct Moments: Sendable, Hashable {
  package let count: Int
  package let mean: Double
  /// The sum of squared distances from the mean, by n − 1; 0 for a single value.
  package let variance: Double

  /// In two passes, so that a large mean does not swallow a small variance.
  /// - Returns: `nil` where there is no value, or one is not finite, or they are too large to be added.
  package init?(_ values: some Collection<Double>) {
    guard !values.isEmpty else { return nil }
    let total = Double(values.count)
    let first = values.reduce(0, +) / total
    let shift = values.reduce(0) { $0 + ($1 - first) }
    let squares = values.reduce(0) { $0 + ($1 - first) * ($1 - first) }
    guard first.isFinite, squares.isFinite else { return nil }
    count = values.count
    mean = first + shift / total
    variance = values.count > 1 ? max(0, (squares - shift * shift / total) / (total - 1)) : 0
  }

  /// The square root of the variance.
  package var deviation: Double { variance.squareRoot() }
}
