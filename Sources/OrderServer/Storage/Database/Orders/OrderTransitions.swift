import Shared

/// Moves orders from one status to the next, inside one transaction.
///
/// A stamp must lie where no client can prove it wrong: after every read that was told the old status, and before every read that is told
/// the new one, on whichever server. So the gate is closed before the clock is read, and reads wait until the transaction has ended.
final class OrderTransitions {
  private let connection: any SQLConnection
  private let statements: Statements
  private let clock: OrderClock
  private var change = TallyChange()
  /// The lease as it is if the transaction is committed.
  private(set) var lease: ServerLease

  /// Closes the gate, and gives a sign of life where one is due.
  /// - Throws: `SQLFailure`.
  init(over connection: any SQLConnection, _ statements: Statements, clock: OrderClock, lease: ServerLease) throws {
    self.connection = connection
    self.statements = statements
    self.clock = clock
    self.lease = lease
    _ = try connection.execute(statements.closeGate)
    if lease.isDue() { try renewLease() }
  }

  /// - Returns: `nil` where there is no such order.
  /// - Throws: `StoreError.notPending`, which leaves the transaction as it was.
  func cancel(_ id: OrderID) throws -> Order? {
    let row = try connection.execute(
      "SELECT \(Order.columnNames), number FROM orders WHERE id = ? FOR UPDATE", [.text(id.text)]
    ).rows.first
    guard let row else { return nil }
    var order = try Order(row: row)
    guard order.status == .pending else { throw StoreError.notPending(id, order.status) }
    order.status = .cancelled
    order.endedAt = stamp()
    _ = try connection.execute(
      statements.end, [.integers([try row.integer(8)]), .text(order.status.rawValue), SQLValue(order.endedAt?.microseconds)])
    change.tallies.move(from: .pending, to: .cancelled)
    return order
  }

  /// Ends those of the orders that are still being processed by the server that took them.
  func end(_ orders: [ClaimedOrder], as status: OrderStatus) throws {
    for (server, orders) in Dictionary(grouping: orders, by: \.server).sorted(by: { $0.key < $1.key }) {
      let found = try connection.execute(statements.lockTaken, [.integers(orders.map(\.number)), .integer(server)])
      let numbers = Set(try found.rows.map { try $0.integer(0) })
      guard !numbers.isEmpty else { continue }
      let now = stamp()
      _ = try connection.execute(
        statements.end, [.integers(numbers.sorted()), .text(status.rawValue), .integer(now.microseconds)])
      var left = numbers
      for order in orders where left.remove(order.number) != nil { change.tallies.end(order, as: status, at: now) }
    }
  }

  /// Takes up to `limit` pending orders, the oldest first, whose numbers are not above `last`. Orders that another server is taking at this
  /// moment are skipped.
  /// - Returns: also the orders of earlier turns whose end this server did not hear of; these come first.
  func take(_ limit: Int, upTo last: Int64) throws -> [ClaimedOrder] {
    guard limit > 0 else { return [] }
    var taken = try ordersOfUncertainClaims()
    let found = try connection.execute(
      """
      SELECT number, id, created_at FROM orders WHERE status = 'pending' AND number <= ? ORDER BY number LIMIT ? FOR UPDATE SKIP LOCKED
      """, [.integer(last), .integer(Int64(max(0, limit - taken.count)))])
    guard !found.rows.isEmpty else { return taken }
    let now = stamp()
    let claim = lease.nextClaim()
    let numbers = try found.rows.map { try $0.integer(0) }
    _ = try connection.execute(
      statements.take, [.integers(numbers), .integer(now.microseconds), .integer(lease.id), .integer(claim)])
    change.tallies.move(Int64(numbers.count), from: .pending, to: .processing)
    taken += try found.rows.map { row in
      ClaimedOrder(
        number: try row.integer(0), id: OrderID(try row.text(1)), createdAt: try row.time(2), startedAt: now,
        server: lease.id)
    }
    return taken
  }

  /// Orders that this server took in transactions whose end it did not hear of.
  private func ordersOfUncertainClaims() throws -> [ClaimedOrder] {
    guard let claim = lease.uncertainClaim else { return [] }
    lease.settled()
    return try connection.execute(
      """
      SELECT number, id, created_at, started_at FROM orders WHERE status = 'processing' AND server = ? AND claim >= ? ORDER BY number
      """, [.integer(lease.id), .integer(claim)]
    ).rows.map { row in
      ClaimedOrder(
        number: try row.integer(0), id: OrderID(try row.text(1)), createdAt: try row.time(2),
        startedAt: try row.time(3), server: lease.id)
    }
  }

  /// Gives a sign of life, and makes orders pending again whose servers have given none for too long. The orders keep their numbers.
  func keepAlive() throws {
    try renewLease()
    guard lease.canJudge() else { return }
    let silent = try connection.execute(
      "SELECT id FROM servers WHERE lease_until < \(statements.now) FOR UPDATE SKIP LOCKED"
    ).rows.map { try $0.integer(0) }
    if !silent.isEmpty { _ = try connection.execute(statements.forgetServers, [.integers(silent)]) }
    try requeue("server NOT IN (SELECT id FROM servers)")
  }

  /// Makes the orders pending that this server processes, for other servers or its own next start, and gives up its id.
  func leave() throws {
    try requeue("server = \(lease.id)")
    _ = try connection.execute(statements.forgetServers, [.integers([lease.id])])
  }

  /// Adds to the tallies what this transaction has done. Called last in a transaction.
  func save() throws { try change.save(over: connection) }

  private func requeue(_ condition: String) throws {
    let found = try connection.execute(
      "SELECT number FROM orders WHERE status = 'processing' AND \(condition) ORDER BY number LIMIT 10000 FOR UPDATE SKIP LOCKED")
    guard !found.rows.isEmpty else { return }
    _ = try connection.execute(statements.requeue, [.integers(try found.rows.map { try $0.integer(0) })])
    change.tallies.move(Int64(found.rows.count), from: .processing, to: .pending)
  }

  private func renewLease() throws {
    let length = SQLValue.integer(lease.length.nanoseconds / 1_000)
    let renewed = try connection.execute(
      "UPDATE servers SET lease_until = \(statements.now) + ? WHERE id = ?", [length, .integer(lease.id)])
    if renewed.changed == 1 { lease.renewed() } else { lease.replaced(by: try statements.insertServer(over: connection, lease.length)) }
  }

  private func stamp() -> Timestamp {
    let now = clock.now()
    change.latest = max(change.latest, now)
    return now
  }
}

extension Statements {
  /// Adds a server to those that are alive.
  /// - Returns: its id.
  func insertServer(over connection: any SQLConnection, _ lease: Duration) throws -> Int64 {
    let made = try connection.execute(insertServer, [.integer(lease.nanoseconds / 1_000)])
    return try made.rows.first?.integer(0) ?? made.insertedID
  }
}
