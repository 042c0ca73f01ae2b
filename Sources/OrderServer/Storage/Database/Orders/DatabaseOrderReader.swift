import Shared

/// Reads orders over one connection.
struct DatabaseOrderReader {
  let connection: any SQLConnection

  func order(_ id: OrderID) throws -> Order? {
    try connection.execute("SELECT \(Order.columnNames) FROM orders WHERE id = ?", [.text(id.text)]).rows.first.map(Order.init(row:))
  }

  /// Looks for one order more than is asked for, which tells whether there is a next page.
  func orders(_ query: OrderQuery) throws -> OrderPage {
    var conditions = ["number < ?"]
    var arguments = [SQLValue.integer(query.after?.number ?? .max)]
    if let userID = query.userID {
      conditions.append("user_id = ?")
      arguments.append(.text(userID))
    }
    if let status = query.status {
      conditions.append("status = ?")
      arguments.append(.text(status.rawValue))
    }
    let rest = "FROM orders WHERE \(conditions.joined(separator: " AND ")) ORDER BY number DESC LIMIT ?"
    // The sizes are asked for first, and then only the orders that a page has room for: the client library holds a whole result in memory.
    let sizes = try connection.execute(
      "SELECT number, octet_length(user_id) + octet_length(item_ids) \(rest)", arguments + [.integer(Int64(query.limit) + 1)]
    ).rows
    var count = 0
    var size = 0
    while count < min(sizes.count, query.limit), size < OrderPage.byteLimit {
      size += Order.bareTextSize + Int(clamping: try sizes[count].integer(1))
      count += 1
    }
    guard count > 0 else { return OrderPage(orders: [], next: nil) }
    let rows = try connection.execute("SELECT \(Order.columnNames) \(rest)", arguments + [.integer(Int64(count))]).rows
    let next = sizes.count > count ? OrderCursor(number: try sizes[count - 1].integer(0)) : nil
    return OrderPage(orders: try rows.map(Order.init(row:)), next: next)
  }

  func lastNumber() throws -> Int64? {
    try connection.execute("SELECT max(number) FROM orders").rows.first.flatMap { $0.isEmpty(0) ? nil : try $0.integer(0) }
  }

  func tallies() throws -> Tallies {
    guard let row = try connection.execute(Statements.sumTallies).rows.first else { return Tallies() }
    var tallies = Tallies()
    for (column, status) in OrderStatus.allCases.enumerated() { tallies[status] = try row.integer(column) }
    let counts = OrderStatus.allCases.count
    tallies.processing.sum = try row.integer(counts)
    tallies.completion.sum = try row.integer(counts + 1)
    try DurationColumns.read(into: &tallies) { try row.integer(counts + 2 + $0) }
    return tallies
  }

  /// When the tables were made; of those that an older version made, when their first order was.
  func beginning() throws -> Timestamp {
    Timestamp(microseconds: try connection.execute("SELECT began_at FROM beginning").rows.first?.integer(0) ?? 0)
  }

  /// The latest stamp that any order has had; zero where there is none.
  func latestStamp() throws -> Timestamp {
    Timestamp(microseconds: try connection.execute("SELECT max(latest_stamp) FROM tallies").rows.first?.integer(0) ?? 0)
  }
}

extension Order {
  /// - Parameter row: its first columns are those of `columnNames`.
  /// - Throws: `StoreError.damaged`, which names the order.
  init(row: SQLRow) throws {
    do { try self.init(columns: row) } catch StoreError.damaged(let what) {
      let id = Spelling.shown(row.columns[0] ?? "")
      throw StoreError.damaged("the row of the order '\(id)' is damaged: \(what)")
    }
  }

  /// The values of the columns of `columnNames`.
  var columns: [SQLValue] {
    [
      .text(id.text), .text(userID), .text(itemsText), .real(totalAmount), .text(status.rawValue), .integer(createdAt.microseconds),
      SQLValue(startedAt?.microseconds), SQLValue(endedAt?.microseconds),
    ]
  }
}

extension OrderStatus {
  /// - Throws: `StoreError.damaged`, which names the order.
  init(stored word: String, of id: OrderID) throws {
    do { try self.init(stored: word) } catch StoreError.damaged(let what) {
      throw StoreError.damaged("the row of the order '\(Spelling.shown(id.text))' is damaged: \(what)")
    }
  }
}
