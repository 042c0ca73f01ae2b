import Shared

/// What a random sample of the orders, polled densely, tells of the durations of all completed orders (docs/measurement.md, "A sample, polled
/// densely").
///
/// A duration is its lower end, as plain polls alone tell it, and a rest. The lower ends are known of all orders, and the rests of the sample,
/// whose mean is close to that of all.
struct SampleTallies: Sendable {
  /// How many orders have completed, and how many of them are of the sample.
  private(set) var completed = 0
  private(set) var sampled = 0
  private(set) var completion = Rests()
  private(set) var processing = Rests()

  /// Of one kind of duration, in nanoseconds.
  struct Rests: Sendable {
    /// The sum of the lower ends of all completed orders.
    fileprivate(set) var plain: Int128 = 0
    /// The sums of the lower and upper ends of the sample's rests.
    fileprivate(set) var lower: Int128 = 0
    fileprivate(set) var upper: Int128 = 0
    /// No rest is longer.
    fileprivate(set) var longest: Int64 = 0

    fileprivate mutating func merge(_ other: Rests) {
      plain += other.plain
      lower += other.lower
      upper += other.upper
      longest = max(longest, other.longest)
    }
  }

  /// The chance that the mean of all lies outside of what the sample says.
  static let risk = 1e-9
  /// ln(2/risk).
  private static let confidence = 21.416_413_017_506_36

  /// An order has completed.
  mutating func completed(_ order: OrderHistory, _ assumptions: Dialect.Assumptions) {
    completed += 1
    completion.add(order.completion)
    processing.add(order.lastProcessing(assumptions))
  }

  /// An order that has completed is of the sample.
  /// - Parameter plain: what plain polls alone showed of it.
  mutating func sampled(_ order: OrderHistory, plain: OrderHistory, _ assumptions: Dialect.Assumptions) {
    sampled += 1
    completion.sampled(order.completion, plain: plain.completion)
    var alone = plain.processing
    let processed = order.lastProcessing(assumptions)
    // Where it was seen to go back, the plain polls alone may have missed that.
    alone.lower = min(alone.lower, processed.lower)
    processing.sampled(processed, plain: alone)
  }

  mutating func merge(_ other: SampleTallies) {
    completed += other.completed
    sampled += other.sampled
    completion.merge(other.completion)
    processing.merge(other.processing)
  }

  /// Between which bounds the mean of all completed orders lies, but for a chance of `risk`; in nanoseconds. `nil` without a sample.
  ///
  /// The mean of n rests that are drawn at random from N, none of which is longer than W, is no further from the mean of all than
  /// W √((1 − (n − 1)/N) ln(2/risk) / 2n) (Serfling, Annals of Statistics 2 (1974), 39–48, on both sides).
  func mean(_ rests: Rests) -> Bounds<Double>? {
    guard sampled > 0, completed >= sampled else { return nil }
    let (count, all) = (Double(sampled), Double(completed))
    let left = 1 - (count - 1) / all
    let error = Double(rests.longest) * (left * Self.confidence / (2 * count)).squareRoot()
    let plain = Double(rests.plain) / all
    return Bounds(
      lower: plain + max(0, Double(rests.lower) / count - error),
      upper: plain + min(Double(rests.longest), Double(rests.upper) / count + error))
  }
}

extension SampleTallies.Rests {
  fileprivate mutating func add(_ duration: Bounds<Int64>) {
    plain += Int128(duration.lower)
    if let upper = duration.upper { longest = max(longest, upper - duration.lower) }
  }

  fileprivate mutating func sampled(_ duration: Bounds<Int64>, plain alone: Bounds<Int64>) {
    guard let upper = duration.upper else { return }
    plain += Int128(alone.lower) - Int128(duration.lower)
    lower += Int128(duration.lower - alone.lower)
    self.upper += Int128(upper - alone.lower)
    longest = max(longest, upper - alone.lower)
  }
}
