extension Summary {
  /// A rule, and what was observed.
  package struct Threshold: Codable, Sendable, Equatable {
    /// As it was written: `accept.p(99)<50ms`.
    package var expression: String
    /// Whether the rule is implicit: it applies without having been asked for.
    package var implicit: Bool
    @Explicit package var unit: FigureUnit?
    /// The least that the figure can be; equal to `upper` where the figure is known exactly. In the rule's unit.
    @Explicit package var lower: Double?
    /// The most that the figure can be; `nil`: unbounded. In the rule's unit.
    @Explicit package var upper: Double?
    package var verdict: ThresholdVerdict
    /// When the first block began that certainly breaks the rule by itself, in seconds since the run began; `nil` where blocks do not show
    /// it.
    @Explicit package var firstAt: Double?
    /// What else a reader should know: why the rule is undecided, and what would decide it, or what to do about it.
    @Explicit package var note: String
    /// How sure the run is of it; only for a percentile that is to lie below something.
    package var certainty: Certainty? = nil

    enum CodingKeys: String, CodingKey {
      case expression, implicit, unit, lower, upper, verdict
      case firstAt = "first_at"
      case note, certainty
    }
  }

  /// `undecided` where the rule holds at one end of the figure's bounds and fails at the other, or only our own lag makes it fail.
  package enum ThresholdVerdict: String, Codable, Sendable, CaseIterable {
    case pass, fail, undecided
  }
}
