import Shared

/// Between which ends the mean duration of the completed orders must lie, at one scrape.
///
/// The rules are those of `docs/measurement.md`, "Averages": some orders have surely completed, others may have; the greatest possible mean
/// takes in those that raise it, the least those that lower it.
struct MeanBounds {
  /// Orders that had completed before the run: how many, and between which ends their mean lay, in nanoseconds.
  var before: (count: Int, mean: ClosedRange<Double>)
  /// Orders that had surely completed, and the sums of their lower and upper ends.
  var sure: (count: Int, lower: Int128, upper: Int128)
  /// The ends of the orders that may have completed.
  var maybeLower: Spread
  var maybeUpper: Spread
  /// Orders that may have completed after any time up to this one.
  var open: (count: Int, longest: Int64)
  /// Orders of which nothing is known, others' or from before: they may have completed after any time whatever. `nil`: without number.
  var unknown: Int?
  /// How many of those that may have completed did, where the same snapshot says so.
  var taken: Int?

  /// - Returns: `nil` where there may be no completed order at all; an upper end of `nil` is infinite. In nanoseconds.
  var bounds: Bounds<Double>? {
    guard let unknown else { return nil }
    let candidates = maybeUpper.count + open.count + unknown
    // A number that cannot be is the counts' own contradiction, and says nothing here.
    let taken = self.taken.flatMap { (0...candidates).contains($0) ? $0 : nil }
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

  /// A mean that takes in more values.
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
  /// Each bucket with its greatest possible duration: no mean of any part of it is greater.
  fileprivate var fallingMeans: [(value: Double, count: Int)] {
    falling.map { (Double($0.bucket.highest), $0.count) }
  }

  /// Each bucket with its least possible duration.
  fileprivate var rising: [(value: Double, count: Int)] {
    falling.reversed().map { (Double($0.bucket.lowest), $0.count) }
  }
}
