extension Summary {
  /// What following the orders cost, over the whole run. The gaps as they were are in `latency.poll_gap`, those asked for in
  /// `latency.poll_gap_asked`.
  package struct Polls: Codable, Sendable, Equatable {
    /// How many polls were sent; where a list is searched, how many pages were asked for.
    package var count: Int
    /// How many requests of all kinds there were, except readings of the metrics.
    var requests: Int
    /// The polls' share of `requests`, from 0 to 1; `nil` where there were no requests.
    @Explicit package var share: Double?
    /// How many polls came later than asked for, by cause: `cap`, `connection`, `answer`, `retry_after`, `generator`. A poll may be counted
    /// under several causes.
    @Explicit package var delayed: [String: Int]
    /// The shortest and the longest gap that an adaptive policy asked for, before jitter; `nil` where gaps are fixed.
    @Explicit package var adapted: Adapted? = nil
    /// Sums of service times in seconds, including the warm-up; `nil` in a summary from before they were recorded.
    @Explicit package var service: Service? = nil

    /// The range of an adaptive gap.
    package struct Adapted: Codable, Sendable, Equatable {
      /// In seconds.
      package var shortest: Double
      package var longest: Double
    }

    /// What creates and polls cost the target (docs/measurement.md, "What polls cost").
    package struct Service: Codable, Sendable, Equatable {
      /// The service time of all creates.
      package var creates: Double
      /// The service time of all polls.
      package var polls: Double
      /// The service time of the polls that had ended when the last create was answered.
      package var pollsWhileCreating: Double
      /// How many creates had to wait because every connection for creates was in use.
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
