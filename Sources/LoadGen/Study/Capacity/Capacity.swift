package import LoadRun
import Shared

/// How much a target can take: the content of `capacity.json`, and the only source of its reports.
///
/// Schema version 1 (docs/schema/capacity-1.json). Rates are orders per second, times seconds.
package struct Capacity: Codable, Sendable, Equatable {
  static let schemaVersion = 1

  package private(set) var schemaVersion = Capacity.schemaVersion
  /// `pass` exactly where the exit code is 0.
  package var verdict: Verdict
  package var exitCode: Int
  package var outcomes: [Outcome]
  /// Why the search ended.
  package var end: CapacitySearch.End
  /// What stood in the way where the load generator or the target ended it.
  @Explicit package var obstacle: String?
  /// The highest rate at which all goals surely held, below the least that was broken.
  @Explicit package var feasibleMax: Double?
  /// The lowest rate that was broken.
  @Explicit package var infeasibleMin: Double?
  /// The rate at which a goal is likely to break first: a best estimate, without a bound. Only of a percentile.
  @Explicit package var estimate: Double?
  /// What breaks at `infeasible_min`: a goal, an implicit threshold, or `backlog`.
  @Explicit package var binding: String?
  /// Whether no rate above a broken one was held.
  package var isMonotone: Bool
  /// How much is missed a little above `feasible_max`; `nil` where that was not tried.
  @Explicit package var edge: Edge?
  /// The most orders per second that were completed while they piled up; `nil` where they never did.
  @Explicit package var saturation: Double?
  /// How the target came down from an overload to `feasible_max`; `nil` where that was not tried.
  @Explicit package var descent: Descending?
  /// The part of all requests that were polls when `feasible_max` was tried last: they are load, too.
  @Explicit package var pollsShare: Double?
  package var goals: [String]
  /// The rate that was to be shown.
  @Explicit package var atLeast: Double?
  /// The rate that is expected.
  @Explicit package var expected: Double?
  /// `feasible_max` less what is expected, as a fraction of what is expected.
  @Explicit package var headroom: Double?
  package var asked: Asked
  /// How long all trials took, with their warm-ups.
  package var spent: Double
  /// By rising rate.
  package var rates: [Rate]
  /// In the order in which they were made.
  @Explicit package var trials: [Trial]

  /// What the search was told.
  package struct Asked: Codable, Sendable, Equatable {
    package var from: Double
    package var to: Double
    package var width: Double
    package var budget: Double
    package var warmup: Double
    /// Whether a longer warm-up was looked for in each trial.
    package var findsWarmUp: Bool
    /// How likely any rate may be misjudged at any time.
    package var alpha: Double
    package var isSimulated: Bool

    enum CodingKeys: String, CodingKey {
      case from, to, width, budget, warmup
      case findsWarmUp = "finds_warm_up"
      case alpha
      case isSimulated = "simulated"
    }
  }

  /// What all trials at a rate say of it.
  package struct Rate: Codable, Sendable, Equatable {
    package var rate: Double
    package var word: RateBook.Word
    package var trials: Int
    package var seconds: Double
    @Explicit package var binding: String?
    /// Outstanding orders that are added per second.
    @Explicit package var growth: Double?
    package var goals: [Goal]
  }

  /// What comes right above the answer.
  package enum Edge: String, Codable, Sendable, CaseIterable {
    /// A tenth more load, at most, makes the figure that breaks more than twice its limit, or orders pile up, or are refused.
    case cliff
    case smooth
  }

  /// See `Descent`.
  package struct Descending: Codable, Sendable, Equatable {
    package var from: Double
    package var to: Double
    /// In seconds; `nil` where the target had not recovered at the end.
    @Explicit package var recovery: Double?
    /// What the goals are once it has recovered.
    package var word: RateBook.Word
  }

  /// What a goal is at a rate.
  package struct Goal: Codable, Sendable, Equatable {
    package var expression: String
    package var word: RateBook.Word
    /// The figure in the trial, or in the last one at the rate, in its own unit; an upper end that is `nil` is unbounded.
    @Explicit package var lower: Double?
    @Explicit package var upper: Double?
    /// Only of a percentile.
    package var certainty: Summary.Certainty? = nil
  }

  /// A run that was made.
  package struct Trial: Codable, Sendable, Equatable {
    package var number: Int
    package var rate: Double
    package var seconds: Double
    /// The rate that it came down from; `nil` for one that did not.
    @Explicit package var descendsFrom: Double?
    /// How long a warm-up was found after the given one, in seconds.
    package var warmUp: Double
    /// Whether the target was still warming up, so that the trial counts for nothing.
    package var isWarmingUp: Bool
    /// Outstanding orders that were added per second.
    @Explicit package var growth: Double?
    /// What the trial says of each goal by itself; empty where it says nothing of its rate.
    package var goals: [Goal]
    /// The part of all requests that were polls.
    @Explicit package var pollsShare: Double?
    /// Where its reports are; `nil` where none are written.
    @Explicit package var place: String?
    package var id: String
    package var seed: String
    /// What the run was found to be by its own thresholds and audit.
    package var verdict: Verdict

    enum CodingKeys: String, CodingKey {
      case number, rate, seconds
      case descendsFrom = "descends_from"
      case warmUp = "warm_up"
      case isWarmingUp = "warming_up"
      case growth, goals
      case pollsShare = "polls_share"
      case place, id, seed, verdict
    }
  }

  enum CodingKeys: String, CodingKey {
    case schemaVersion = "schema_version"
    case verdict
    case exitCode = "exit_code"
    case outcomes, end, obstacle
    case feasibleMax = "feasible_max"
    case infeasibleMin = "infeasible_min"
    case estimate, binding
    case isMonotone = "monotone"
    case edge, saturation, descent
    case pollsShare = "polls_share"
    case goals
    case atLeast = "at_least"
    case expected, headroom, asked, spent, rates, trials
  }
}

extension Capacity {
  /// - Parameters:
  ///   - end: why the search ended.
  ///   - obstacle: what stood in the way, where the search does not know it.
  ///   - atLeast: what was to be shown; `nil` where the answer is all that is asked for.
  package init(
    _ search: CapacitySearch, end: CapacitySearch.End, obstacle: String? = nil, trials: [Trial], atLeast: Double?, expected: Double?,
    isSimulated: Bool
  ) {
    let (lower, upper) = (search.lower?.rate, search.upper?.rate)
    // Without a rate that was to be shown, an answer is all that is wanted; that nothing is held is none.
    let isAnswer = Self.isShown(atLeast, lower) ?? (lower != nil)
    let outcome: Outcome =
      switch end {
      case .interrupted: .interrupted
      case .target: .failed
      case .generator: isAnswer ? .passed : .invalid
      default: isAnswer ? .passed : .threshold
      }
    let decision = Decision([outcome])
    let settings = search.settings
    self.init(
      verdict: decision.verdict, exitCode: decision.exitCode, outcomes: decision.outcomes, end: end, obstacle: obstacle ?? search.obstacle,
      feasibleMax: lower, infeasibleMin: upper, estimate: search.estimate, binding: search.upper?.binding, isMonotone: search.isMonotone,
      edge: Edge(search), saturation: search.saturation, descent: search.descent.map(Descending.init),
      pollsShare: lower.flatMap { lower in trials.last { $0.rate == lower && $0.descendsFrom == nil }?.pollsShare },
      goals: settings.goals.map(\.expression), atLeast: atLeast, expected: expected,
      headroom: expected.flatMap { expected in lower.map { $0 / expected - 1 } },
      asked: Asked(
        from: settings.from, to: settings.to, width: settings.width, budget: settings.budget, warmup: settings.warmup,
        findsWarmUp: settings.findsWarmUp, alpha: settings.alpha, isSimulated: isSimulated),
      spent: search.spent, rates: search.rates.map(Rate.init), trials: trials)
  }

  /// Whether the rate that was to be shown is held; `nil` where none was.
  package var isShown: Bool? { Self.isShown(atLeast, feasibleMax) }

  private static func isShown(_ rate: Double?, _ held: Double?) -> Bool? { rate.map { (held ?? 0) >= $0 * (1 - 1e-9) } }
}

extension Capacity.Rate {
  fileprivate init(_ book: RateBook) {
    self.init(
      rate: book.rate, word: book.word, trials: book.lengths.count, seconds: book.seconds, binding: book.binding, growth: book.growth,
      goals: book.judgements.map(Capacity.Goal.init))
  }
}

extension Capacity.Goal {
  fileprivate init(_ judged: RateBook.Judgement) {
    self.init(
      expression: judged.goal.expression, word: judged.word, lower: judged.observed?.lower, upper: judged.observed?.upper,
      certainty: judged.certainty)
  }
}

extension Capacity.Descending {
  fileprivate init(_ descent: Descent) {
    self.init(from: descent.from, to: descent.to, recovery: descent.recovery, word: descent.word)
  }
}

extension Capacity.Edge {
  private static let mostTimes = 2.0

  /// - Returns: `nil` where no rate was tried that lies above the broken one, or is it, and at most a tenth above the held one.
  fileprivate init?(_ search: CapacitySearch) {
    guard let lower = search.lower, let upper = search.upper else { return nil }
    let last = search.rates.last { CapacitySearch.isRightAbove($0.rate, held: lower.rate, broken: upper.rate) }
    guard let last else { return nil }
    let missed = last.judgements.first { judged in
      // Unbounded where some orders never came to their end.
      judged.word == .upper && (judged.observed?.upper ?? .infinity) > Self.mostTimes * judged.goal.limit
    }
    let isRefused = last.word == .upper && last.judgements.allSatisfy { $0.word != .upper }
    self = missed != nil || isRefused || last.grows ? .cliff : .smooth
  }
}

extension Capacity.Trial {
  /// - Parameters:
  ///   - look: what it says by itself; `nil` where it says nothing of its rate.
  ///   - place: where its reports are; `nil` where none are written.
  package init(_ trial: CapacitySearch.Trial, _ summary: Summary, _ look: RateBook.Look?, place: String?) {
    self.init(
      number: trial.number, rate: trial.rate, seconds: trial.seconds, descendsFrom: trial.descendsFrom, warmUp: look?.warmUp ?? 0,
      isWarmingUp: look?.isWarmingUp ?? false, growth: look?.growth, goals: look?.judgements.map(Capacity.Goal.init) ?? [],
      pollsShare: summary.polls?.share, place: place, id: summary.run.id, seed: summary.run.seed, verdict: summary.verdict)
  }
}
