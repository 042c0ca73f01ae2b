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
    _ = try connection.execute(
      Statements.addToTallies,
      counts + [
        .integer(tallies.processing), .integer(tallies.completion), .integer(latest.microseconds),
        .integer(.random(in: 0..<Int64(Statements.tallyRows))),
      ])
  }
}
