import Shared

/// What one transaction adds to the tallies, stored once at its end.
struct TallyChange {
  var tallies = Tallies()
  /// The latest stamp that was given.
  var latest = Timestamp(microseconds: 0)

  mutating func add(_ order: Order) {
    tallies.add(order)
    latest = max(latest, order.updatedAt)
  }

  /// Called last in a transaction: until its end, others that add to the same row wait.
  func save(over connection: any SQLConnection) throws {
    guard tallies != Tallies() else { return }
    let counts = OrderStatus.allCases.map { SQLValue.integer(tallies[$0]) }
    let place = SQLValue.integer(.random(in: 0..<Int64(Statements.tallyRows)))
    _ = try connection.execute(
      Statements.addToTallies,
      counts + [.integer(tallies.processing.sum), .integer(tallies.completion.sum), .integer(latest.microseconds), place])
    let durations = DurationColumns.values(tallies)
    guard durations.contains(where: { $0 != 0 }) else { return }
    _ = try connection.execute(Statements.addToDurations, durations.map(SQLValue.integer) + [place])
  }
}
