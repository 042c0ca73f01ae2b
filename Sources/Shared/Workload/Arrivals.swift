/// How the arrivals of an open load are spaced.
public enum Arrivals: String, Sendable, CaseIterable {
  /// Equally spaced, 1/rate apart. Where the rate changes, arrival k (from 0) is due when the integral of the rate reaches k.
  case constant
  /// Independent exponential gaps with mean 1/rate.
  case poisson
}

/// The due times of an open load, from index 0 on: a sequence that a seed repeats exactly.
///
/// Each is the instant at which the integral of the rate reaches a number: the index itself, or, for Poisson arrivals, a sum of exponential
/// draws with mean 1. Nothing is thinned out, and no due time is computed from the rounded one before it, so rounding errors do not add up.
public struct ArrivalTimes: Sendable {
  private let arrivals: Arrivals
  private let random: SeededRandom
  /// The rate per second, where it never changes.
  private let perSecond: Double
  private let stages: [RateStages.Stage]
  private var stage = 0
  /// The index of the arrival that `next` returns next.
  public private(set) var index: UInt64 = 0
  private var drawn = 0.0
  private var last: Int64 = 0

  /// At a constant rate, without end.
  public init(_ arrivals: Arrivals, rate: Rate, random: SeededRandom) {
    self.arrivals = arrivals
    self.random = random
    perSecond = rate.perSecond
    stages = []
  }

  /// At a rate that changes, until the end of the last stage.
  public init(_ arrivals: Arrivals, stages: RateStages, random: SeededRandom) {
    self.arrivals = arrivals
    self.random = random
    perSecond = 0
    self.stages = stages.stages
  }

  /// The next due time, in nanoseconds since the load began, never less than the one before. Constant arrivals begin at 0, Poisson arrivals
  /// after their first gap. `nil` once the stages are over, or after 285 years.
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

  /// Skips all that is due at `time` or earlier, as if `next` had been called for each. Constant arrivals are skipped without being
  /// computed, however many they are; Poisson arrivals are drawn one by one.
  /// - Parameters:
  ///   - time: nanoseconds since the load began.
  ///   - end: the index of the first arrival that does not belong to the load any more; it is not skipped.
  ///   - most: how many are drawn at most.
  /// - Returns: how many were drawn; 0 for constant arrivals.
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

  /// The due time of a constant arrival follows from its index alone and never falls, so that a binary search finds the first that is due
  /// later.
  private mutating func passAtOnce(by time: Int64, before end: UInt64) {
    func isDue(_ number: UInt64) -> Bool {
      guard number < end, number < Self.mostNumbers else { return false }
      var copy = self
      return copy.time(of: Double(number)).map { $0 <= time } ?? false
    }
    guard isDue(index) else { return }
    var step: UInt64 = 1
    while isDue(index + step) { step *= 2 }
    // The last one that is due is in [low, high).
    var (low, high) = (index + step / 2, index + step)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if isDue(middle) { low = middle } else { high = middle }
    }
    if let due = self.time(of: Double(low)) { last = max(last, due) }
    index = low + 1
  }

  /// Beyond this, not every whole number is a `Double`.
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
