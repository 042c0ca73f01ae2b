extension Summary {
  /// How long orders that were not followed took, by how many had ended at each reading of the metrics.
  package struct EndsByCounts: Codable, Sendable, Equatable {
    /// How many orders it is about: all that were accepted, those of the warm-up too.
    package var orders: Int
    /// The least and the greatest that the mean from created to ended can be, in seconds; `nil` where they cannot be told.
    @Explicit package var meanLower: Double?
    @Explicit package var meanUpper: Double?
    /// Why they cannot be told, as a clause; `nil` where they can.
    @Explicit package var obstacle: String?

    enum CodingKeys: String, CodingKey {
      case orders
      case meanLower = "mean_lower"
      case meanUpper = "mean_upper"
      case obstacle
    }
  }
}

extension Summary.EndsByCounts {
  /// - Parameter creates: of orders that were not followed.
  /// - Returns: `nil` where there are none, or where the target never says how many have ended.
  init?(_ run: AuditedRun?, _ creates: CreateTimes) {
    guard creates.count > 0, let run, let ends = EndsByCounts(ClaimBounds(run), at: run.tallies.windows, creates) else { return nil }
    self.init(orders: ends.orders, meanLower: ends.mean?.lowerBound, meanUpper: ends.mean?.upperBound, obstacle: ends.obstacle)
  }
}
