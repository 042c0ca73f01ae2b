extension Summary {
  /// Whether what the server says of itself can be true.
  struct Audit: Codable, Sendable, Equatable {
    var verdict: AuditVerdict
    var assumptions: Assumptions
    /// How many readings of the metrics there were.
    var samples: Int
    @Explicit var checks: [Check]
  }

  enum AuditVerdict: String, Codable, Sendable, CaseIterable {
    case consistent, contradicted, unexplained
    case notAvailable = "not_available"
  }

  /// What was taken for granted, each in a word or with its value.
  struct Assumptions: Codable, Sendable, Equatable {
    /// `declared`, `denied` or `inferred`.
    @Explicit var exclusive: String?
    @Explicit var snapshot: String?
    @Explicit var final: String?
    @Explicit var requeue: String?
    @Explicit var readYourWrites: String?
    @Explicit var clockRate: String?
    @Explicit var maxAge: String?

    enum CodingKeys: String, CodingKey {
      case exclusive, snapshot, final, requeue
      case readYourWrites = "read_your_writes"
      case clockRate = "clock_rate"
      case maxAge = "max_age"
    }
  }

  /// One claim, against what it could have been.
  struct Check: Codable, Sendable, Equatable {
    var name: String
    /// What the claim says, in words.
    @Explicit var meaning: String
    @Explicit var unit: FigureUnit?
    /// The claim at the reading that this check shows: the worst one, else the last.
    @Explicit var claimed: Double?
    /// The claim as the server wrote it.
    @Explicit var claimedText: String?
    @Explicit var lower: Double?
    /// `nil`: unbounded.
    @Explicit var upper: Double?
    /// The smallest lie that could have been seen.
    @Explicit var resolution: Double?
    var verdict: CheckVerdict
    var samples: Int
    /// How many readings lay outside.
    var outside: Int
    /// When the first of them was made, in seconds since the run began.
    @Explicit var firstAt: Double?
    /// How far the worst of them lay outside.
    @Explicit var worstBy: Double?
    /// The finding in words.
    @Explicit var sentence: String
    /// Readings over the run, at most 720.
    @Explicit var series: [Reading]

    enum CodingKeys: String, CodingKey {
      case name, meaning, unit, claimed
      case claimedText = "claimed_text"
      case lower, upper, resolution, verdict, samples, outside
      case firstAt = "first_at"
      case worstBy = "worst_by"
      case sentence, series
    }
  }

  enum CheckVerdict: String, Codable, Sendable, CaseIterable {
    case consistent, contradicted, unexplained
    case notCheckable = "not_checkable"
  }

  /// One reading of a claim. Written as `[t, claimed, lower, upper]`.
  struct Reading: Codable, Sendable, Equatable {
    /// Seconds since the run began.
    var t: Double
    var claimed: Double?
    var lower: Double?
    /// `nil`: unbounded.
    var upper: Double?

    init(t: Double, claimed: Double?, lower: Double?, upper: Double?) {
      self.t = t
      self.claimed = claimed
      self.lower = lower
      self.upper = upper
    }

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      t = try container.decode(Double.self)
      claimed = try container.decode(Double?.self)
      lower = try container.decode(Double?.self)
      upper = try container.decode(Double?.self)
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.unkeyedContainer()
      try container.encode(t)
      for value in [claimed, lower, upper] { try container.encode(Explicit(wrappedValue: value)) }
    }
  }
}
