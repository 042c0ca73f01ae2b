import Foundation
import GRDB
import Shared

/// Changes orders inside one transaction. It counts what it does, and `saveTallies` stores all of that at once.
final class OrderWriter {
  private let database: Database
  private let clock: OrderClock
  private let inFlight: InFlightOrders
  /// What this transaction adds to the tallies.
  private var change = Tallies()
  private var latest = Timestamp(microseconds: 0)
  private var isTouched = false
  private let shape: SQLiteOrderStore.Shape
  /// Whether a row was inserted, for which the file needed room.
  private(set) var hasGrown = false

  init(_ database: Database, clock: OrderClock, inFlight: InFlightOrders, _ shape: SQLiteOrderStore.Shape) {
    self.database = database
    self.clock = clock
    self.inFlight = inFlight
    self.shape = shape
  }

  /// - Returns: the order's id, or that of the order that was first inserted under the key.
  /// - Throws: `StoreError.duplicate` or `.keyReused`, which leave the transaction as it was.
  func insert(_ order: Order, items: String, under key: IdempotencyKey?) throws -> OrderID {
    if let key, let first = try firstOrder(under: key) { return first }
    try execute(
      """
      INSERT INTO orders (\(Order.columnNames)) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO NOTHING
      """,
      [
        order.id.text, order.userID, items, order.totalAmount, order.status.rawValue, order.createdAt.microseconds,
        order.startedAt?.microseconds, order.endedAt?.microseconds,
      ])
    guard database.changesCount == 1 else { throw StoreError.duplicate(order.id) }
    if let key {
      try execute(
        "INSERT INTO idempotency_keys (owner, key, fingerprint, order_id) VALUES (?, ?, ?, ?)",
        [key.owner, key.text, Data(key.fingerprint), order.id.text])
    }
    hasGrown = true
    change.add(order)
    latest = max(latest, order.updatedAt)
    return order.id
  }

  /// The order that was inserted under this key before.
  /// - Throws: `StoreError.keyReused` where that was for another request.
  private func firstOrder(under key: IdempotencyKey) throws -> OrderID? {
    let first = try database.cachedStatement(sql: "SELECT order_id, fingerprint FROM idempotency_keys WHERE owner = ? AND key = ?")
    guard let row = try Row.fetchOne(first, arguments: [key.owner, key.text]) else { return nil }
    let stored = SQLiteRow(row, "a row of idempotency_keys")
    guard try stored.bytes(1) == Array(key.fingerprint) else { throw StoreError.keyReused(key.text) }
    return OrderID(try stored.text(0))
  }

  /// - Returns: `nil` where there is no such order.
  /// - Throws: `StoreError.notPending`, which leaves the transaction as it was.
  func cancel(_ id: OrderID) throws -> Order? {
    guard var order = try OrderReader(database).order(id) else { return nil }
    guard order.status == .pending else { throw StoreError.notPending(id, order.status) }
    inFlight.enter([id])
    let now = stamp()
    try execute("UPDATE orders SET status = 'cancelled', ended_at = ? WHERE id = ?", [now.microseconds, id.text])
    change.move(from: .pending, to: .cancelled)
    order.status = .cancelled
    order.endedAt = now
    return order
  }

  /// Ends those of the orders that are still being processed.
  func end(_ orders: [ClaimedOrder], as status: OrderStatus) throws {
    guard !orders.isEmpty else { return }
    inFlight.enter(orders.lazy.map(\.id))
    let now = stamp()
    for order in orders {
      try execute(
        "UPDATE orders SET status = ?, ended_at = ? WHERE number = ? AND status = 'processing'",
        [status.rawValue, now.microseconds, order.number])
      if database.changesCount == 1 { change.end(order, as: status, at: now) }
    }
  }

  /// Takes up to `limit` pending orders, the oldest first, whose numbers are not above `last`.
  func take(_ limit: Int, upTo last: Int64) throws -> [ClaimedOrder] {
    guard limit > 0 else { return [] }
    let oldest = try database.cachedStatement(sql: OrderSQL.oldestPending)
    var rows: [(number: Int64, id: OrderID, createdAt: Timestamp)] = []
    var areAllWhole = true
    // Fetched one at a time, because it is not known how many of them are damaged. A damaged one does not keep the others waiting.
    let cursor = try Row.fetchCursor(oldest, arguments: [last, -1])
    while rows.count < limit, let row = try cursor.next() {
      let number: Int64 = row[0]
      let stored = try SQLiteRow(row, of: "orders", number: 0)
      do {
        rows.append((number, OrderID(try stored.text(1)), try stored.time(2)))
      } catch StoreError.damaged(let what) {
        areAllWhole = false
        shape.isDamaged(number, what)
      }
    }
    guard let last = rows.last else { return [] }
    inFlight.enter(rows.lazy.map(\.id))
    let now = stamp()
    if areAllWhole {
      // The orders that were found are exactly all pending ones up to the last of them.
      try execute(
        "UPDATE orders SET status = 'processing', started_at = ? WHERE status = 'pending' AND number <= ?",
        [now.microseconds, last.number])
    } else {
      for row in rows {
        try execute("UPDATE orders SET status = 'processing', started_at = ? WHERE number = ?", [now.microseconds, row.number])
      }
    }
    change.move(Int64(rows.count), from: .pending, to: .processing)
    return rows.map { ClaimedOrder(number: $0.number, id: $0.id, createdAt: $0.createdAt, startedAt: now) }
  }

  /// Makes orders pending again that were being processed when the last run ended. They keep their numbers.
  func recover() throws -> Recovery {
    try execute("UPDATE orders SET status = 'pending', started_at = NULL WHERE status = 'processing'", [])
    let requeued = database.changesCount
    change.move(Int64(requeued), from: .processing, to: .pending)
    let pending = try Int.fetchOne(database, sql: "SELECT pending FROM tallies") ?? 0
    return Recovery(requeued: requeued, pending: pending + requeued)
  }

  /// Makes the transaction write something, even where nothing else does.
  func touch() { isTouched = true }

  /// Stores 64 KiB, as much as a larger order takes.
  func fillRoom() throws {
    try clearRoom()
    try execute("INSERT INTO room (bytes) VALUES (zeroblob(65536))", [])
    hasGrown = true
  }

  /// Removes what `fillRoom` has stored.
  func clearRoom() throws { try execute("DELETE FROM room", []) }

  /// Adds to the tallies what this transaction has done. Called last in a transaction.
  func saveTallies() throws {
    guard change != Tallies() || isTouched else { return }
    let counts = OrderStatus.allCases
    let assignments = counts.map { "\($0.rawValue) = \($0.rawValue) + ?" }.joined(separator: ", ")
    let sums = [change.processing.sum, change.completion.sum, latest.microseconds]
    try execute(
      """
      UPDATE tallies SET \(assignments), processing_time = processing_time + ?, completion_time = completion_time + ?,
      latest_stamp = max(latest_stamp, ?)
      """,
      StatementArguments(counts.map { change[$0] } + sums))
    let durations = DurationColumns.values(change)
    if durations.contains(where: { $0 != 0 }) {
      try execute("UPDATE durations SET \(DurationColumns.additions)", StatementArguments(durations))
    }
  }

  private func stamp() -> Timestamp {
    let now = clock.now()
    latest = max(latest, now)
    return now
  }

  private func execute(_ sql: String, _ arguments: StatementArguments) throws {
    try database.cachedStatement(sql: sql).execute(arguments: arguments)
  }
}

/// Statements that tests look at, too.
enum OrderSQL {
  /// Run in every turn of the workers, so it must find its orders by the index, however many have ended.
  static let oldestPending = "SELECT number, id, created_at FROM orders WHERE status = 'pending' AND number <= ? ORDER BY number LIMIT ?"
}
