import Shared
import Testing

@testable import LoadRun

@Suite("Arrivals at a rate that changes")
struct RateStagesTests {
  /// Whole rates and nanoseconds, so that the truth can be counted in integers.
  private func stages(_ seed: UInt64, fastest: Int = 300, longest: Int64 = .second) -> RateStages? {
    var dice = Dice(seed: seed)
    return .drawn(&dice, fastest: fastest, longest: longest)
  }

  private func dueTimes(_ arrivals: Arrivals, _ stages: RateStages, seed: UInt64) -> [Int64] {
    var times = ArrivalTimes(arrivals, stages: stages, random: SeededRandom(seed: seed))
    var due: [Int64] = []
    while let time = times.next() { due.append(time) }
    return due
  }

  @Test("The k-th constant arrival is due when k are expected, within a nanosecond of the rate, and none earlier than the one before")
  func constantArrivals() {
    for seed in 0..<400 as Range<UInt64> {
      guard let stages = stages(seed) else { continue }
      let due = dueTimes(.constant, stages, seed: seed)
      let truth = ExactStages(stages)
      let wrong = due.indices.first { !truth.isExact($0, at: due[$0]) }
      #expect(wrong == nil, "seed \(seed): \(stages): at \(wrong.map { due[$0] } ?? 0)")
      #expect(zip(due, due.dropFirst()).allSatisfy { $0 <= $1 }, "seed \(seed): \(stages)")
      #expect(due.count == Int(stages.expected.rounded(.up)), "seed \(seed): \(stages)")
    }
  }

  @Test("It is as exact after a hundred million arrivals over days as it is at the beginning")
  func longLoads() {
    for seed in 0..<400 as Range<UInt64> {
      guard let stages = stages(seed, fastest: 1_000, longest: 100_000 * .second) else { continue }
      let truth = ExactStages(stages)
      let wrong = (0..<50).map { Int(stages.expected * Double($0) / 50) }.first { index in
        stages.time(of: Double(index)).map { !truth.isExact(index, at: $0.nanoseconds) } ?? true
      }
      #expect(wrong == nil, "seed \(seed): \(stages)")
    }
  }

  @Test("In each stage as many constant arrivals are due as the integral of its rate says, within one")
  func countsInStages() {
    for seed in 0..<400 as Range<UInt64> {
      guard let stages = stages(seed) else { continue }
      let due = dueTimes(.constant, stages, seed: seed)
      var begin: Int64 = 0
      for stage in stages.stages {
        let end = begin + stage.length.nanoseconds
        let count = Double(due.count { $0 >= begin && $0 < end })
        let expected = (stage.from + stage.to) / 2 * stage.length.seconds
        #expect(abs(count - expected) < 1 + 1e-6, "seed \(seed): \(stages): \(count) arrivals, not \(expected)")
        begin = end
      }
    }
  }

  @Test("Poisson arrivals are as many as their rate says, in all and in each stage, within five standard deviations over many seeds")
  func poissonArrivals() throws {
    for text in ["0/s..200/s over 2s, 100/s for 1s, 0/s for 1s, 300/s..50/s over 1s", "1000/s for 100ms, 20/s for 5s"] {
      let stages = try RateStages(text: text)
      var counts = [Double](repeating: 0, count: stages.stages.count)
      let seeds = 200
      for seed in 0..<UInt64(seeds) {
        let due = dueTimes(.poisson, stages, seed: seed)
        #expect(zip(due, due.dropFirst()).allSatisfy { $0 <= $1 })
        var begin: Int64 = 0
        for (number, stage) in stages.stages.enumerated() {
          let end = begin + stage.length.nanoseconds
          counts[number] += Double(due.count { $0 >= begin && $0 < end })
          begin = end
        }
      }
      let expected = stages.stages.map { ($0.from + $0.to) / 2 * $0.length.seconds * Double(seeds) }
      for (count, mean) in zip(counts, expected) { #expect(abs(count - mean) <= 5 * mean.squareRoot(), "\(text)") }
      let (all, mean) = (counts.reduce(0, +), expected.reduce(0, +))
      #expect(abs(all - mean) <= 5 * mean.squareRoot(), "\(text)")
    }
  }

  @Test("One stage at one rate is the same as that rate")
  func oneStage() throws {
    for arrivals in Arrivals.allCases {
      let stages = try RateStages(text: "250/s for 10s")
      var times = ArrivalTimes(arrivals, rate: try Rate(text: "250/s"), random: SeededRandom(seed: 9))
      let due = dueTimes(arrivals, stages, seed: 9)
      #expect(due.count > 2_000)
      for time in due {
        let same = times.next()
        #expect(same == time)
      }
    }
  }

  @Test("A rate so low that nothing ever follows is no trap")
  func endOfTime() throws {
    var times = ArrivalTimes(.constant, rate: try Rate(text: "1e-300"), random: SeededRandom(seed: 1))
    #expect(times.next() == 0)
    #expect(times.next() == nil)
  }
}

/// The integral of a rate in stages, in whole numbers.
private struct ExactStages {
  private struct Stage {
    var from: Int128
    var to: Int128
    var begins: Int128
    var length: Int128
    /// Expected before it.
    var before: Int128

    /// The rate so long after the beginning, times the length.
    func rate(after passed: Int128) -> Int128 {
      let at = max(0, min(length, passed))
      return from * length + (to - from) * at
    }
  }

  private let stages: [Stage]

  /// What one arrival counts.
  private static let arrival: Int128 = 2_000_000_000

  init(_ stages: RateStages) {
    var begins: Int128 = 0
    var before: Int128 = 0
    self.stages = stages.stages.map { stage in
      let (from, to, length) = (Int128(stage.from), Int128(stage.to), Int128(stage.length.nanoseconds))
      defer {
        begins += length
        before += (from + to) * length
      }
      return Stage(from: from, to: to, begins: begins, length: length, before: before)
    }
  }

  /// Whether the integral until `time` is `index`, within what the rate makes of a nanosecond.
  func isExact(_ index: Int, at time: Int64) -> Bool {
    let time = Int128(time)
    let near = stages.filter { $0.begins <= time + 1 && time - 1 <= $0.begins + $0.length }
    guard let stage = near.last(where: { $0.begins <= time }) else { return false }
    // Everything times the stage's length.
    let passed = min(time - stage.begins, stage.length)
    let sum: Int128 = 2 * stage.from * passed * stage.length + (stage.to - stage.from) * passed * passed
    let found = stage.before * stage.length + sum
    var nanosecond: Int128 = 0
    for other in near {
      let since = time - other.begins
      let rate = max(other.rate(after: since - 1), other.rate(after: since + 1))
      // Rounded up, where the other stage has another length.
      let scaled: Int128 = 2 * rate * stage.length + other.length - 1
      nanosecond = max(nanosecond, scaled / other.length)
    }
    return (found - Int128(index) * Self.arrival * stage.length).magnitude <= nanosecond.magnitude
  }
}
