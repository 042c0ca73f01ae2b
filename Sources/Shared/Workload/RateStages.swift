/// A rate that changes with time: one stage after the other, each a step to one rate or a ramp from one rate to another.
///
/// Computed from + − × ÷, the square root and fused multiply-add alone, which IEEE 754 rounds identically everywhere: the same stages give
/// the same due times on every machine.
public struct RateStages: Sendable, Hashable {
  /// One stage: its rate goes from `from` to `to` in a straight line.
  public struct Stage: Sendable, Hashable {
    /// Per second; 0 at both ends is a pause.
    public let from: Double
    public let to: Double
    /// Greater than zero.
    public let length: Duration
    /// Nanoseconds since the load began.
    let begins: Int64
    let ends: Int64
    /// How many arrivals are expected from the load's begin until this stage begins, and until it ends.
    let before: ExpectedCount
    let after: ExpectedCount
  }

  /// The highest rate that is accepted, per second: one arrival per nanosecond.
  public static let highestRate = 1e9

  /// Never empty; at least one has a rate above zero.
  public let stages: [Stage]

  /// How long all of them last.
  public var length: Duration { .nanoseconds(stages.last?.ends ?? 0) }

  /// How many arrivals are expected in all stages: the integral of the rate.
  public var expected: Double { stages.last?.after.sum ?? 0 }

  /// The lowest and the highest rate, per second.
  public var range: ClosedRange<Double> {
    let ends = stages.flatMap { [$0.from, $0.to] }
    return (ends.min() ?? 0)...(ends.max() ?? 0)
  }

  /// - Parameter parts: rates from 0 to `highestRate` per second, and lengths above zero whose sum is less than 292 years. Not checked.
  /// - Returns: `nil` where nothing ever arrives.
  public init?(_ parts: [(from: Double, to: Double, length: Duration)]) {
    var stages: [Stage] = []
    for part in parts {
      let begins = stages.last?.ends ?? 0
      let before = stages.last?.after ?? ExpectedCount()
      var after = before
      after.add(from: part.from, to: part.to, nanoseconds: part.length.nanoseconds)
      stages.append(
        Stage(
          from: part.from, to: part.to, length: part.length, begins: begins, ends: begins + part.length.nanoseconds, before: before,
          after: after))
    }
    guard let last = stages.last, last.after.sum > 0 else { return nil }
    self.stages = stages
  }

  /// How many arrivals are expected from the load's begin until `time`.
  public func expected(by time: Duration) -> Double {
    let nanoseconds = time.nanoseconds
    guard let stage = stages.first(where: { nanoseconds < $0.ends }) else { return expected }
    let passed = Double(max(0, nanoseconds - stage.begins))
    let rise = (stage.to - stage.from) / Double(stage.length.nanoseconds)
    return stage.before.sum + (stage.from + rise * passed / 2) * passed / 1e9
  }

  /// When this many arrivals are expected to have happened; where a pause begins at that moment, the end of the pause. `nil` where there
  /// will never be more than that many.
  public func time(of expected: Double) -> Duration? {
    stages.first { $0.after.distance(to: expected) < 0 }.map { .nanoseconds($0.time(of: expected)) }
  }
}

extension RateStages.Stage {
  /// The instant at which this many arrivals are expected, from `before` up to `after`, in nanoseconds since the load began.
  ///
  /// With u arrivals since the stage began, and the rate r + a·t: t = 2u / (r + √(r² + 2au)). While the rate rises, no nearly equal numbers
  /// are subtracted in this, so no digits are lost. While it falls, the same is computed backwards from the stage's end.
  func time(of expected: Double) -> Int64 {
    let nanoseconds = Double(length.nanoseconds)
    let isFalling = to < from
    let slowest = isFalling ? to : from
    let arrivals = max(0, isFalling ? -after.distance(to: expected) : before.distance(to: expected))
    let steepness = abs(to - from) / nanoseconds
    let speed = slowest + (slowest * slowest + 2e9 * steepness * arrivals).squareRoot()
    // At speed 0 there are no arrivals left: this is the very end of a rate that falls to zero, or the very beginning of one that rises
    // from it.
    let distance = speed > 0 ? Int64(min(nanoseconds, 2e9 * arrivals / speed).rounded()) : 0
    return isFalling ? ends - distance : begins + distance
  }
}
