extension StudentT {
  /// Student's interval for the mean of independent values of one normal distribution; for others it holds the better the more there are.
  /// - Parameter confidence: Above 0 and below 1.
  /// - Returns: `nil` for fewer than two values; the whole line where one is infinite.
  package static func interval(of values: [Double], confidence: Double) -> ClosedRange<Double>? {
    guard values.count > 1 else { return nil }
    guard let moments = Moments(values) else { return -.infinity ... .infinity }
    let error = (moments.variance / Double(moments.count)).squareRoot()
    return around(moments.mean, error, degrees: Double(moments.count - 1), confidence)
  }

  /// Welch's interval for the mean of the second sample less that of the first: each of independent values of a normal distribution, with
  /// variances that may differ. The degrees of freedom are those of Welch (1947) and Satterthwaite (1946).
  /// - Parameter confidence: Above 0 and below 1.
  /// - Returns: `nil` where a sample has fewer than two values; the whole line where a value is infinite.
  package static func welch(_ first: [Double], _ second: [Double], confidence: Double) -> ClosedRange<Double>? {
    guard first.count > 1, second.count > 1 else { return nil }
    guard let one = Moments(first), let two = Moments(second) else { return -.infinity ... .infinity }
    let parts = (one.variance / Double(one.count), two.variance / Double(two.count))
    let sum = parts.0 + parts.1
    // As shares of their sum, whose squares neither overflow nor vanish.
    let shares = (parts.0 / sum, parts.1 / sum)
    let degrees = 1 / (shares.0 * shares.0 / Double(one.count - 1) + shares.1 * shares.1 / Double(two.count - 1))
    return around(two.mean - one.mean, sum.squareRoot(), degrees: degrees, confidence)
  }

  private static func around(_ centre: Double, _ error: Double, degrees: Double, _ confidence: Double) -> ClosedRange<Double> {
    precondition(confidence > 0 && confidence < 1)
    // Values that are all equal say nothing about how they scatter, but the interval of the formula is theirs alone.
    guard error > 0 else { return centre...centre }
    let half = error * beyond((1 - confidence) / 2, degrees)
    return centre - half...centre + half
  }
}
