import Shared
import Testing

@testable import LoadRun

/// The plan of an open load of which everything is drawn: at a rate that stays, at one that changes, or at recorded times.
struct DrawnPlan {
  private let random: SeededRandom
  private let rate: Double
  private let arrivals: Arrivals
  private let end: LoadEnd
  private var stages: RateStages?
  private var recorded: RecordedTimes?

  init(_ dice: inout Dice, seed: UInt64) {
    random = SeededRandom(seed: seed)
    rate = Double(dice.int(10...2_000))
    arrivals = dice.pick(Arrivals.allCases)
    end = LoadEnd(orders: dice.chance(0.5) ? UInt64(dice.int(0...300)) : nil, time: dice.span(0...(.second)))
    if dice.chance(0.35) {
      stages = RateStages.drawn(&dice, fastest: 300, longest: .second)
    } else if dice.chance(0.3) {
      recorded = RecordedTimes((0..<dice.int(0...60)).map { _ in dice.span(0...(2 * .second)) })
    }
  }

  func plan(_ share: LoopShare) throws -> LoadSchedule {
    if let recorded { return .recorded(RecordedSchedule(recorded, end: end, share: share)) }
    let times =
      if let stages {
        ArrivalTimes(arrivals, stages: stages, random: random)
      } else {
        ArrivalTimes(arrivals, rate: try #require(Rate(perSecond: rate)), random: random)
      }
    return .open(OpenSchedule(times, end: end, share: share))
  }
}

extension ServiceTime {
  static func drawn(_ dice: inout Dice) -> ServiceTime {
    func time() -> Duration { .nanoseconds(dice.span(0...(.second / 2))) }
    switch dice.int(0...3) {
    case 0: return .fixed(time())
    case 1:
      let low = time()
      return .uniform(low, low + time())
    case 2: return .exponential(mean: time() + .nanoseconds(1))
    default: return .lognormal(median: time() + .nanoseconds(1), sigma: 1)
    }
  }
}

extension RateStages {
  /// Up to five stages, at whole rates: steps, ramps, pauses.
  static func drawn(_ dice: inout Dice, fastest: Int, longest: Int64) -> RateStages? {
    var rate = 0.0
    return RateStages(
      (0..<dice.int(1...5)).map { _ in
        let from = dice.chance(0.5) ? rate : Double(dice.int(0...fastest))
        rate = dice.pick([from, 0, Double(dice.int(0...fastest)), Double(dice.int(0...fastest))])
        return (from: from, to: rate, length: .nanoseconds(1 + dice.span(0...longest)))
      })
  }
}
