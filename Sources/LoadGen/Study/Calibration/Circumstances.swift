import Foundation
package import LoadRun
package import Shared

/// What goes on around the runs of a simulated comparison whose truth is known (docs/comparing.md, "How often it is wrong").
package enum Circumstances: String, CaseIterable, Sendable {
  /// Nothing but the orders' own chance: workers that are busy half of the time.
  case stationary
  /// Workers that are busy nine tenths of the time: a queue that was long stays long, so that orders that follow each other fare alike.
  case autocorrelated
  /// The system stands still for up to 300 ms, once in five seconds on average.
  case bursts
  /// The machine gets faster and slower from run to run, by 3 % at a time, and stays where it got.
  case drift

  /// The system that a run meets.
  /// - Parameters:
  ///   - random: of the whole comparison.
  ///   - index: of the run in the order in which they are made, from 0.
  ///   - factor: how many times as long as the baseline's everything takes.
  ///   - duration: of the run's load.
  package func system(_ random: SeededRandom, run index: Int, factor: Double, duration: Duration) -> SimulatedSystem.Settings {
    var system = SimulatedSystem.Settings()
    let seed = random.bits(.resampling, UInt64(index))
    system.seed = seed
    system.workers = 8
    let pace = factor * (self == .drift ? exp(walk(random, index)) : 1)
    // 8 workers at 200 orders/s are busy half of the time at 20 ms.
    let mean = (self == .autocorrelated ? 0.036 : 0.020) * pace
    system.serviceTime = .exponential(mean: .nanoseconds(Int64(mean * 1e9)))
    system.answerTime = .exponential(mean: .nanoseconds(Int64(300_000 * pace)))
    if self == .bursts { system.stalls = stalls(SeededRandom(seed: seed), duration) }
    return system
  }

  /// The logarithm of how slow the machine is at a run.
  private func walk(_ random: SeededRandom, _ index: Int) -> Double {
    (0...index).reduce(0) { $0 + 0.03 * Self.normal(random, UInt64($1)) }
  }

  /// Standard normal (Box and Muller 1958).
  private static func normal(_ random: SeededRandom, _ index: UInt64) -> Double {
    let (one, other) = (random.uniform(.resampling, index, part: 1), random.uniform(.resampling, index, part: 2))
    return (-2 * log(one)).squareRoot() * cos(2 * .pi * other)
  }

  private func stalls(_ random: SeededRandom, _ duration: Duration) -> [SimulatedSystem.Pause] {
    var stalls: [SimulatedSystem.Pause] = []
    var at = 0.0
    for number in 0..<10_000 {
      at += -5 * log(random.uniform(.resampling, UInt64(number), part: 3))
      guard at < duration.seconds else { break }
      let length = 0.3 * random.uniform(.resampling, UInt64(number), part: 4)
      stalls.append(SimulatedSystem.Pause(at: .nanoseconds(Int64(at * 1e9)), lasts: .nanoseconds(Int64(length * 1e9))))
      at += length
    }
    return stalls
  }
}
