import Shared

/// The columns of the table `durations`: how many orders were completed within each limit (`DurationTally`), as `completion_5000`.
enum DurationColumns {
  private static let all: [(span: Dialect.Quantity.Span, place: Int)] = Dialect.Quantity.Span.allCases.flatMap { span in
    DurationTally.limits.indices.map { (span, $0) }
  }

  static let names = all.map { "\($0.span.rawValue)_\(DurationTally.limits[$0.place])" }
  static let list = names.joined(separator: ", ")
  /// `name = name + ?` for each.
  static let additions = names.map { "\($0) = \($0) + ?" }.joined(separator: ", ")

  /// The columns' declarations, each 0 at first.
  static func declarations(_ type: String) -> String { names.map { "\($0) \(type) NOT NULL DEFAULT 0" }.joined(separator: ", ") }

  /// Counts the orders that there are already, into the row of this place.
  static let fill = """
    INSERT INTO durations (place, \(list)) SELECT 0, \(all.map(count).joined(separator: ", ")) FROM orders WHERE status = 'completed'
    """

  private static func count(_ span: Dialect.Quantity.Span, _ place: Int) -> String {
    let start =
      switch span {
      case .processing: "coalesce(started_at, ended_at)"
      case .completion: "created_at"
      }
    return "count(CASE WHEN ended_at - \(start) <= \(DurationTally.limits[place]) THEN 1 END)"
  }

  /// The values of the columns, in their order.
  static func values(_ tallies: Tallies) -> [Int64] { all.map { tallies[times: $0.span].counts[$0.place] } }

  /// - Parameter column: the value of each, by its place among them.
  static func read(into tallies: inout Tallies, _ column: (Int) throws -> Int64) rethrows {
    for (index, (span, place)) in all.enumerated() { tallies[times: span].counts[place] = try column(index) }
  }
}
