/// A rate that changes with time: stages one after the other, each a step to one rate or a ramp from one rate to another.
///
/// Computed from + − × ÷, the square root and the fused × + alone, which IEEE 754 rounds alike everywhere: the same stages give the same
/// due times on every machine.
public struct RateStages: Sendable, Hashable {
  /// One stage: its rate goes from the first to the second in a straight line.
  public struct Stage: Sendable, Hashable {
    /// Per second; 0 is a pause.
    public let from: Double
    public let to: Double
    /// Greater than zero.
    public let length: Duration
    /// Nanoseconds since the load began.
    let begins: Int64
    let ends: Int64
    /// How many arrivals are expected before it, and with it.
    let before: ExpectedCount
    let after: ExpectedCount
  }

  /// The highest rate that is understood: one a nanosecond.
  public static let highestRate = 1e9

  /// At least one, of which at least one has a rate above zero.
  public let stages: [Stage]

  /// How long all of them last.
  public var length: Duration { .nanoseconds(stages.last?.ends ?? 0) }

  /// How many arrivals are expected in all: the integral of the rate.
  public var expected: Double { stages.last?.after.sum ?? 0 }

  /// The lowest and the highest rate, per second.
  public var range: ClosedRange<Double> {
    let ends = stages.flatMap { [$0.from, $0.to] }
    return (ends.min() ?? 0)...(ends.max() ?? 0)
  }

  /// - Parameter parts: rates from 0 to `highestRate` per second, and lengths above zero that end before 292 years are over.
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

  /// How many arrivals are expected until `time`.
  public func expected(by time: Duration) -> Double {
    let nanoseconds = time.nanoseconds
    guard let stage = stages.first(where: { nanoseconds < $0.ends }) else { return expected }
    let passed = Double(max(0, nanoseconds - stage.begins))
    let rise = (stage.to - stage.from) / Double(stage.length.nanoseconds)
    return stage.before.sum + (stage.from + rise * passed / 2) * passed / 1e9
  }

  /// When so many arrivals are expected to have been; where no more are expected for a while, the end of that time. `nil`: not any more.
  public func time(of expected: Double) -> Duration? {
    stages.first { $0.after.distance(to: expected) < 0 }.map { .nanoseconds($0.time(of: expected)) }
  }
}

extension RateStages.Stage {
  /// The instant at which so many arrivals are expected, from `before` up to `after`, in nanoseconds since the load began.
  ///
  /// With u arrivals into the stage, and the rate r + a·t: t = 2u / (r + √(r² + 2au)), which has no difference of like numbers in it
  /// while the rate rises. While it falls, the same is done from the stage's end backwards.
  func time(of expected: Double) -> Int64 {
    let nanoseconds = Double(length.nanoseconds)
    let isFalling = to < from
    let slowest = isFalling ? to : from
    let arrivals = max(0, isFalling ? -after.distance(to: expected) : before.distance(to: expected))
    let steepness = abs(to - from) / nanoseconds
    let speed = slowest + (slowest * slowest + 2e9 * steepness * arrivals).squareRoot()
    // No arrival at no speed: the very end of a rate that falls to nothing, or the very beginning of one that rises from it.
    let distance = speed > 0 ? Int64(min(nanoseconds, 2e9 * arrivals / speed).rounded()) : 0
    return isFalling ? ends - distance : begins + distance
  }
}
