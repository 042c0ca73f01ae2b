extension Summary {
  /// Whether what the server says about itself can be true (docs/measurement.md, "Claims of the server").
  package struct Audit: Codable, Sendable, Equatable {
    package var verdict: AuditVerdict
    package var assumptions: Assumptions
    /// How many readings of the metrics were made.
    package var samples: Int
    @Explicit package var checks: [Check]
    /// The one defect that alone explains every contradiction; `nil` where there is none, or more than one would, or none is known that does.
    @Explicit package var cause: Cause?
  }

  /// Why figures are wrong (docs/measurement.md, "Causes").
  package struct Cause: Codable, Sendable, Equatable {
    /// As in `late`, `counted_twice`.
    package var kind: String
    /// The names of the claims that it is about; empty: all of them.
    @Explicit package var figures: [String]
    /// As a clause.
    package var sentence: String
  }

  /// Contradicted or unexplained where any check is, consistent where at least one check is, otherwise not available.
  package enum AuditVerdict: String, Codable, Sendable, CaseIterable {
    case consistent, contradicted, unexplained
    case notAvailable = "not_available"
  }

  /// What was taken for granted, each as a word or as a value with its unit.
  package struct Assumptions: Codable, Sendable, Equatable {
    /// `declared`, `denied` or `inferred`.
    @Explicit package var exclusive: String?
    @Explicit package var snapshot: String?
    @Explicit package var final: String?
    @Explicit package var requeue: String?
    @Explicit package var readYourWrites: String?
    @Explicit package var clockRate: String?
    @Explicit package var maxAge: String?

    enum CodingKeys: String, CodingKey {
      case exclusive, snapshot, final, requeue
      case readYourWrites = "read_your_writes"
      case clockRate = "clock_rate"
      case maxAge = "max_age"
    }
  }

  /// One claim of the server, and the bounds within which it could be true.
  package struct Check: Codable, Sendable, Equatable {
    package var name: String
    /// What the claim says, in words.
    @Explicit package var meaning: String
    @Explicit package var unit: FigureUnit?
    /// The claim in the reading that this check shows: the worst one, or else the last.
    @Explicit package var claimed: Double?
    /// The claim as the server wrote it.
    @Explicit package var claimedText: String?
    @Explicit package var lower: Double?
    /// `nil`: unbounded.
    @Explicit package var upper: Double?
    /// The smallest lie that could have been seen, in the check's unit.
    @Explicit package var resolution: Double?
    package var verdict: CheckVerdict
    package var samples: Int
    /// How many readings were outside of their bounds.
    package var outside: Int
    /// When the first reading outside was made, in seconds since the run began.
    @Explicit package var firstAt: Double?
    /// How far the worst reading was outside, in the check's unit.
    @Explicit var worstBy: Double?
    /// The finding in words.
    @Explicit package var sentence: String
    /// Readings spread over the run, at most 720.
    @Explicit package var series: [Reading]

    enum CodingKeys: String, CodingKey {
      case name, meaning, unit, claimed
      case claimedText = "claimed_text"
      case lower, upper, resolution, verdict, samples, outside
      case firstAt = "first_at"
      case worstBy = "worst_by"
      case sentence, series
    }
  }

  /// The verdict on one claim (docs/measurement.md, "Claims of the server").
  package enum CheckVerdict: String, Codable, Sendable, CaseIterable {
    case consistent, contradicted, unexplained
    case notCheckable = "not_checkable"
  }

  /// One reading of a claim, written as `[t, claimed, lower, upper]`.
  package struct Reading: Codable, Sendable, Equatable {
    /// Seconds since the run began.
    package var t: Double
    package var claimed: Double?
    package var lower: Double?
    /// `nil`: unbounded.
    package var upper: Double?

    package init(t: Double, claimed: Double?, lower: Double?, upper: Double?) {
      self.t = t
      self.claimed = claimed
      self.lower = lower
      self.upper = upper
    }

    package init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      t = try container.decode(Double.self)
      claimed = try container.decode(Double?.self)
      lower = try container.decode(Double?.self)
      upper = try container.decode(Double?.self)
    }

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.unkeyedContainer()
      try container.encode(t)
      for value in [claimed, lower, upper] { try container.encode(Explicit(wrappedValue: value)) }
    }
  }
}
