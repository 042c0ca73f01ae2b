extension Summary {
  /// A rule, and what was observed.
  package struct Threshold: Codable, Sendable, Equatable {
    /// As it was written: `accept.p(99)<50ms`.
    package var expression: String
    /// Whether it is there without having been asked for.
    package var implicit: Bool
    @Explicit package var unit: FigureUnit?
    /// What the figure is at least; the same as `upper` where it is known exactly.
    @Explicit package var lower: Double?
    /// What the figure is at most; `nil`: unbounded.
    @Explicit package var upper: Double?
    package var verdict: ThresholdVerdict
    /// When it was first known to fail, in seconds since the run began.
    @Explicit package var firstAt: Double?
    /// What a reader should know beside: why it is undecided, what would decide it.
    @Explicit package var note: String

    enum CodingKeys: String, CodingKey {
      case expression, implicit, unit, lower, upper, verdict
      case firstAt = "first_at"
      case note
    }
  }

  package enum ThresholdVerdict: String, Codable, Sendable, CaseIterable {
    case pass, fail, undecided
  }
}
