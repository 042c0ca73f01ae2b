extension Summary {
  /// A rule, and what was observed.
  struct Threshold: Codable, Sendable, Equatable {
    /// As it was written: `accept.p(99)<50ms`.
    var expression: String
    /// Whether it is there without having been asked for.
    var implicit: Bool
    @Explicit var unit: FigureUnit?
    /// What the figure is at least; the same as `upper` where it is known exactly.
    @Explicit var lower: Double?
    /// What the figure is at most; `nil`: unbounded.
    @Explicit var upper: Double?
    var verdict: ThresholdVerdict
    /// When it was first known to fail, in seconds since the run began.
    @Explicit var firstAt: Double?
    /// What a reader should know beside: why it is undecided, what would decide it.
    @Explicit var note: String

    enum CodingKeys: String, CodingKey {
      case expression, implicit, unit, lower, upper, verdict
      case firstAt = "first_at"
      case note
    }
  }

  enum ThresholdVerdict: String, Codable, Sendable, CaseIterable {
    case pass, fail, undecided
  }

  /// What a figure is counted in, so that it can be printed.
  enum FigureUnit: String, Codable, Sendable, CaseIterable {
    case seconds
    case orders
    /// Of a whole: 0.01 is printed as 1 %.
    case share
    case perSecond = "per_second"
    /// Anything else that is a plain number.
    case number
  }
}
