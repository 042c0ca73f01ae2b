import LoadRun
import LoadStudy
import Shared

/// A capacity in words: what every report begins with.
struct CapacityAnswer {
  let word: String
  let subject: String
  let sentences: [String]

  init(_ capacity: Capacity) {
    word = capacity.verdict.rawValue.uppercased()
    subject = Self.subject(capacity)
    sentences = [
      Self.broken(capacity), Self.ending(capacity), Self.required(capacity), Self.headroom(capacity), Self.order(capacity),
      "\(Figure.count(capacity.trials.count)) trials of \(Figure.seconds(capacity.spent)) together"
        + (capacity.asked.isSimulated ? ", in virtual time." : "."),
    ].compactMap(\.self)
  }

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
    return "At \(Figure.rate(rate)) \(binding == "backlog" ? "orders pile up" : "\(Legible.line(binding, limit: 80)) does not hold")."
  }

  /// Why there were no more trials; `nil` where the answer is as narrow as asked.
  private static func ending(_ capacity: Capacity) -> String? {
    let obstacle = Legible.line(capacity.obstacle ?? "", limit: 300)
    return switch capacity.end {
    case .found: nil
    case .brokenAtLowest: "That is the lowest rate (--from): the goals may be out of reach, or a lower rate may hold them."
    case .heldAtHighest: "All goals hold at the highest rate that was to be tried (--to)."
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

  private static func order(_ capacity: Capacity) -> String? {
    capacity.isMonotone
      ? nil : "A rate above the broken one was held: the target does not behave alike at all times, and no rate above a broken one counts."
  }
}
