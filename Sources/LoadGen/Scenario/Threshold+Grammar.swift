import Shared

extension Threshold.Metric {
  static let counts = [
    "scheduled", "not_sent", "submitted", "accepted", "rejected", "errored", "ambiguous", "completed", "cancelled",
    "failed", "unfinished", "timed_out", "run_end", "lost", "unknown_status", "untracked", "attempts",
  ]
  static let rates = ["offered", "accepted", "completed", "polls", "requests"]
  /// The counts that have a share. A count that also has a rate per second has none: `accepted.rate` is in orders per second.
  package static let shares = counts.filter { !rates.contains($0) && whole(of: $0) != nil }

  /// The count that this one is a part of, by the equations of docs/measurement.md, "Conservation"; `nil` where it is a part of none.
  static func whole(of count: String) -> String? {
    switch count {
    case "submitted", "not_sent": "scheduled"
    case "accepted", "rejected", "errored", "ambiguous": "submitted"
    case "completed", "cancelled", "failed", "unfinished", "timed_out", "run_end", "lost", "unknown_status", "untracked": "accepted"
    default: nil
    }
  }

  /// Reads what is left of the comparison: `accept.p(99)`, `lost`, `timed_out.rate`, `errors.rate`, `polls.errors.rate`, `accepted.rate`.
  init(text: String, refuse: (String) -> UnitError) throws {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let name = parts[0]
    let rest = parts.count == 2 ? parts[1] : nil
    switch (name, rest) {
    case ("errors", "rate"): self = .errorRate
    case ("errors", "count"), ("errors", nil): self = .errorCount
    case ("polls", "errors.rate"): self = .pollErrorRate
    case ("polls", "errors.count"), ("polls", "errors"): self = .pollErrorCount
    case ("metrics", "readings"): self = .readings
    case ("served", "alive"): self = .servedAlive
    case ("served", "cpu"): self = .servedCPU
    case (_, "rate") where Self.rates.contains(name): self = .rate(name)
    case (_, "rate") where Self.shares.contains(name): self = .share(name)
    case (_, nil) where Self.counts.contains(name), (_, "count") where Self.counts.contains(name): self = .orders(name)
    default:
      if let looks = Self.looks(at: name) {
        let found = rest.map { "'\($0)' is none of them" } ?? "it says none"
        throw refuse("\(name) is looked at by \(looks.joined(separator: ", ")), and \(found): write it as in \(name).\(looks[0])")
      } else if let latency = LatencyName(rawValue: name) {
        self = .latency(latency, try Threshold.Aggregate(text: rest, of: name, refuse: refuse))
      } else if let interval = IntervalName(rawValue: name) {
        self = .interval(interval, try Threshold.Aggregate(text: rest, of: name, refuse: refuse))
      } else {
        throw refuse(Self.unknown(name))
      }
    }
  }

  /// Reads the name of a figure alone, as in `completion.p(95)`.
  /// - Throws: `UnitError` that says what is wrong with it.
  package init(figure text: String) throws {
    try self.init(text: text.filter { !$0.isWhitespace }) { UnitError(expected: "a figure", found: text, remedy: $0) }
  }

  /// The suffixes that a figure other than a duration can have; `nil` where there is no such figure.
  private static func looks(at name: String) -> [String]? {
    switch name {
    case "errors": ["rate", "count"]
    case "polls": ["rate", "errors.rate", "errors.count"]
    case "served": ["alive", "cpu"]
    case _ where counts.contains(name): ["count"] + (rates.contains(name) || shares.contains(name) ? ["rate"] : [])
    case _ where rates.contains(name): ["rate"]
    default: nil
    }
  }

  private static func unknown(_ name: String) -> String {
    let durations = LatencyName.allCases.map(\.rawValue) + IntervalName.allCases.map(\.rawValue)
    let all = durations + counts + rates.filter { !counts.contains($0) } + ["errors"]
    if let nearest = Spelling.nearest(to: name, among: all) { return "there is no figure '\(name)': did you mean '\(nearest)'?" }
    return "there is no figure '\(name)': there are \(durations.joined(separator: ", ")), errors, polls, offered, requests, and the counts "
      + counts.joined(separator: ", ")
  }

  /// Reads the limit in the figure's own unit; returns seconds, a fraction, a rate per second, or a count.
  func limit(_ text: String, refuse: (String) -> UnitError) throws -> Double {
    switch self {
    case .latency, .interval, .servedCPU:
      do { return try Duration(text: text).seconds } catch { throw refuse("its limit: \(error)") }
    case .errorRate, .pollErrorRate, .share:
      do { return try Share(text: text).fraction } catch { throw refuse("its limit: \(error)") }
    case .rate:
      if text == "0" || text == "0/s" { return 0 }
      do { return try Rate(text: text).perSecond } catch { throw refuse("its limit: \(error)") }
    case .orders, .errorCount, .pollErrorCount, .readings, .servedAlive:
      guard let count = Int(text), count >= 0 else { throw refuse("its limit '\(text)' is no count: write a whole number, as in 0") }
      return Double(count)
    }
  }

  /// The unit of the figure, and therefore of the limit.
  package var unit: FigureUnit {
    switch self {
    case .latency, .interval, .servedCPU: .seconds
    case .errorRate, .pollErrorRate, .share: .share
    case .rate: .perSecond
    case .orders, .errorCount: .orders
    case .pollErrorCount, .readings, .servedAlive: .number
    }
  }
}

extension Threshold.Aggregate {
  fileprivate init(text: String?, of name: String, refuse: (String) -> UnitError) throws {
    switch text {
    case "min": self = .min
    case "max": self = .max
    case "mean", "avg": self = .mean
    case "med": self = .percentile(.p50)
    case .some(let text) where text.hasPrefix("p(") && text.hasSuffix(")"):
      guard let quantile = Quantile(percent: text.dropFirst(2).dropLast()) else {
        throw refuse("'\(text)' is no percentile: write it as in p(99) or p(99.9), above 0 and at most 100")
      }
      self = .percentile(quantile)
    default:
      let found = text.map { "'\($0)' is none of them" } ?? "it says none"
      throw refuse("\(name) is looked at by min, mean, med, max or p(N), and \(found): write it as in \(name).p(99)")
    }
  }
}
