import Shared

/// The counts by status of a profile's metrics. What its original never had, cancelled and failed orders, is there where there are any:
/// a reader that knows the original alone reads the same as always, and the counts that are there sum to the total.
struct StatusCounts: Sendable {
  /// What a status's count is called.
  var name: @Sendable (OrderStatus) -> String
  /// The statuses whose count is there even where it is 0, in the order of the original.
  var always: [OrderStatus] = [.pending, .processing, .completed]

  private var sometimes: [OrderStatus] { OrderStatus.allCases.filter { !always.contains($0) } }

  /// What the description says of them.
  var schema: [Schema.Member] {
    always.map { Schema.Member(name: name($0), schema: .count) }
      + sometimes.map { Schema.Member(name: name($0), schema: .integer(from: 1), isRequired: false) }
  }

  func members(_ tallies: Tallies) -> [JSON.Member] {
    (always + sometimes.filter { tallies[$0] > 0 }).map { JSON.Member(name: name($0), value: .integer(tallies[$0])) }
  }
}
