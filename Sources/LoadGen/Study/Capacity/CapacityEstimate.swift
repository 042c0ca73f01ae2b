import Foundation
import LoadStatistics

/// The rate at which a goal on a percentile is likely to break first: a best estimate, without a bound.
///
/// **Method:** of all trials at a rate, the share of durations beyond the goal's limit, in the middle of what it is at least and at most. The
/// shares are made to rise with the rate (pooling adjacent violators, weighted by the orders of each rate), and the rate at which the share is
/// the one that the percentile leaves is interpolated between its neighbours, in logarithms of the rate and of the share's odds. Where three
/// rates or more were tried, a parabola is then fitted to those around that rate (local regression; each rate counts by how sure its share is,
/// and by how near it is), and its crossing taken, three times over.
///
/// **Assumed:** more load never makes fewer orders late, and the more load, the faster their odds rise, in logarithms: as a queue's do.
struct CapacityEstimate: Sendable {
  /// Orders per second; `nil` where the goal does not break between two rates that were tried.
  let rate: Double?

  /// What all trials at a rate say.
  struct Point: Sendable {
    let rate: Double
    /// How many durations there are.
    let count: Double
    /// Which share of them lies beyond the limit.
    let share: Double
  }

  /// Of a rate, in logarithms, that counts 0.6 times as much as the one in the middle.
  private static let reach = 0.15
  /// The furthest that a parabola is followed, in logarithms.
  private static let furthest = 0.2

  /// - Parameters:
  ///   - points: by rising rate.
  ///   - left: the share that may lie beyond the limit.
  init(_ points: [Point], left: Double) {
    let points = points.filter { $0.count > 0 }
    guard var found = Self.interpolated(points, left) else {
      rate = nil
      return
    }
    for _ in 1...3 {
      guard let moved = Self.crossing(points, left, around: found) else { break }
      found = moved
    }
    rate = found
  }

  /// The logarithm of a share's odds. Of none of so many it is only known that they are less than one; half of one keeps the logarithm.
  private static func odds(_ share: Double, of count: Double = .infinity) -> Double {
    let least = 0.5 / max(1, count)
    let share = min(max(share, least), 1 - least)
    return log(share / (1 - share))
  }

  // MARK: Between neighbours

  /// Neighbours that have the same share, from the first to the last rate.
  private struct Pool {
    var first: Double
    var last: Double
    var count: Double
    var share: Double
  }

  private static func interpolated(_ points: [Point], _ left: Double) -> Double? {
    let pools = rising(points)
    guard let above = pools.firstIndex(where: { $0.share > left }), above > 0 else { return nil }
    let (one, other) = (pools[above - 1], pools[above])
    let (low, high) = (odds(one.share, of: one.count), odds(other.share, of: other.count))
    let part = (odds(left) - low) / (high - low)
    return exp(log(one.last) + min(1, max(0, part)) * (log(other.first) - log(one.last)))
  }

  private static func rising(_ points: [Point]) -> [Pool] {
    var pools: [Pool] = []
    for point in points {
      var pool = Pool(first: point.rate, last: point.rate, count: point.count, share: point.share)
      while let before = pools.last, before.share >= pool.share {
        pools.removeLast()
        let count = before.count + pool.count
        pool = Pool(
          first: before.first, last: pool.last, count: count, share: (before.share * before.count + pool.share * pool.count) / count)
      }
      pools.append(pool)
    }
    return pools
  }

  // MARK: By all that are near

  /// Where the parabola around a rate has the share that may be; `nil` where it does not rise there, or too few rates are near.
  private static func crossing(_ points: [Point], _ left: Double, around rate: Double) -> Double? {
    let told = points.filter { $0.share > 0 && $0.share < 1 }
    let fit = told.map { point in
      let place = log(point.rate / rate) / reach
      // By the variance of the logarithm of a binomial share's odds: where nearly all are late, no more can be.
      let weight = point.count * point.share * (1 - point.share) * exp(-place * place / 2)
      return (place, odds(point.share) - odds(left), weight)
    }
    guard let parabola = Parabola(fit) else { return nil }
    return parabola.rootWhereItRises.map { rate * exp(min(furthest, max(-furthest, $0 * reach))) }
  }
}
