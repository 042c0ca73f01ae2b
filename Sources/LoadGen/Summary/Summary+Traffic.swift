extension Summary {
  /// What became of one kind of request beside plain orders and their polls.
  package struct Traffic: Codable, Sendable, Equatable {
    /// `cancel`, `duplicate`, `invalid`, `list`, `order_metrics`, `register`, `login`, `refresh`.
    package var kind: String
    /// Those that were answered or given up.
    package var requests: Int
    /// Answered as the dialect says that they must be.
    package var asExpected: Int
    /// Answered as they must not be: a duplicate or an invalid order was taken, a cancelled order went on.
    package var contrary: Int
    /// Answered otherwise, or not at all.
    package var unclear: Int

    enum CodingKeys: String, CodingKey {
      case kind, requests
      case asExpected = "as_expected"
      case contrary, unclear
    }

    static func list(_ counts: TrafficCounts) -> [Traffic] {
      counts.kinds.map { what in
        let count = counts[what]
        return Traffic(
          kind: what.rawValue, requests: count.all, asExpected: count.asExpected, contrary: count.contrary, unclear: count.unclear)
      }
    }
  }
}
