extension StudentT {
  /// The two-sided p-value of Student's test that two samples have the same mean, with one variance for both.
  /// - Returns: 1 where one is empty or there are fewer than three values; 0 where each has but one value and the two differ.
  static func pValue(_ first: some Collection<Double>, _ second: some Collection<Double>) -> Double {
    guard let one = Moments(first), let two = Moments(second), one.count + two.count > 2 else { return 1 }
    let degrees = Double(one.count + two.count - 2)
    let pooled = (one.variance * Double(one.count - 1) + two.variance * Double(two.count - 1)) / degrees
    let error = (pooled * (1 / Double(one.count) + 1 / Double(two.count))).squareRoot()
    let distance = abs(two.mean - one.mean)
    guard error > 0 else { return distance > 0 ? 0 : 1 }
    return 2 * tail(distance / error, degrees)
  }
}
