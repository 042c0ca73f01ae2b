import Shared

/// The bounds between which the mean duration of the completed orders must lie at one scrape.
///
/// The rules are in `docs/measurement.md`, "Averages". Some orders have surely completed and others may have: the greatest possible mean
/// includes those that raise it, the least possible mean those that lower it.
struct MeanBounds {
  /// Orders that had completed before the run: how many, and the bounds of their mean, in nanoseconds.
  var before: (count: Int, mean: ClosedRange<Double>)
  /// Orders that had surely completed, and the sums of their lower and upper ends, in nanoseconds.
  var sure: (count: Int, lower: Int128, upper: Int128)
  /// The lower and upper ends of the orders that may have completed.
  var maybeLower: Spread
  var maybeUpper: Spread
  /// Orders that were never seen to end: each may have completed after any time up to `longest`, in nanoseconds.
  var open: (count: Int, longest: Int64)
  /// Orders of which nothing is known, sent by others or before the run: each may have completed after any time. `nil`: any number of them.
  var unknown: Int?
  /// How many of the orders that may have completed actually did, if the same snapshot says so.
  var taken: Int?

  /// In nanoseconds; an upper end of `nil` is infinite.
  /// - Returns: `nil` if nothing can be said: any number of unknown orders may have completed, or possibly no order at all has.
  var bounds: Bounds<Double>? {
    guard let unknown else { return nil }
    let taken = possibleTaken
    let known = before.count + sure.count
    guard known + (taken ?? 0) > 0 else { return nil }

    var least = Mean(count: known, sum: Double(before.count) * before.mean.lowerBound + Double(sure.lower))
    least.takeIn(rising: [(0, open.count + unknown)] + maybeLower.rising, exactly: taken)
    let lower = least.value ?? 0

    guard unknown == 0 || taken == 0 else { return Bounds(lower: lower, upper: nil) }
    var greatest = Mean(count: known, sum: Double(before.count) * before.mean.upperBound + Double(sure.upper))
    let longest = (Double(open.longest), open.count)
    greatest.takeIn(falling: ([longest] + maybeUpper.fallingMeans).sorted { $0.0 > $1.0 }, exactly: taken)
    return Bounds(lower: lower, upper: greatest.value)
  }

  /// A number that is impossible is a contradiction in the counts; the mean must not depend on it.
  private var possibleTaken: Int? {
    guard let unknown, let taken, 0...maybeUpper.count + open.count + unknown ~= taken else { return nil }
    return taken
  }

  /// The bounds of the sum of the durations, where it is known how many there are; in nanoseconds.
  var sums: Bounds<Double>? {
    guard let taken = possibleTaken else { return nil }
    let count = Double(before.count + sure.count + taken)
    if count == 0 { return Bounds(lower: 0, upper: 0) }
    guard let bounds else { return nil }
    return Bounds(lower: bounds.lower * count, upper: bounds.upper.map { $0 * count })
  }

  /// A mean to which further values can be added.
  private struct Mean {
    var count: Int
    var sum: Double

    var value: Double? { count == 0 ? nil : sum / Double(count) }

    mutating func takeIn(falling groups: [(value: Double, count: Int)], exactly taken: Int?) {
      takeIn(groups, exactly: taken) { candidate, mean in candidate > mean }
    }

    mutating func takeIn(rising groups: [(value: Double, count: Int)], exactly taken: Int?) {
      takeIn(groups, exactly: taken) { candidate, mean in candidate < mean }
    }

    private mutating func takeIn(
      _ groups: [(value: Double, count: Int)], exactly taken: Int?, while helps: (Double, Double) -> Bool
    ) {
      var left = taken ?? .max
      for group in groups where group.count > 0 {
        if taken == nil, let value, !helps(group.value, value) { return }
        let number = min(left, group.count)
        guard number > 0 else { return }
        count += number
        sum += group.value * Double(number)
        left -= number
      }
    }
  }
}

extension Spread {
  /// Each bucket with the greatest duration that it may hold, the longest first: no mean of a part of a bucket exceeds it.
  fileprivate var fallingMeans: [(value: Double, count: Int)] {
    falling.map { (Double($0.bucket.highest), $0.count) }
  }

  /// Each bucket with the least duration that it may hold, the shortest first.
  fileprivate var rising: [(value: Double, count: Int)] {
    falling.reversed().map { (Double($0.bucket.lowest), $0.count) }
  }
}
