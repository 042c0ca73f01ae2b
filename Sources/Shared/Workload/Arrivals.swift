/// How the arrivals of an open load are spaced around their rate.
public enum Arrivals: String, Sendable, CaseIterable {
  /// Equal gaps of 1/rate: each is due when as many are expected as there were before it.
  case constant
  /// Independent exponential gaps with mean 1/rate.
  case poisson
}

/// The due times of an open load, from index 0 on: a seeded, replayable sequence.
///
/// Each is the instant at which the integral of the rate reaches a number: the index itself, or, for Poisson arrivals, a sum of
/// exponential draws with mean 1. Nothing is thinned out, and no due time is made from the rounded one before it, so that nothing adds up.
public struct ArrivalTimes: Sendable {
  private let arrivals: Arrivals
  private let random: SeededRandom
  /// The rate, where it never changes.
  private let perSecond: Double
  private let stages: [RateStages.Stage]
  private var stage = 0
  /// The number of the next one.
  public private(set) var index: UInt64 = 0
  private var drawn = 0.0
  private var last: Int64 = 0

  /// At one rate, without end.
  public init(_ arrivals: Arrivals, rate: Rate, random: SeededRandom) {
    self.arrivals = arrivals
    self.random = random
    perSecond = rate.perSecond
    stages = []
  }

  /// At a rate that changes, until the stages end.
  public init(_ arrivals: Arrivals, stages: RateStages, random: SeededRandom) {
    self.arrivals = arrivals
    self.random = random
    perSecond = 0
    self.stages = stages.stages
  }

  /// The next due time, in nanoseconds since the load began, never earlier than the last one. Constant arrivals begin at 0, Poisson
  /// arrivals after their first gap. `nil` once the stages are over, or after 292 years.
  public mutating func next() -> Int64? {
    let expected: Double
    switch arrivals {
    case .constant:
      expected = Double(index)
    case .poisson:
      drawn -= ExactMath.ln(random.uniform(.arrivalGap, index))
      expected = drawn
    }
    index += 1
    guard let due = time(of: expected) else { return nil }
    last = max(last, due)
    return last
  }

  /// Passes over all that is due by `time`, as if it had been asked for one by one. Constant arrivals are not even looked at, however many
  /// they are; of others each is drawn.
  /// - Parameters:
  ///   - time: nanoseconds since the load began.
  ///   - end: the number of the first that does not belong to the load any more.
  ///   - most: how many are drawn at most.
  /// - Returns: how many were drawn.
  public mutating func pass(by time: Int64, before end: UInt64, most: Int) -> Int {
    switch arrivals {
    case .constant:
      passAtOnce(by: time, before: end)
      return 0
    case .poisson:
      var passed = 0
      while passed < most, index < end {
        let here = (stage, index, drawn, last)
        guard let due = next(), due <= time else {
          (stage, index, drawn, last) = here
          break
        }
        passed += 1
      }
      return passed
    }
  }

  /// When a constant arrival is due follows from its number alone, and never falls: so the first that is due later is looked for by halves.
  private mutating func passAtOnce(by time: Int64, before end: UInt64) {
    func isDue(_ number: UInt64) -> Bool {
      guard number < end, number < Self.mostNumbers else { return false }
      var copy = self
      return copy.time(of: Double(number)).map { $0 <= time } ?? false
    }
    guard isDue(index) else { return }
    var step: UInt64 = 1
    while isDue(index + step) { step *= 2 }
    // The last of those that are due lies in [low, high).
    var (low, high) = (index + step / 2, index + step)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if isDue(middle) { low = middle } else { high = middle }
    }
    if let due = self.time(of: Double(low)) { last = max(last, due) }
    index = low + 1
  }

  /// Numbers beyond are no whole numbers in a double any more.
  private static let mostNumbers: UInt64 = 1 << 53

  private mutating func time(of expected: Double) -> Int64? {
    guard !stages.isEmpty else {
      let due = (expected * 1e9 / perSecond).rounded()
      return due < 9e18 ? Int64(due) : nil
    }
    while stage < stages.count, stages[stage].after.distance(to: expected) >= 0 { stage += 1 }
    return stage < stages.count ? stages[stage].time(of: expected) : nil
  }
}
