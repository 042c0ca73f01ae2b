/// How the arrivals of an open load are spaced around their rate.
public enum Arrivals: String, Sendable, CaseIterable {
  /// Equal gaps of 1/rate.
  case constant
  /// Independent exponential gaps with mean 1/rate.
  case poisson
}

/// The due times of an open load at one rate, from index 0 on: an endless, seeded, replayable sequence.
public struct ArrivalTimes: Sendable {
  private let arrivals: Arrivals
  private let random: SeededRandom
  private let gap: Double
  private var index: UInt64 = 0
  private var clock = 0.0

  public init(_ arrivals: Arrivals, rate: Rate, random: SeededRandom) {
    self.arrivals = arrivals
    self.random = random
    gap = 1e9 / rate.perSecond
  }

  /// The next due time, in nanoseconds since the load began. Constant arrivals begin at 0; Poisson arrivals after their first gap.
  public mutating func next() -> Int64 {
    defer { index += 1 }
    switch arrivals {
    case .constant:
      // From the index, not from the last one: rounding does not add up over a long run.
      return Int64((Double(index) * gap).rounded())
    case .poisson:
      clock -= gap * ExactMath.ln(random.uniform(.arrivalGap, index))
      return Int64(clock.rounded())
    }
  }
}
