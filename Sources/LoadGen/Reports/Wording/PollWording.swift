import LoadRun

extension Summary {
  /// By which factor the median gap between polls may exceed the one asked for before the reasons are given.
  static let widestPollGap = 1.5

  /// As in `62% of all requests were polls`, over the whole run; `nil` where nothing was polled.
  var pollShareWording: String? {
    guard let polls, polls.count > 0, let share = polls.share else { return nil }
    return "\(Figure.share(share)) of all requests were polls"
  }

  /// A warning that orders were polled less often than asked for, and why; `nil` where they were not.
  var pollGapWarning: String? {
    guard let kept = latency(.pollGap)?.values.p50, let asked = latency(.pollGapAsked)?.values.p50, kept > asked * Self.widestPollGap
    else { return nil }
    let what = "Polls of an order came \(Figure.seconds(kept)) apart in the median, where \(Figure.seconds(asked)) was asked for"
    let why = pollDelays
    return why.isEmpty ? what + "." : "\(what): of \(Figure.count(polls?.count ?? 0)) polls \(why.joined(separator: ", "))."
  }

  /// The causes that affected at least one poll in ten, the most frequent first.
  private var pollDelays: [String] {
    guard let polls else { return [] }
    let counts = PollDelay.allCases.map { ($0, polls.delayed[$0.rawValue] ?? 0) }
    return counts.filter { $0.1 > 0 && $0.1 >= polls.count / 10 }.sorted { $0.1 > $1.1 }
      .map { cause, count in "\(Figure.count(count)) \(cause.words)" }
  }
}

extension PollDelay {
  /// What happened to the polls that this held up, as the end of a sentence.
  var words: String {
    switch self {
    case .cap: "waited for their turn under --max-polls"
    case .connection: "waited for a free connection"
    case .answer: "were due before the last answer had come"
    case .retryAfter: "were put off by the target's Retry-After"
    case .generator: "were taken up late by loadgen itself"
    }
  }
}
