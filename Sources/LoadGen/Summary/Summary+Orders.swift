extension Summary {
  /// What became of every order. The three sums are those of `conserved`.
  package struct Orders: Codable, Sendable, Equatable {
    package var scheduled = 0
    /// Due, and never handed to a connection.
    package var notSent = 0
    package var submitted = 0
    package var accepted = 0
    package var rejected = 0
    /// Not one byte of the request was handed to the kernel.
    package var errored = 0
    /// May or may not exist: a 5xx, a reset, a timeout, half an answer.
    package var ambiguous = 0
    package var completed = 0
    package var cancelled = 0
    package var failed = 0
    /// The sum of the five that follow.
    package var unfinished = 0
    package var timedOut = 0
    package var runEnd = 0
    /// Acknowledged, and later said not to exist.
    package var lost = 0
    package var unknownStatus = 0
    /// Accepted without a usable id, or not followed.
    package var untracked = 0
    /// Requests to create an order; more than `submitted` only where retries were asked for.
    package var attempts = 0

    /// Whether no order is missing, and none is counted twice.
    package var conserved: Bool {
      scheduled == submitted + notSent
        && submitted == accepted + rejected + errored + ambiguous
        && accepted == completed + cancelled + failed + unfinished
        && unfinished == timedOut + runEnd + lost + unknownStatus + untracked
    }

    enum CodingKeys: String, CodingKey {
      case scheduled
      case notSent = "not_sent"
      case submitted, accepted, rejected, errored, ambiguous, completed, cancelled, failed, unfinished
      case timedOut = "timed_out"
      case runEnd = "run_end"
      case lost
      case unknownStatus = "unknown_status"
      case untracked, attempts
    }
  }

  /// Per second, over the load window (`run.load_window`) unless the name says that it is over the whole run (`run.duration`); `nil` where
  /// that is empty.
  package struct Rates: Codable, Sendable, Equatable {
    /// Orders that were due.
    @Explicit package var offered: Double?
    @Explicit package var accepted: Double?
    @Explicit package var completed: Double?
    @Explicit package var polls: Double?
    /// All requests, of every kind.
    @Explicit package var requests: Double?
    @Explicit package var completedWholeRun: Double?
    @Explicit package var pollsWholeRun: Double?

    enum CodingKeys: String, CodingKey {
      case offered, accepted, completed, polls, requests
      case completedWholeRun = "completed_whole_run"
      case pollsWholeRun = "polls_whole_run"
    }
  }

  /// Failed requests of one phase, kind and status.
  package struct ErrorCount: Codable, Sendable, Equatable {
    /// What was being done: `create`, `poll`, `metrics`, …
    package var phase: String
    /// `dns`, `refused`, `connect_timeout`, `tls`, `reset`, `closed`, `timeout`, `bad_response` or `http_status`.
    package var kind: String
    @Explicit package var status: Int?
    package var count: Int
    /// The first of them, in the server's words: never to be trusted.
    @Explicit package var example: String?
  }

  /// One order that is worth a look: among the slowest, lost or contradictory.
  package struct Exemplar: Codable, Sendable, Equatable {
    @Explicit package var orderID: String?
    package var reason: String
    @Explicit package var events: [Event]

    package struct Event: Codable, Sendable, Equatable {
      /// Seconds since the run began.
      package var t: Double
      package var what: String
    }

    enum CodingKeys: String, CodingKey {
      case orderID = "order_id"
      case reason, events
    }
  }
}
