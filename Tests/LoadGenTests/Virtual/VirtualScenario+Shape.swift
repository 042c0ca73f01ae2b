import Shared
import Testing

@testable import LoadRun

extension VirtualScenario {
  /// How the load changes with time, who thinks, and what was recorded.
  mutating func drawShape(_ dice: inout Dice) {
    if dice.chance(0.5) { thinkTime = ServiceTime.drawn(&dice) }
    if dice.chance(0.35) {
      stages = RateStages.drawn(&dice, fastest: 300, longest: .second)
    } else if dice.chance(0.3) {
      recorded = RecordedTimes((0..<dice.int(0...60)).map { _ in dice.span(0...(2 * .second)) })
    }
    if isOpen { planned = Double(dice.span(0...(3 * .second))) / 1e9 }
  }

  /// The stages of its rate, as the ledger is to know them.
  var stagePlans: [StageBooks.Plan] {
    guard isOpen, recorded == nil, let stages else { return [] }
    var ends = Duration.zero
    return stages.stages.enumerated().map { place, stage in
      ends += stage.length
      return StageBooks.Plan(ends: ends.nanoseconds, isJudged: place.isMultiple(of: 2))
    }
  }

  func plan(_ share: LoopShare) throws -> LoadSchedule {
    let random = SeededRandom(seed: seed)
    guard isOpen else {
      let thinking = thinkTime.map { ClosedSchedule.Thinking(time: $0, random: random) }
      return .closed(ClosedSchedule(users: users, thinking: thinking, end: end, share: share))
    }
    if let recorded { return .recorded(RecordedSchedule(recorded, end: end, share: share)) }
    let times =
      if let stages {
        ArrivalTimes(arrivals, stages: stages, random: random)
      } else {
        ArrivalTimes(arrivals, rate: try #require(Rate(perSecond: rate)), random: random)
      }
    return .open(OpenSchedule(times, end: end, share: share))
  }

  /// How many orders an open load has, whoever sends them.
  func plannedOrders() throws -> Int {
    var plan = try plan(LoopShare(index: 0, count: 1))
    var count = 0
    while plan.next() != nil { count += 1 }
    return count
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
