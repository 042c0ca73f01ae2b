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
  /// Whether the last trial's backlog grew, so that a longer one is to say whether it goes on.
  private var isSuspect = false
  private var evidence: [CapacityGoal: PercentileEvidence] = [:]

  init(rate: Double) { self.rate = rate }

  package var seconds: Double { lengths.reduce(0, +) }

  /// Takes what a trial found.
  /// - Parameter error: how likely any of the goals may be misjudged now.
  mutating func add(_ summary: Summary, goals: [CapacityGoal], error: Double) {
    let isLonger = summary.run.loadWindow >= 1.5 * (lengths.last ?? .infinity)
    lengths.append(summary.run.loadWindow)
    let trend = BacklogTrend(summary)
    growth = trend.perSecond
    let persists = trend.grows && isSuspect && isLonger
    isSuspect = trend.grows
    judgements = goals.map { judge($0, summary, confidence: 1 - error / Double(goals.count)) }
    let broken = summary.thresholds.first { $0.implicit && $0.verdict == .fail }
    if let broken {
      (word, binding) = (.upper, broken.expression)
    } else if let goal = judgements.first(where: { $0.word == .upper }) {
      (word, binding) = (.upper, goal.goal.expression)
    } else if persists {
      (word, binding) = (.upper, "backlog")
    } else {
      let isHeld = !trend.grows && judgements.allSatisfy { $0.word == .lower }
      (word, binding) = (isHeld ? .lower : .undecided, judgements.first { $0.word == .undecided }?.goal.expression)
    }
  }

  private mutating func judge(_ goal: CapacityGoal, _ summary: Summary, confidence: Double) -> Judgement {
    let observed = summary.thresholds.first { $0.expression == goal.expression }
    let bounds = observed.flatMap { observed in observed.lower.map { Bounds(lower: $0, upper: observed.upper) } }
    guard let found = PercentileEvidence(goal.rule, summary) else {
      let word: Word =
        switch observed?.verdict {
        case .pass: .lower
        case .fail: .upper
        default: .undecided
        }
      return Judgement(goal: goal, certainty: nil, word: word, observed: bounds)
    }
    if evidence[goal]?.add(found) == nil { evidence[goal] = found }
    let certainty = (evidence[goal] ?? found).judge(confidence: confidence)
    let word: Word =
      switch certainty.word {
      case .holds: .lower
      case .fails: .upper
      case .undecided: .undecided
      }
    return Judgement(goal: goal, certainty: certainty, word: word, observed: bounds)
  }

  /// How many orders more, at least, would decide what is undecided; `nil` where that cannot be told.
  package var needed: Int? {
    let open = judgements.filter { $0.word == .undecided }.compactMap(\.certainty)
    let more = open.compactMap { certainty in certainty.needed.map { max(0, $0 - certainty.count) } }
    return more.count == open.count ? more.max() : nil
  }
}
