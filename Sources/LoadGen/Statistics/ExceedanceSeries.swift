/// How many values of a series lie beyond a limit, stretch by stretch: what a value is worth where those that follow each other fare alike.
///
/// **Method:** the number beyond the limit, less what its share of all values lets expect of a stretch, is a series of mean 0 whose sum has
/// some variance (batch means, `BatchMeans`). By how much that is more than the variance of independent values with the same share, by so much
/// is each value worth less.
package struct ExceedanceSeries: Sendable, Hashable {
  /// With fewer batches nothing is said.
  package static let fewestBatches = 20

  private let counts: [Double]
  private let beyond: [Double]

  /// - Parameters:
  ///   - counts: how many values each stretch has, in the order of time; stretches are equally long.
  ///   - beyond: how many of them lie beyond the limit.
  package init(counts: [Int], beyond: [Int]) {
    precondition(counts.count == beyond.count)
    self.counts = counts.map(Double.init)
    self.beyond = beyond.map(Double.init)
  }

  private var count: Double { counts.reduce(0, +) }

  /// The share of the values that lie beyond the limit; 0 where there are none.
  package var share: Double { count > 0 ? beyond.reduce(0, +) / count : 0 }

  /// The number beyond the limit in each stretch less what is to be expected, in batches that do not resemble their neighbours.
  private var batches: BatchMeans? {
    let share = share
    return BatchMeans(of: zip(counts, beyond).map { $1 - share * $0 }, fewest: Self.fewestBatches)
  }

  /// How many values there are to one batch of stretches that does not resemble its neighbours: what a value is worth at least, however many
  /// come together in a burst, as long as no burst is longer than a batch.
  /// - Returns: `nil` where there are too few batches.
  package var perBatch: Double? { batches.map { max(1, count / Double($0.means.count)) } }

  /// How many values of the series are worth one independent value: at least 1.
  /// - Returns: `nil` where there are fewer than `fewestBatches` stretches, or batches of them, that do not resemble their neighbours; or
  ///   where no value, or every one, lies beyond the limit.
  package var dependence: Double? {
    let share = share
    guard share > 0, share < 1, let batches, let moments = Moments(batches.means) else { return nil }
    let size = Double(batches.size)
    // The variance of the sum over all batches, by that of as many independent values.
    let covered = count * size * Double(moments.count) / Double(counts.count)
    let found = moments.variance * size * size * Double(moments.count) / (covered * share * (1 - share))
    return found.isFinite ? max(1, found) : nil
  }
}
