extension Summary {
  /// Which run this was, and of what.
  package struct Run: Codable, Sendable, Equatable {
    package var id: String
    /// A string, because many readers would lose the last digits of a 64-bit JSON number.
    package var seed: String
    package var scenarioHash: String
    @Explicit package var labels: [String: String]
    package var target: Target
    /// Which share of a plan this run carried out, as `i/n`; `1/1` is the whole plan.
    package var share: String
    /// RFC 3339, in UTC.
    package var startedAt: String
    /// The whole run, from the load's beginning to the end of the drain, in seconds.
    package var duration: Double
    package var warmup: Double
    /// What rates are counted over, in seconds: from the end of the warm-up to the end of the load's plan (open load), or until the last
    /// create was answered or given up (closed load).
    package var loadWindow: Double
    /// How long orders were followed after the load window, in seconds.
    package var drainWindow: Double
    /// The program that `--serve` started; `nil` where there was none.
    @Explicit package var served: Served?
    /// How every create was refused, in words, where none was accepted and all refusals were the same.
    @Explicit package var refusal: String? = nil
    /// When the load began, in seconds since the run began; the first readings of the metrics come before it.
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

  /// Where the orders were sent.
  package struct Target: Codable, Sendable, Equatable {
    package var url: String
    /// The version that the server states, if it does.
    @Explicit package var version: String?
  }

  /// The program that was started for the run; its command without secrets.
  package struct Served: Codable, Sendable, Equatable {
    package var command: String
    /// How it ended, in words.
    @Explicit package var exit: String?
    /// The processor time that it and what it had started took from its being ready to the run's end, in seconds; `nil` where the system does
    /// not tell.
    @Explicit package var cpuSeconds: Double?

    package init(command: String, exit: String?, cpuSeconds: Double? = nil) {
      self.command = command
      self.exit = exit
      self.cpuSeconds = cpuSeconds
    }

    enum CodingKeys: String, CodingKey {
      case command, exit
      case cpuSeconds = "cpu_seconds"
    }
  }

  /// The machine that the load generator ran on.
  package struct Environment: Codable, Sendable, Equatable {
    package var os: String
    package var cores: Int
    package var toolVersion: String

    enum CodingKeys: String, CodingKey {
      case os, cores
      case toolVersion = "tool_version"
    }
  }

  /// How the load generator itself fared.
  package struct Generator: Codable, Sendable, Equatable {
    /// Whether no verdict depends on the generator's own lag or limits.
    package var valid: Bool
    /// Why the run is not valid, in sentences; empty where it is.
    @Explicit package var reasons: [String]
    @Explicit package var cpuSeconds: Double?
    @Explicit package var peakMemoryBytes: Int?
    /// The fraction of the time that the busiest event loop had the processor, while there were orders, from 0 to 1.
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
