extension Summary {
  /// The run cut into pieces of equal length, never more than 720.
  package struct Blocks: Codable, Sendable, Equatable {
    /// The length of each.
    package var seconds: Int
    /// By rising `t`; pieces in which nothing happened may be left out.
    package var items: [Block]
  }

  /// What happened from `t` to `t` and the blocks' length.
  package struct Block: Codable, Sendable, Equatable {
    /// Seconds since the epoch, a multiple of the blocks' length.
    package var t: Int
    package var scheduled = 0
    package var submitted = 0
    package var accepted = 0
    package var rejected = 0
    package var errored = 0
    package var ambiguous = 0
    /// Orders whose earliest possible end lies here. Summed up from the start: no more can have ended.
    package var completedEarliest = 0
    /// Orders whose latest possible end lies here. Summed up from the start: no fewer have ended.
    package var completedLatest = 0
    package var polls = 0
    /// Seconds.
    @Explicit package var slipMax: Double?
    /// `accept` of the orders that were due here.
    package var accept: [Pair] = []
    /// The ends of `completion` of the completed orders that were due here.
    package var completionLower: [Pair] = []
    package var completionUpper: [Pair] = []

    enum CodingKeys: String, CodingKey {
      case t, scheduled, submitted, accepted, rejected, errored, ambiguous
      case completedEarliest = "completed_earliest"
      case completedLatest = "completed_latest"
      case polls
      case slipMax = "slip_max"
      case accept
      case completionLower = "completion_lower"
      case completionUpper = "completion_upper"
    }
  }
}
