extension Summary {
  /// The run, cut into pieces of equal length, never more than 720.
  package struct Blocks: Codable, Sendable, Equatable {
    /// The length of each piece.
    package var seconds: Int
    /// By rising `t`; pieces in which nothing happened may be missing.
    package var items: [Block]
  }

  /// What happened within one block's length from `t` on.
  package struct Block: Codable, Sendable, Equatable {
    /// Unix time in seconds, a multiple of the block length.
    package var t: Int
    package var scheduled = 0
    package var submitted = 0
    package var accepted = 0
    package var rejected = 0
    package var errored = 0
    package var ambiguous = 0
    /// Orders whose earliest possible end is in this block. Added up from the first block on: no more can have ended by its end.
    package var completedEarliest = 0
    /// Orders whose latest possible end is in this block. Added up from the first block on: no fewer have ended by its end.
    package var completedLatest = 0
    package var polls = 0
    /// The greatest slip, in seconds.
    @Explicit package var slipMax: Double?
    /// The `accept` latencies of the orders that were due in this block.
    package var accept: [Pair] = []
    /// The ends of the `completion` of the completed orders that were due in this block.
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
