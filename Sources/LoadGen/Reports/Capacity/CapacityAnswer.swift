import LoadRun
import LoadStudy
import Shared

/// A capacity in words: what every report begins with.
struct CapacityAnswer {
  let word: String
  let subject: String
  let sentences: [String]

  init(_ capacity: Capacity) {
    word =
      switch capacity.verdict {
      case .pass: "PASS"
      case .fail: "FAIL"
      case .invalid: "INVALID"
      case .interrupted: "INTERRUPTED"
      }
    subject = Self.subject(capacity)
    sentences = [
      Self.reason(capacity), Self.required(capacity), Self.headroom(capacity), Self.order(capacity),
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

  private static func reason(_ capacity: Capacity) -> String? {
    let binding = capacity.binding.map { $0 == "backlog" ? "orders pile up" : "\(Legible.line($0, limit: 80)) does not hold" }
    let broken = binding.flatMap { binding in capacity.infeasibleMin.map { "At \(Figure.rate($0)) \(binding)." } } ?? ""
    let obstacle = capacity.obstacle.map { Legible.line($0, limit: 300) } ?? ""
    switch capacity.end {
    case .found: return broken
    case .brokenAtLowest: return broken + " That is the lowest rate (--from): the goals may be out of reach, or a lower rate may hold them."
    case .heldAtHighest: return "All goals hold at the highest rate that was to be tried (--to)."
    case .budget: return broken + " There was no time for the next trial (--budget \(Figure.seconds(capacity.asked.budget)))."
    case .generator: return broken + " The load generator was the limit: \(obstacle)."
    case .target: return broken + " The target could not be loaded any more: \(obstacle)."
    case .interrupted: return broken + " It was interrupted."
    }
  }

  private static func required(_ capacity: Capacity) -> String? {
    guard let rate = capacity.atLeast else { return nil }
    let isShown = (capacity.feasibleMax ?? 0) >= rate * (1 - 1e-9)
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
