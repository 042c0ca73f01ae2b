extension Summary {
  package struct Run: Codable, Sendable, Equatable {
    package var id: String
    /// As text: a JSON number loses a 64-bit seed's last digits in many readers.
    package var seed: String
    package var scenarioHash: String
    @Explicit package var labels: [String: String]
    package var target: Target
    /// Which part of a plan this was, as `i/n`; `1/1` is all of it.
    package var share: String
    /// RFC 3339, in UTC.
    package var startedAt: String
    /// The whole run: from the load's beginning to the end of the drain, in seconds.
    package var duration: Double
    package var warmup: Double
    /// What rates are counted over: from the end of the warm-up to the end of the load's plan (open), or until its last create was answered
    /// or given up (closed). Seconds.
    package var loadWindow: Double
    /// How long orders were still followed after that. Seconds.
    package var drainWindow: Double
    /// The program that `--serve` started.
    @Explicit package var served: Served?
    /// What every create was answered, in words, where none was accepted and all were refused in the same way.
    @Explicit package var refusal: String? = nil
    /// When the first order was due, in seconds since the run began; readings of the metrics come before it.
    @Explicit package var loadBegan: Double? = nil

    enum CodingKeys: String, CodingKey {
      case id, seed
      case scenarioHash = "scenario_hash"
      case labels, target, share
      case startedAt = "started_at"
      case duration, warmup
      case loadWindow = "load_window"
      case drainWindow = "drain_window"
      case served, refusal
      case loadBegan = "load_began"
    }
  }

  package struct Target: Codable, Sendable, Equatable {
    package var url: String
    /// What the server says of itself, where it does.
    @Explicit package var version: String?
  }

  package struct Served: Codable, Sendable, Equatable {
    package var command: String
    /// How it ended, in words.
    @Explicit package var exit: String?

    package init(command: String, exit: String?) {
      self.command = command
      self.exit = exit
    }
  }

  package struct Environment: Codable, Sendable, Equatable {
    package var os: String
    package var cores: Int
    package var toolVersion: String

    enum CodingKeys: String, CodingKey {
      case os, cores
      case toolVersion = "tool_version"
    }
  }

  /// What the load generator was itself able to do.
  package struct Generator: Codable, Sendable, Equatable {
    /// Whether no verdict hangs on the generator's own lag.
    package var valid: Bool
    /// Why it is not valid, in sentences.
    @Explicit package var reasons: [String]
    @Explicit package var cpuSeconds: Double?
    @Explicit package var peakMemoryBytes: Int?
    /// The part of the time in which the busiest event loop had the processor while there were orders, from 0 to 1.
    @Explicit package var busyShare: Double?
    package var eventLoops: Int

    enum CodingKeys: String, CodingKey {
      case valid, reasons
      case cpuSeconds = "cpu_seconds"
      case peakMemoryBytes = "peak_memory_bytes"
      case busyShare = "busy_share"
      case eventLoops = "event_loops"
    }
  }
}
