package import LoadRun
import LoadStatistics
package import Shared

/// All that the trials at one rate say of it (RFC 9971: short trials add up).
package struct RateBook: Sendable, Equatable {
  /// Whether a rate is held.
  package enum Word: String, Codable, Sendable, CaseIterable {
    /// All goals surely hold.
    case lower
    /// Some goal surely does not, or orders pile up.
    case upper
    case undecided
  }

  /// What one goal is at this rate.
  package struct Judgement: Sendable, Equatable {
    package let goal: CapacityGoal
    /// `nil` for a goal that is no percentile: it is judged as it was observed.
    package var certainty: Summary.Certainty?
    package var word: Word
    /// The figure as the last trial observed it.
    package var observed: Bounds<Double>?
  }

  /// What one trial says by itself.
  package struct Look: Sendable, Equatable {
    package let judgements: [Judgement]
    /// Outstanding orders that are added per second; `nil` where the trial was too short to tell.
    package let growth: Double?
    /// Whether they surely become more.
    package let grows: Bool
    /// How long a warm-up was found after the given one, in seconds.
    package let warmUp: Double
    /// Whether the target was still getting faster, so that the trial counts for nothing.
    package let isWarmingUp: Bool
    /// Orders that were completed per second, at least.
    package let completed: Double?
  }

  /// Orders per second.
  package let rate: Double
  /// The length of each trial's load after its warm-up, in seconds.
  package private(set) var lengths: [Double] = []
  package private(set) var judgements: [Judgement] = []
  package private(set) var word = Word.undecided
  /// What is broken first: a goal, an implicit threshold, or `backlog`; `nil` where nothing is.
  package private(set) var binding: String?
  /// Outstanding orders that are added per second, by the last trial; `nil` where it was too short to tell.
  package private(set) var growth: Double?
  /// How many orders are outstanding at most while the rate is held, at the end of a block, by the last trial.
  package private(set) var mostOutstanding = 0
  /// Whether the backlog surely grew in the last trial, so that a longer one is to say whether it goes on.
  package private(set) var grows = false
  private var evidence: [CapacityGoal: PercentileEvidence] = [:]

  init(rate: Double) { self.rate = rate }

  package var seconds: Double { lengths.reduce(0, +) }

  /// Takes what a trial found.
  /// - Parameters:
  ///   - error: how likely any of the goals may be misjudged now.
  ///   - findsWarmUp: whether the trial's warm-up is longer than the one that was given, where that is seen.
  mutating func add(_ summary: Summary, goals: [CapacityGoal], error: Double, findsWarmUp: Bool) -> Look {
    let settling = Settling(summary, isFound: findsWarmUp)
    let steady = SteadyBlocks(summary, from: settling.from)
    let isLonger = summary.run.loadWindow >= 1.5 * (lengths.last ?? .infinity)
    lengths.append(summary.run.loadWindow)
    let trend = BacklogTrend(steady)
    growth = trend.perSecond
    mostOutstanding = steady.mostOutstanding
    let persists = trend.grows && grows && isLonger
    grows = trend.grows
    let found = goals.map { goal in settling.goesOn ? nil : PercentileEvidence(goal.rule, summary, from: settling.from) }
    for (goal, found) in zip(goals, found) {
      if let found, evidence[goal]?.add(found) == nil { evidence[goal] = found }
    }
    let confidence = 1 - error / Double(goals.count)
    func judge(_ evidence: (Int) -> PercentileEvidence?) -> [Judgement] {
      goals.indices.map { Judgement(goals[$0], summary, evidence($0), confidence: confidence, isWarmingUp: settling.goesOn) }
    }
    judgements = judge { evidence[goals[$0]] }
    decide(summary, persists: persists)
    return Look(
      judgements: judge { found[$0] }, growth: trend.perSecond, grows: trend.grows, warmUp: settling.from - summary.run.warmEnds,
      isWarmingUp: settling.goesOn, completed: steady.mean(\.completedLatest))
  }

  private mutating func decide(_ summary: Summary, persists: Bool) {
    if let broken = summary.thresholds.first(where: { $0.implicit && $0.verdict == .fail }) {
      (word, binding) = (.upper, broken.expression)
    } else if let goal = judgements.first(where: { $0.word == .upper }) {
      (word, binding) = (.upper, goal.goal.expression)
    } else if persists {
      (word, binding) = (.upper, CapacityGoal.backlog)
    } else {
      let isHeld = !grows && judgements.allSatisfy { $0.word == .lower }
      (word, binding) = (isHeld ? .lower : .undecided, judgements.first { $0.word == .undecided }?.goal.expression)
    }
  }

  /// Whether more speaks for its being broken than for its being held.
  var seemsBroken: Bool {
    switch word {
    case .lower: false
    case .upper: true
    case .undecided: grows || judgements.contains { judged in beyond(judged.goal).map { $0.share > $0.left } ?? false }
    }
  }

  /// How many durations there are for a goal on a percentile, and which share of them lies beyond its limit, in the middle of what it is at
  /// least and at most; `nil` for another goal.
  func beyond(_ goal: CapacityGoal) -> (count: Double, share: Double, left: Double)? {
    evidence[goal].map { (Double($0.count), ($0.share.lower + ($0.share.upper ?? 1)) / 2, $0.mostBeyond) }
  }

  /// How many orders more, at least, would decide what is undecided; `nil` where that cannot be told.
  package var needed: Int? {
    let open = judgements.filter { $0.word == .undecided }.compactMap(\.certainty)
    let more = open.compactMap { certainty in certainty.needed.map { max(0, $0 - certainty.count) } }
    return more.count == open.count ? more.max() : nil
  }
}

extension RateBook.Judgement {
  /// - Parameter evidence: what is known of a percentile; `nil` for another goal, or where nothing was measured.
  fileprivate init(_ goal: CapacityGoal, _ summary: Summary, _ evidence: PercentileEvidence?, confidence: Double, isWarmingUp: Bool) {
    let observed = summary.thresholds.first { $0.expression == goal.expression }
    let certainty = evidence?.judge(confidence: confidence)
    let word: RateBook.Word =
      switch (certainty?.word, observed?.verdict) {
      case (.holds, _): .lower
      case (.fails, _): .upper
      case (.undecided, _): .undecided
      // Of a target that is still warming up, what was observed says nothing.
      case (nil, _) where isWarmingUp: .undecided
      case (nil, .pass): .lower
      case (nil, .fail): .upper
      case (nil, _): .undecided
      }
    self.init(
      goal: goal, certainty: certainty, word: word,
      observed: observed.flatMap { found in found.lower.map { Bounds(lower: $0, upper: found.upper) } })
  }
}
