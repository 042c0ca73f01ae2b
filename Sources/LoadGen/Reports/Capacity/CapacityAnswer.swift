import LoadRun
import LoadStudy
import Shared

/// A capacity in words: what every report begins with.
struct CapacityAnswer {
  let word: String
  let subject: String
  let sentences: [String]

  /// All of it, where there are no paragraphs.
  var text: String { (["\(subject)."] + sentences).joined(separator: " ") }

  init(_ capacity: Capacity) {
    word = capacity.verdict.rawValue.uppercased()
    subject = Self.subject(capacity)
    sentences = [
      Self.estimate(capacity), Self.broken(capacity), Self.above(capacity), Self.ending(capacity), Self.required(capacity),
      Self.headroom(capacity), Self.order(capacity), Self.descent(capacity), Self.saturation(capacity), Self.polls(capacity),
      "\(Figure.count(capacity.trials.count)) trials of \(Figure.seconds(capacity.spent)) together"
        + (capacity.asked.isSimulated ? ", in virtual time." : "."),
    ].compactMap(\.self)
  }

  /// What the exit code is about, as a claim.
  static func claim(_ capacity: Capacity) -> String { capacity.atLeast.map { "\(Figure.rate($0)) is held" } ?? "a rate is held" }

  private static func subject(_ capacity: Capacity) -> String {
    switch (capacity.feasibleMax, capacity.infeasibleMin) {
    case (let lower?, let upper?):
      "between \(Figure.rate(lower)) and \(Figure.rate(upper)) (\(Figure.share(upper / lower - 1)) apart)"
    case (let lower?, nil): "at least \(Figure.rate(lower))"
    case (nil, let upper?): "less than \(Figure.rate(upper))"
    case (nil, nil): "can't tell"
    }
  }

  /// What breaks above the answer.
  private static func broken(_ capacity: Capacity) -> String? {
    guard let binding = capacity.binding, let rate = capacity.infeasibleMin else { return nil }
    return "At \(Figure.rate(rate)) \(broken(binding))."
  }

  private static func estimate(_ capacity: Capacity) -> String? {
    guard let estimate = capacity.estimate, capacity.feasibleMax != nil else { return nil }
    return "Most likely the goals hold up to \(Figure.rate(estimate)); how sure that is, is not known."
  }

  /// How much is missed a little above the answer; `nil` where that was not tried.
  private static func above(_ capacity: Capacity) -> String? {
    guard let edge = capacity.edge, let held = capacity.feasibleMax, let broken = capacity.infeasibleMin,
      let last = capacity.rates.last(where: { CapacitySearch.isRightAbove($0.rate, held: held, broken: broken) })
    else { return nil }
    let how = edge == .cliff ? "There it ends at a cliff" : "There it ends smoothly"
    let figure = last.goals.first { goal in goal.word == .upper }.map { goal in
      "\(Legible.line(goal.expression, limit: 80)) comes out at \(Figure.range(goal.lower, goal.upper, goal.unit))"
    }
    return "\(how): at \(Figure.rate(last.rate)), \(Figure.share(last.rate / held - 1)) above what is held, "
      + (figure ?? Self.broken(last.binding ?? "")) + "."
  }

  private static func descent(_ capacity: Capacity) -> String? {
    guard let descent = capacity.descent else { return nil }
    let way = "Down from \(Figure.rate(descent.from)) to \(Figure.rate(descent.to)) "
    guard let recovery = descent.recovery else { return way + "the target had not recovered when the trial ended." }
    let then: String =
      switch descent.word {
      case .lower: "the goals hold there again."
      case .upper: "the goals do not hold there any more (hysteresis)."
      case .undecided: "it was too little time after that to tell whether the goals hold there again."
      }
    return way + "the target recovers within \(Figure.seconds(recovery)), and " + then
  }

  private static func saturation(_ capacity: Capacity) -> String? {
    capacity.saturation.map { "Overloaded, it completes \(Figure.rate($0))." }
  }

  private static func polls(_ capacity: Capacity) -> String? {
    capacity.pollsShare.map { "Polls are load, too: of all requests they were \(Figure.share($0)) where the goals hold." }
  }

  private static func broken(_ binding: String) -> String {
    binding == CapacityGoal.backlog ? "orders pile up" : "\(Legible.line(binding, limit: 80)) does not hold"
  }

  /// Why there were no more trials; `nil` where the answer is as narrow as asked.
  private static func ending(_ capacity: Capacity) -> String? {
    let obstacle = Legible.line(capacity.obstacle ?? "", limit: 300)
    return switch capacity.end {
    case .found: nil
    case .brokenAtLowest: "That is the lowest rate (--from): the goals may be out of reach, or a lower rate may hold them."
    case .heldAtHighest: "All goals hold at the highest rate that was to be tried (--to)."
    case .undecided: "More trials would not tell more: what is undecided was tried often, and for long."
    case .budget: "There was no time for the next trial (--budget \(Figure.seconds(capacity.asked.budget)))."
    case .generator: "The load generator was the limit: \(obstacle)."
    case .target: "The target could not be loaded any more: \(obstacle)."
    case .interrupted: "It was interrupted."
    }
  }

  private static func required(_ capacity: Capacity) -> String? {
    guard let rate = capacity.atLeast, let isShown = capacity.isShown else { return nil }
    return "\(Figure.rate(rate)) \(isShown ? "is shown to be held" : "is not shown to be held") (--at-least)."
  }

  private static func headroom(_ capacity: Capacity) -> String? {
    guard let expected = capacity.expected, let headroom = capacity.headroom else { return nil }
    let share = Figure.share(abs(headroom))
    return headroom >= 0
      ? "That is \(share) more than the \(Figure.rate(expected)) that are expected."
      : "That is \(share) less than the \(Figure.rate(expected)) that are expected."
  }

  /// That rates do not lie as they should; `nil` where they do.
  static func order(_ capacity: Capacity) -> String? {
    capacity.isMonotone
      ? nil : "A rate above the broken one was held: the target does not behave alike at all times, and no rate above a broken one counts."
  }
}
