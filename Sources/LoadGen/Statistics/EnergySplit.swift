/// Where a piece of a series falls most clearly into two distributions: Matteson & James, "A nonparametric approach for multiple change
/// point analysis of multivariate data" (2014), with distances as they are (α = 1).
struct EnergySplit: Sendable, Hashable {
  /// The first index of the second part.
  let index: Int
  /// The energy between x[start..<τ] and x[τ..<κ]: how much further their values lie from those of the other part than from those of their
  /// own, weighed by the sizes n and m of both. It is the greatest for any τ, here `index`, and any κ: what follows may be a third part.
  ///
  ///     2 ÷ (n + m) · [Σ|x − y| − m ÷ (n − 1) · Σ|x − x′| − n ÷ (m − 1) · Σ|y − y′|], the last two over pairs
  let energy: Double

  /// In as many steps as the piece has pairs.
  /// - Returns: `nil` where it has fewer than two values.
  init?(_ piece: ArraySlice<Double>) {
    guard piece.count > 1 else { return nil }
    let values = Array(piece)
    var best: (split: Int, energy: Double)?
    // The sum of the distances among values[split..<end], for each split, and that among values[..<split].
    var after = Array(repeating: 0.0, count: values.count)
    var before = after
    for end in 2...values.count {
      let added = values[end - 1]
      var distances = 0.0
      for split in stride(from: end - 2, through: 0, by: -1) {
        distances += abs(values[split] - added)
        after[split] += distances
      }
      let all = after[0]
      if end < values.count { before[end] = all }
      for split in 1..<end {
        let (n, m) = (Double(split), Double(end - split))
        let between = all - before[split] - after[split]
        let apart = split > 1 ? before[split] * m / (n - 1) : 0
        let beyond = end - split > 1 ? after[split] * n / (m - 1) : 0
        let energy = 2 / (n + m) * (between - apart - beyond)
        if best.map({ energy > $0.energy || energy == $0.energy && split < $0.split }) ?? true { best = (split, energy) }
      }
    }
    guard let best else { return nil }
    index = piece.startIndex + best.split
    energy = best.energy
  }
}
