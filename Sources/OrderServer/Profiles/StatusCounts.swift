import Shared

/// The counts by status in a profile's metrics. Cancelled and failed orders, which its original never had, are counted only where there are
/// any: a client that knows only the original reads what it always has, and the counts still sum to the total.
struct StatusCounts: Sendable {
  /// The name of a status's count.
  var name: @Sendable (OrderStatus) -> String
  /// The statuses that are counted even where there are none, in the order of the original.
  var always: [OrderStatus] = [.pending, .processing, .completed]

  private var sometimes: [OrderStatus] { OrderStatus.allCases.filter { !always.contains($0) } }

  /// The counts as the API's description has them.
  var schema: [Schema.Member] {
    always.map { Schema.Member(name: name($0), schema: .count) }
      + sometimes.map { Schema.Member(name: name($0), schema: .integer(from: 1), isRequired: false) }
  }

  /// The counts that the metrics show.
  func members(_ tallies: Tallies) -> [JSON.Member] {
    (always + sometimes.filter { tallies[$0] > 0 }).map { JSON.Member(name: name($0), value: .integer(tallies[$0])) }
  }
}
