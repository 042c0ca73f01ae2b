import LoadRun

extension Summary.IntervalFigures {
  /// The distance between the two medians, in seconds; `nil` where one of them is unbounded or missing.
  var typicalWidth: Double? {
    guard let low = lower.p50, let high = upper.p50 else { return nil }
    return Swift.max(0, high - low)
  }
}

extension Summary {
  /// Why the times of followed orders are ranges, in one sentence; `nil` where no order was followed.
  var widthWording: String? {
    guard let figures = intervals(.completion) ?? intervals(.turnaround), figures.count > 0 else { return nil }
    let poll = scenario["poll"].map { ", polled \(pollWording(Legible.line($0, limit: 40)))" } ?? ""
    guard let width = figures.typicalWidth else {
      return "Each figure is a range, from the earliest to the latest that it can have been\(poll)."
    }
    return "Each figure is a range, from the earliest to the latest that it can have been: an order's end is known to about "
      + "\(Figure.seconds(width))\(poll)."
  }

  private func pollWording(_ poll: String) -> String {
    if let adapted = polls?.adapted {
      let gaps = Set([adapted.shortest, adapted.longest]).sorted().map { Figure.seconds($0) }.joined(separator: " to ")
      return "every \(gaps), as far apart as keeps polls cheaper than creates"
    }
    if poll.hasPrefix("every:") { return "every \(poll.dropFirst(6))" }
    return poll.contains(":") ? "by \(poll)" : "every \(poll)"
  }

  /// As in `3 censored`, the reason why a figure may be unbounded; `nil` where none are.
  static func censoredWording(_ censored: Int) -> String? { censored == 0 ? nil : "\(Figure.count(censored)) censored" }
}

extension Summary {
  /// How long orders took that were not followed, as far as the server's counts tell, in one sentence; `nil` where they were followed, or where
  /// there are no such counts.
  var endsByCountsWording: String? {
    guard let ends = endsByCounts else { return nil }
    let orders = "\(Figure.count(ends.orders)) order\(ends.orders == 1 ? "" : "s")"
    guard let lower = ends.meanLower, let upper = ends.meanUpper else {
      return "How long the \(orders) took can't be told by the server's counts: \(Legible.line(ends.obstacle ?? "", limit: 200))."
    }
    return "By the server's own counts the \(orders) took \(Figure.seconds(lower, .down))..\(Figure.seconds(upper, .up)) on average, "
      + "created → ended: a range as wide as its readings are apart."
  }
}

extension LatencyName {
  /// From which event to which event it is measured.
  var meaning: String {
    switch self {
    case .accept: "due → accepted"
    case .acceptService: "sent → accepted"
    case .reject: "due → refused"
    case .request: "sent → answered"
    case .pollGap: "sent → next sent"
    case .pollGapAsked: "by the policy"
    case .slip: "due → taken up, by us"
    case .connectionWait: "taken up → sent"
    case .loopLag: "wanted → woken, by us"
    }
  }

  var words: String { rawValue.replacing("_", with: " ") }
}

extension IntervalName {
  var meaning: String {
    switch self {
    case .completion: "created → completed"
    case .queueWait: "created → begun"
    case .processing: "begun → ended"
    case .turnaround: "due → ended"
    }
  }

  var words: String { rawValue.replacing("_", with: " ") }
}
