extension Summary {
  /// What happened to each order. The counts satisfy the equations in `conserved`.
  package struct Orders: Codable, Sendable, Equatable {
    package var scheduled = 0
    /// Due, but never written to a connection.
    package var notSent = 0
    package var submitted = 0
    package var accepted = 0
    package var rejected = 0
    /// Not one byte of the request was handed to the kernel.
    package var errored = 0
    /// May or may not exist, after a 5xx, a reset, a timeout, or half an answer.
    package var ambiguous = 0
    package var completed = 0
    package var cancelled = 0
    package var failed = 0
    /// The sum of the following five.
    package var unfinished = 0
    /// No answer by `--order-timeout` said that they had ended.
    package var timedOut = 0
    /// Not ended when the run did; without following orders, all that were accepted with an id.
    package var runEnd = 0
    /// Acknowledged, but later said not to exist.
    package var lost = 0
    package var unknownStatus = 0
    /// Acknowledged without a usable id, and therefore not followed.
    package var untracked = 0
    /// How often the creation of an order was requested; more than `submitted` only where creates whose token was refused were sent again.
    package var attempts = 0

    /// Whether every order is counted, and none twice (docs/measurement.md, "Conservation").
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

  /// Per second, over the load window (`run.load_window`), or, where the name says so, over the whole run (`run.duration`); `nil` where
  /// that time is empty.
  package struct Rates: Codable, Sendable, Equatable {
    /// Orders that were due.
    @Explicit package var offered: Double?
    @Explicit package var accepted: Double?
    @Explicit package var completed: Double?
    @Explicit package var polls: Double?
    /// Requests of every kind, except readings of the metrics and logins before the load.
    @Explicit package var requests: Double?
    @Explicit package var completedWholeRun: Double?
    @Explicit package var pollsWholeRun: Double?

    enum CodingKeys: String, CodingKey {
      case offered, accepted, completed, polls, requests
      case completedWholeRun = "completed_whole_run"
      case pollsWholeRun = "polls_whole_run"
    }
  }

  /// Failed requests of the same phase, kind and status.
  package struct ErrorCount: Codable, Sendable, Equatable {
    /// The kind of request: `create`, `poll`, `metrics`, …
    package var phase: String
    /// `dns`, `refused`, `connect_timeout`, `tls`, `reset`, `closed`, `timeout`, `bad_response` or `http_status`.
    package var kind: String
    @Explicit package var status: Int?
    package var count: Int
    /// What the first of them said, in the server's own words: never to be trusted.
    @Explicit package var example: String?
  }

  /// An order that is worth looking at: among the slowest, lost, or contradictory.
  package struct Exemplar: Codable, Sendable, Equatable {
    @Explicit package var orderID: String?
    package var reason: String
    @Explicit package var events: [Event]

    /// Something that happened to the order.
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
