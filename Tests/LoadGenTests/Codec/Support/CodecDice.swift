import Foundation
import Shared

/// Draws that are made anew from a seed and a round: a failing round is run again by its number.
struct CodecDice: RandomNumberGenerator {
  private let random: SeededRandom
  private let round: UInt64
  private var part: UInt64 = 0

  init(seed: UInt64, round: Int) {
    random = SeededRandom(seed: seed)
    self.round = UInt64(round)
  }

  mutating func next() -> UInt64 {
    part += 1
    return random.bits(.orderContent, round, part: part)
  }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<max(bound, 1), using: &self) }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

  /// How many rounds a property is tried: `LOADGEN_TEST_ROUNDS`, or what a debug run does in about a second.
  static func rounds(_ fallback: Int) -> Int {
    ProcessInfo.processInfo.environment["LOADGEN_TEST_ROUNDS"].flatMap { Int($0) } ?? fallback
  }
}
