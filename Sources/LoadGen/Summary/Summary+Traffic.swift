extension Summary {
  /// What happened to one kind of request other than plain orders and their polls.
  package struct Traffic: Codable, Sendable, Equatable {
    /// `cancel`, `duplicate`, `invalid`, `list`, `order_metrics`, `register`, `login`, `refresh`.
    package var kind: String
    /// How many of them were answered or given up.
    package var requests: Int
    /// How many were answered as the dialect says they must be.
    package var asExpected: Int
    /// How many were answered as they must not be: a duplicate or an invalid order was accepted, a cancelled order went on.
    package var contrary: Int
    /// How many were answered in another way, or not at all.
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
