import LoadRun

@testable import LoadStudy

/// Capacities without any search: one as it usually is, and ones as wild as their type allows, from a seed.
struct SampleCapacity {
  static let goal = "completion.p(95)<350ms"

  var goals = [Self.goal]
  var held: Double? = 56
  var broken: Double? = 67
  var outcome = Outcome.passed
  var end = CapacitySearch.End.found
  var obstacle: String?
  var atLeast: Double?
  var trials: [Capacity.Trial] = [
    Self.trial(1, 40, 0.21, 0.24, .lower, growth: 0), Self.trial(2, 80, 2.5, 3.1, .upper, growth: 12.5),
    Self.trial(3, 56, 0.30, 0.33, .lower, growth: -0.2),
    Self.trial(4, 67, 0.36, nil, .upper, growth: 0.4), Self.trial(5, 60, 0.33, 0.36, .undecided, growth: nil),
  ]

  static func trial(
    _ number: Int, _ rate: Double, _ lower: Double?, _ upper: Double?, _ word: RateBook.Word, growth: Double?, goal: String = Self.goal,
    text: String = "text", place: String? = "reports/capacity"
  ) -> Capacity.Trial {
    Capacity.Trial(
      number: number, rate: rate, seconds: 30, descendsFrom: nil, warmUp: 0, isWarmingUp: false, growth: growth,
      goals: [Capacity.Goal(expression: goal, word: word, lower: lower, upper: upper)], pollsShare: 0.5,
      place: place.map { "\($0)/trials/\(number)" }, id: text, seed: text, verdict: .pass)
  }

  func capacity() -> Capacity {
    let decision = Decision([outcome])
    var rates: [Capacity.Rate] = []
    for trial in trials where !rates.contains(where: { $0.rate == trial.rate }) {
      let word = trial.goals.first?.word ?? .undecided
      rates.append(
        Capacity.Rate(
          rate: trial.rate, word: word, trials: 1, seconds: trial.seconds, binding: word == .lower ? nil : goals.first,
          growth: trial.growth,
          goals: trial.goals))
    }
    rates.sort { $0.rate < $1.rate }
    return Capacity(
      verdict: decision.verdict, exitCode: decision.exitCode, outcomes: decision.outcomes, end: end, obstacle: obstacle, feasibleMax: held,
      infeasibleMin: broken, estimate: held.flatMap { held in broken.map { (held + $0) / 2 } },
      binding: broken == nil ? nil : goals.first, isMonotone: true, edge: nil, saturation: nil, descent: nil, pollsShare: 0.5, goals: goals,
      atLeast: atLeast, expected: nil, headroom: nil,
      asked: Capacity.Asked(
        from: 10, to: 5_000, width: 0.2, budget: 600, warmup: 5, findsWarmUp: true, alpha: 0.05, isSimulated: true), spent: 250,
      rates: rates, trials: trials)
  }
}

/// Capacities with texts that break markup, and figures of all sizes.
struct RandomCapacity {
  private var dice: Dice

  init(seed: UInt64) { dice = Dice(seed: seed) }

  /// `nil` is unbounded.
  private mutating func figure() -> Double? { dice.pick([nil, 0, 1e300, .leastNonzeroMagnitude, -3, Double(dice.int(0...999_999)) / 1e6]) }
  private mutating func rate() -> Double { Double(dice.int(1...1_000_000)) / dice.pick([1, 100, 1e4]) }

  private mutating func text() -> String {
    let pieces = [
      "accept.p(95)", "a", " ", "<script>alert(1)</script>", "\"", "'", "&amp;", "&", "]]>", "|", "\n", "\u{0}", "\u{1B}[31m", "🧾",
      "\u{FFFE}",
      "\u{202E}", "-->", "\\", "\r", "javascript:alert(1)", "\" onload=\"alert(1)", "</svg>", "</style>",
    ]
    return (0..<dice.int(0...5)).map { _ in dice.pick(pieces) }.joined()
  }

  mutating func capacity(trials: Int) -> Capacity {
    let goal = dice.pick([SampleCapacity.goal, "accept.p(99.9)<=1ms", "turnaround.p(50)>0s", "errors.rate<1%", text()])
    var sample = SampleCapacity(goals: [goal, text()])
    sample.trials = (0..<trials).map { number in
      SampleCapacity.trial(
        number + 1, rate(), figure(), figure(), dice.pick(RateBook.Word.allCases), growth: figure(), goal: goal, text: text(),
        place: dice.pick([nil, text()]))
    }
    (sample.held, sample.broken, sample.atLeast) = (dice.pick([nil, rate()]), dice.pick([nil, rate()]), dice.pick([nil, rate()]))
    (sample.outcome, sample.end, sample.obstacle) = (
      dice.pick(Outcome.allCases), dice.pick(CapacitySearch.End.allCases), dice.pick([nil, text()])
    )
    return sample.capacity()
  }
}
