import NIOCore
import Shared

/// A new order that waits to be inserted together with others.
struct Insertion: Sendable {
  let order: Order
  let key: IdempotencyKey?
  let answer: @Sendable (Result<OrderID, any Error>) -> Void
}

/// Inserts many orders in one transaction, most of them by one statement.
struct OrderInsertions {
  let connection: any SQLConnection
  let statements: Statements
  private var change = TallyChange()

  init(over connection: any SQLConnection, _ statements: Statements) {
    self.connection = connection
    self.statements = statements
  }

  /// One of the ids was taken. Which one it is can only be found out by inserting one by one, after the whole transaction has been undone.
  struct IsDuplicated: Error {}

  /// - Returns: one result for each insertion, in their order: the order's id, or that of the order that was first inserted under its key;
  ///   `.duplicate` or `.keyReused`.
  /// - Throws: `IsDuplicated`, unless they are inserted one by one; `SQLFailure`.
  mutating func insert(_ insertions: [Insertion], oneByOne: Bool) throws -> [Result<OrderID, StoreError>] {
    let isPlain = { (insertion: Insertion) in insertion.key == nil && !oneByOne }
    let together = insertions.filter(isPlain).map(\.order)
    if !together.isEmpty { try insert(together) }
    let results = try insertions.map { insertion in isPlain(insertion) ? .success(insertion.order.id) : try insert(insertion) }
    try change.save(over: connection)
    return results
  }

  private mutating func insert(_ orders: [Order]) throws {
    // Servers limit the size of one statement, so a list ends with the order that brings it to 1 MiB.
    var rest = orders[...]
    while !rest.isEmpty {
      var list = ByteBuffer()
      list.writeString("[")
      var count = 0
      for order in rest where list.readableBytes < 1 << 20 {
        if count > 0 { list.writeString(",") }
        order.row.encode(into: &list)
        change.add(order)
        count += 1
      }
      list.writeString("]")
      let result = try connection.execute(statements.insertOrders, [.text(String(buffer: list))])
      guard result.changed == count else { throw IsDuplicated() }
      rest = rest.dropFirst(count)
    }
  }

  private mutating func insert(_ insertion: Insertion) throws -> Result<OrderID, StoreError> {
    let order = insertion.order
    if let key = insertion.key {
      let isNew =
        try connection.execute(
          statements.insertKey, [.text(key.owner), .text(key.text), .text(key.fingerprintText), .text(order.id.text)]
        ).changed == 1
      if !isNew { return try first(under: key) }
    }
    guard try connection.execute(statements.insertOrder, order.columns).changed == 1 else {
      if let key = insertion.key {
        _ = try connection.execute("DELETE FROM idempotency_keys WHERE owner = ? AND key_text = ?", [.text(key.owner), .text(key.text)])
      }
      return .failure(.duplicate(order.id))
    }
    change.add(order)
    return .success(order.id)
  }

  /// The order that was inserted under this key before.
  private func first(under key: IdempotencyKey) throws -> Result<OrderID, StoreError> {
    let row = try connection.execute(
      "SELECT order_id, fingerprint FROM idempotency_keys WHERE owner = ? AND key_text = ?",
      [.text(key.owner), .text(key.text)]
    ).rows.first
    guard let row, try row.text(1) == key.fingerprintText else { return .failure(.keyReused(key.text)) }
    return .success(OrderID(try row.text(0)))
  }
}

extension Order {
  /// The columns as a JSON list.
  fileprivate var row: JSON {
    .array([
      .string(id.text), .string(userID), .string(itemsText), .number(totalAmount), .string(status.rawValue),
      .integer(createdAt.microseconds), startedAt.map { .integer($0.microseconds) } ?? .null,
      endedAt.map { .integer($0.microseconds) } ?? .null,
    ])
  }
}

extension IdempotencyKey {
  fileprivate var fingerprintText: String { Base64.text(fingerprint, for: .url) }
}
