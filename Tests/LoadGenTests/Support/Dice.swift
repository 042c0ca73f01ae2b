import Shared

/// Draws in a row from one seed: whoever draws in the same order gets the same.
struct Dice {
  private let random: SeededRandom
  private var drawn: UInt64 = 0

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  mutating func bits() -> UInt64 {
    drawn += 1
    return random.bits(.orderContent, drawn)
  }

  /// In (0, 1).
  mutating func uniform() -> Double { (Double(bits() >> 11) + 0.5) * 0x1p-53 }

  mutating func chance(_ probability: Double) -> Bool { uniform() < probability }

  mutating func int(_ range: ClosedRange<Int>) -> Int { range.lowerBound + Int(bits() % UInt64(range.count)) }

  mutating func pick<T>(_ choices: [T]) -> T { choices[int(0...choices.count - 1)] }

  /// A duration in nanoseconds, mostly near the lower end.
  mutating func span(_ range: ClosedRange<Int64>) -> Int64 {
    let fraction = uniform()
    return range.lowerBound + Int64(Double(range.upperBound - range.lowerBound) * fraction * fraction)
  }
}

extension Int64 {
  static let millisecond: Int64 = 1_000_000
  static let second: Int64 = 1_000_000_000
}
