extension Summary {
  /// What became of every order. The three sums are those of `conserved`.
  struct Orders: Codable, Sendable, Equatable {
    var scheduled = 0
    /// Due, and never handed to a connection.
    var notSent = 0
    var submitted = 0
    var accepted = 0
    var rejected = 0
    /// Not one byte of the request was handed to the kernel.
    var errored = 0
    /// May or may not exist: a 5xx, a reset, a timeout, half an answer.
    var ambiguous = 0
    var completed = 0
    var cancelled = 0
    var failed = 0
    /// The sum of the five that follow.
    var unfinished = 0
    var timedOut = 0
    var runEnd = 0
    /// Acknowledged, and later said not to exist.
    var lost = 0
    var unknownStatus = 0
    /// Accepted without a usable id, or not followed.
    var untracked = 0
    /// Requests to create an order; more than `submitted` only where retries were asked for.
    var attempts = 0

    /// Whether no order is missing, and none is counted twice.
    var conserved: Bool {
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
  struct Rates: Codable, Sendable, Equatable {
    /// Orders that were due.
    @Explicit var offered: Double?
    @Explicit var accepted: Double?
    @Explicit var completed: Double?
    @Explicit var polls: Double?
    /// All requests, of every kind.
    @Explicit var requests: Double?
    @Explicit var completedWholeRun: Double?
    @Explicit var pollsWholeRun: Double?

    enum CodingKeys: String, CodingKey {
      case offered, accepted, completed, polls, requests
      case completedWholeRun = "completed_whole_run"
      case pollsWholeRun = "polls_whole_run"
    }
  }

  /// Failed requests of one phase, kind and status.
  struct ErrorCount: Codable, Sendable, Equatable {
    /// What was being done: `create`, `poll`, `metrics`, …
    var phase: String
    /// `dns`, `refused`, `connect_timeout`, `tls`, `reset`, `closed`, `timeout`, `bad_response` or `http_status`.
    var kind: String
    @Explicit var status: Int?
    var count: Int
    /// The first of them, in the server's words: never to be trusted.
    @Explicit var example: String?
  }

  /// One order that is worth a look: among the slowest, lost or contradictory.
  struct Exemplar: Codable, Sendable, Equatable {
    @Explicit var orderID: String?
    var reason: String
    @Explicit var events: [Event]

    struct Event: Codable, Sendable, Equatable {
      /// Seconds since the run began.
      var t: Double
      var what: String
    }

    enum CodingKeys: String, CodingKey {
      case orderID = "order_id"
      case reason, events
    }
  }
}
