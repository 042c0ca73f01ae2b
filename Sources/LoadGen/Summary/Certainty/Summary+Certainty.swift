extension Summary {
  /// How sure a run is of a threshold on a percentile, whatever was observed of it (docs/measurement.md, "A percentile's confidence").
  package struct Certainty: Codable, Sendable, Equatable {
    package enum Word: String, Codable, Sendable, CaseIterable {
      case holds, fails, undecided
    }

    /// How sure it is to be, as a fraction.
    package var confidence: Double
    package var word: Word
    /// How many durations there are, those that never came to their end included.
    package var count: Int
    /// How many of them lie beyond the limit at least.
    package var beyondLower: Int
    /// How many of them may lie beyond it.
    package var beyondUpper: Int
    /// How many independent ones they are worth; `nil` where the run is too short to tell, or none lies beyond the limit although those that
    /// are slow come together.
    @Explicit package var effective: Double?
    /// About how many would decide it; `nil` where it is decided, or that cannot be told.
    @Explicit package var needed: Int?

    enum CodingKeys: String, CodingKey {
      case confidence, word, count
      case beyondLower = "beyond_lower"
      case beyondUpper = "beyond_upper"
      case effective, needed
    }
  }
}
