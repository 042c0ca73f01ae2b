/// Where a series of figures, one of each run in the order of the runs, changed its level.
///
/// **Method:** that of Fleming et al., "Hunter: using change point detection to hunt for performance regressions" (2023), of which Apache
/// Otava is the implementation. A window is moved over the series by half its length. In each window the split with the greatest energy
/// (`EnergySplit`) is tried by Student's test, less strictly, and kept, and so on in the parts, until none is significant. From all
/// that were kept, the least significant is removed and its neighbours are judged anew by the longer parts they then have, until all that
/// are left are significant. Two things are stricter than in Otava: the test's variances are by n − 1, and no change may rest on a single
/// value, so that one spike, even as the last value, is none.
///
/// **Assumed:** values that do not depend on one another and scatter about levels. The p-values take each place for given although it was
/// searched for: at a significance of 0.001, a change was seen in 0.3 % of simulated series of 20 normal values without any, in 0.8 % of those
/// of 100, and in 2 % of those of 300.
package enum ChangePoints {
  /// - Parameters:
  ///   - series: Finite values. The time taken grows with its length times that of the window.
  ///   - window: How many values are looked at together, at least 2.
  ///   - significance: The p-value below which a change is one, above 0 and below 1.
  ///   - confidence: That of the intervals of their sizes, above 0 and below 1.
  /// - Returns: In order; empty where a value is not finite.
  package static func find(
    in series: [Double], window: Int = 50, significance: Double = 0.001, confidence: Double = 0.95
  ) -> [ChangePoint] {
    precondition(window > 1 && significance > 0 && significance < 1 && confidence > 0 && confidence < 1)
    guard series.allSatisfy(\.isFinite) else { return [] }
    // Ten times, as in the paper, but where that would let nearly everything in.
    let first = significance < 0.05 ? 10 * significance : min(2 * significance, max(0.5, significance))
    return settled(candidates(series, window, first), series, significance, confidence)
  }

  private static func candidates(_ series: [Double], _ window: Int, _ significance: Double) -> [Int] {
    var found: Set<Int> = []
    var start = 0
    while start < series.count {
      let new = splits(series, start..<min(start + window, series.count), significance)
      found.formUnion(new)
      start = max(start + window / 2, new.max() ?? 0)
    }
    return found.sorted()
  }

  /// Within one window, dividing whichever part shows the greatest energy.
  private static func splits(_ series: [Double], _ window: Range<Int>, _ significance: Double) -> [Int] {
    var parts = [window].compactMap { range in EnergySplit(series[range]).map { (range, $0) } }
    var found: [Int] = []
    while let next = parts.indices.max(by: { parts[$0].1.energy < parts[$1].1.energy }) {
      let (range, split) = parts.remove(at: next)
      let (left, right) = (range.lowerBound..<split.index, split.index..<range.upperBound)
      guard StudentT.pValue(series[left], series[right]) <= significance else { break }
      found.append(split.index)
      parts += [left, right].compactMap { range in EnergySplit(series[range]).map { (range, $0) } }
    }
    return found
  }

  private static func settled(
    _ candidates: [Int], _ series: [Double], _ significance: Double, _ confidence: Double
  ) -> [ChangePoint] {
    var places = candidates
    func judged(_ place: Int) -> ChangePoint {
      let range = (place > 0 ? places[place - 1] : 0)..<(place + 1 < places.count ? places[place + 1] : series.count)
      return ChangePoint(places[place], in: range, of: series, confidence: confidence)
    }
    var points = places.indices.map(judged)
    while let weakest = points.indices.max(by: { points[$0].pValue < points[$1].pValue }), points[weakest].pValue >= significance {
      places.remove(at: weakest)
      points.remove(at: weakest)
      for neighbour in [weakest - 1, weakest] where points.indices.contains(neighbour) { points[neighbour] = judged(neighbour) }
    }
    return points
  }
}
