extension Summary {
  /// What following the orders cost, over the whole run. The gaps that were kept are in `latency`: `poll_gap`, beside `poll_gap_asked`.
  package struct Polls: Codable, Sendable, Equatable {
    /// Polls that were sent; where a list is searched, its pages.
    package var count: Int
    /// All requests but readings of the metrics.
    var requests: Int
    /// The polls' share of them, from 0 to 1; `nil` where there were none.
    @Explicit package var share: Double?
    /// How many polls came later than was asked for, by why: `cap`, `connection`, `answer`, `retry_after`, `generator`. One may be counted
    /// under several.
    @Explicit package var delayed: [String: Int]
    /// Between which ends a gap that adapts was asked for, before any jitter; `nil` where gaps are fixed.
    @Explicit package var adapted: Adapted? = nil
    /// The sums of service times, in seconds, the warm-up's included; `nil` in a summary from before they were kept.
    @Explicit package var service: Service? = nil

    package struct Adapted: Codable, Sendable, Equatable {
      /// In seconds.
      package var shortest: Double
      package var longest: Double
    }

    package struct Service: Codable, Sendable, Equatable {
      /// Of all creates.
      package var creates: Double
      /// Of all polls.
      package var polls: Double
      /// Of those that had ended when the last create was answered.
      package var pollsWhileCreating: Double
      /// How many creates found every connection for creates taken.
      package var createsQueued: Int

      enum CodingKeys: String, CodingKey {
        case creates, polls
        case pollsWhileCreating = "polls_while_creating"
        case createsQueued = "creates_queued"
      }
    }
  }
}

extension Summary.Polls {
  init(_ ledger: Ledger) {
    var delayed: [String: Int] = [:]
    for cause in PollDelay.allCases where ledger.pollGaps[cause] > 0 { delayed[cause.rawValue] = ledger.pollGaps[cause] }
    let times = ledger.service
    self.init(
      count: ledger.polls, requests: ledger.requests,
      share: ledger.requests > 0 ? Double(ledger.polls) / Double(ledger.requests) : nil, delayed: delayed,
      adapted: ledger.pollGaps.adapted.map { Adapted(shortest: Double($0.lowerBound) / 1e9, longest: Double($0.upperBound) / 1e9) },
      service: Service(
        creates: times.creates / 1e9, polls: times.polls / 1e9, pollsWhileCreating: times.pollsWhileCreating / 1e9,
        createsQueued: times.createsQueued))
  }
}
