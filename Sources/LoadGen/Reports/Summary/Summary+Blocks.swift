extension Summary {
  /// The run cut into pieces of equal length, never more than 720.
  struct Blocks: Codable, Sendable, Equatable {
    /// The length of each.
    var seconds: Int
    /// By rising `t`; pieces in which nothing happened may be left out.
    var items: [Block]
  }

  /// What happened from `t` to `t` and the blocks' length.
  struct Block: Codable, Sendable, Equatable {
    /// Seconds since the epoch, a multiple of the blocks' length.
    var t: Int
    var scheduled = 0
    var submitted = 0
    var accepted = 0
    var rejected = 0
    var errored = 0
    var ambiguous = 0
    /// Orders whose earliest possible end lies here. Summed up from the start: no more can have ended.
    var completedEarliest = 0
    /// Orders whose latest possible end lies here. Summed up from the start: no fewer have ended.
    var completedLatest = 0
    var polls = 0
    /// Seconds.
    @Explicit var slipMax: Double?
    /// `accept` of the orders that were due here.
    var accept: [Pair] = []
    /// The ends of `completion` of the completed orders that were due here.
    var completionLower: [Pair] = []
    var completionUpper: [Pair] = []

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
