extension Summary {
  /// What following the orders cost, over the whole run. The gaps that were kept are in `latency`: `poll_gap`, beside `poll_gap_asked`.
  struct Polls: Codable, Sendable, Equatable {
    /// Polls that were sent; where a list is searched, its pages.
    var count: Int
    /// All requests but readings of the metrics.
    var requests: Int
    /// The polls' share of them, from 0 to 1; `nil` where there were none.
    @Explicit var share: Double?
    /// How many polls came later than was asked for, by why: `cap`, `connection`, `answer`, `retry_after`, `generator`. One may be counted
    /// under several.
    @Explicit var delayed: [String: Int]
  }
}

extension Summary.Polls {
  init(_ ledger: Ledger) {
    var delayed: [String: Int] = [:]
    for cause in PollDelay.allCases where ledger.pollGaps[cause] > 0 { delayed[cause.rawValue] = ledger.pollGaps[cause] }
    self.init(
      count: ledger.polls, requests: ledger.requests,
      share: ledger.requests > 0 ? Double(ledger.polls) / Double(ledger.requests) : nil, delayed: delayed)
  }
}
