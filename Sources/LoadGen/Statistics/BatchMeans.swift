/// The means of batches of a series: values that hardly depend on one another any more, for intervals that assume so.
///
/// **Method:** batch means (Law & Kelton, "Simulation Modeling and Analysis", 9.5.3). Batches are doubled in size until neighbours no longer
/// resemble each other: until their correlation, freed of its bias of −1 ÷ m with m batches, is below 1.645 ÷ √m, as it is in 95 % of
/// series without any. The correlation is also the share by which the variance of the overall mean would grow with the next doubling. As
/// m batches cannot show a smaller one, they are doubled once more where enough are left and neighbours did resemble each other.
///
/// **Assumed:** the series goes on as it began (no trend), and forgets within a tenth of its length. Where it is hardly longer than its
/// memory, or bursts are rare, intervals of the batches are too narrow: simulated at 95 %, they held the mean in 94 % of series of 3,000
/// values with a correlation of 0.8 between neighbours, in 92 % of 600, and in 85 % of the 71 % that were told at all of 120.
package struct BatchMeans: Sendable, Hashable {
  /// Fewer batches than this say too little of how they scatter.
  package static let fewest = 10

  /// In the order of the series.
  package let means: [Double]
  /// How many values each batch has: a power of 2. Where they do not come out even, the first values of the series are in none.
  package let size: Int
  /// Of how many independent values the series' mean is as sure: the variance of the values by that of the mean. At most the length of the
  /// series.
  package let effectiveCount: Double

  /// - Parameter fewest: how many batches there must be.
  /// - Returns: `nil` where neighbours still resemble each other when there are but `fewest` batches, where there never were so many, or
  ///   where a value is not finite.
  package init?(of series: [Double], fewest: Int = Self.fewest) {
    guard let all = Moments(series) else { return nil }
    var size = 1
    while true {
      guard series.count / size >= fewest else { return nil }
      if Self.areIndependent(Self.means(series, size)) { break }
      size *= 2
    }
    if size > 1, series.count / (2 * size) >= fewest { size *= 2 }
    let means = Self.means(series, size)
    guard let batches = Moments(means) else { return nil }
    self.means = means
    self.size = size
    let count = Double(series.count)
    let effective = all.variance / batches.variance * Double(means.count)
    effectiveCount = size > 1 && batches.variance > 0 ? min(count, effective) : count
  }

  private static func means(_ series: [Double], _ size: Int) -> [Double] {
    stride(from: series.count % size, to: series.count, by: size).map { start in
      series[start..<start + size].reduce(0, +) / Double(size)
    }
  }

  private static func areIndependent(_ means: [Double]) -> Bool {
    guard let moments = Moments(means), moments.variance > 0 else { return true }
    let count = Double(means.count)
    let products = zip(means, means.dropFirst()).reduce(0) { $0 + ($1.0 - moments.mean) * ($1.1 - moments.mean) }
    return products / (moments.variance * (count - 1)) + 1 / count <= 1.645 / count.squareRoot()
  }
}
