import Shared

/// Successive draws from one stream of the run's randomness.
struct Draws: Sendable {
  private let random: SeededRandom
  private let stream: SeededRandom.Stream
  private var count: UInt64 = 0

  init(_ random: SeededRandom, _ stream: SeededRandom.Stream) {
    self.random = random
    self.stream = stream
  }

  /// Uniform in (0, 1).
  mutating func uniform() -> Double {
    count += 1
    return random.uniform(stream, count)
  }

  /// Whether something happens that has this chance. Nothing is drawn where it never happens.
  mutating func chance(_ share: Double) -> Bool { share > 0 && uniform() < share }

  /// One of several, all equally likely; there must be at least one.
  mutating func pick<Choice>(_ choices: [Choice]) -> Choice { choices[int(0...choices.count - 1)] }

  mutating func int(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + min(Int(uniform() * Double(range.count)), range.count - 1)
  }

  /// A time from 0 to the longest, in nanoseconds, more likely near 0.
  mutating func time(upTo longest: Int64) -> Int64 {
    guard longest > 0 else { return 0 }
    let fraction = uniform()
    return Int64(Double(longest) * fraction * fraction)
  }

  /// A draw from a distribution, in nanoseconds.
  mutating func time(_ time: ServiceTime.Sampler) -> Int64 {
    count += 1
    return time.nanoseconds(random, index: count, of: stream)
  }
}
