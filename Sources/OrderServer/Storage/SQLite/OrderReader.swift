import GRDB
import Shared

/// Reads orders from one snapshot of the file.
struct OrderReader {
  private let database: Database

  init(_ database: Database) {
    self.database = database
  }

  func order(_ id: OrderID) throws -> Order? {
    let statement = try database.cachedStatement(sql: "SELECT \(Self.columns) FROM orders WHERE id = ?")
    return try Row.fetchOne(statement, arguments: [id.text]).map(order)
  }

  /// Looks for one order more than is asked for, which tells whether there is a next page.
  func orders(_ query: OrderQuery) throws -> OrderPage {
    var conditions = ["number < ?"]
    var arguments: [any DatabaseValueConvertible] = [query.after?.number ?? .max]
    if let userID = query.userID {
      conditions.append("user_id = ?")
      arguments.append(userID)
    }
    if let status = query.status {
      conditions.append("status = ?")
      arguments.append(status.rawValue)
    }
    arguments.append(query.limit + 1)
    let statement = try database.cachedStatement(
      sql: """
        SELECT \(Self.columns) FROM orders WHERE \(conditions.joined(separator: " AND ")) ORDER BY number DESC LIMIT ?
        """)
    // Rows are fetched one at a time, so that what lies beyond the page's end is not read at all.
    let rows = try Row.fetchCursor(statement, arguments: StatementArguments(arguments))
    var page = OrderPage(orders: [], next: nil)
    var last: Int64?
    var size = 0
    while let row = try rows.next() {
      if page.orders.count == query.limit || size >= OrderPage.byteLimit {
        page.next = last.map(OrderCursor.init(number:))
        break
      }
      let order = try order(row)
      size += order.textSize
      last = try SQLiteRow(row, "a row of orders").integer(8)
      page.orders.append(order)
    }
    return page
  }

  func lastNumber() throws -> Int64? {
    try Int64.fetchOne(try database.cachedStatement(sql: "SELECT max(number) FROM orders"))
  }

  /// Whether the file has never held an order or an account.
  func isEmpty() throws -> Bool {
    try Bool.fetchOne(database, sql: "SELECT NOT EXISTS (SELECT 1 FROM orders) AND NOT EXISTS (SELECT 1 FROM users)") ?? false
  }

  private static let columns = "\(Order.columnNames), number"

  private func order(_ row: Row) throws -> Order {
    try Order(columns: SQLiteRow(row, of: "orders", number: 8))
  }

  func status(of id: OrderID) throws -> OrderStatus? {
    let statement = try database.cachedStatement(sql: "SELECT status FROM orders WHERE id = ?")
    guard let word = try String.fetchOne(statement, arguments: [id.text]) else { return nil }
    // Reading the whole row throws an error that says what is wrong with it.
    guard let status = OrderStatus(rawValue: word) else { return try order(id)?.status }
    return status
  }

  func tallies() throws -> Tallies {
    let statuses = OrderStatus.allCases
    let counts = statuses.map(\.rawValue).joined(separator: ", ")
    let statement = try database.cachedStatement(
      sql: "SELECT processing_time, completion_time, \(counts), \(DurationColumns.list) FROM tallies, durations")
    var tallies = Tallies()
    if let row = try Row.fetchOne(statement) {
      let stored = SQLiteRow(row, "the row of tallies")
      tallies.processing.sum = try stored.integer(0)
      tallies.completion.sum = try stored.integer(1)
      for (place, status) in statuses.enumerated() { tallies[status] = try stored.integer(2 + place) }
      let durations = SQLiteRow(row, "the row of durations")
      try DurationColumns.read(into: &tallies) { try durations.integer(2 + statuses.count + $0) }
    }
    return tallies
  }

  /// When the file was made; of one that an older version made, when its first order was.
  func beginning() throws -> Timestamp {
    let row = try Row.fetchOne(database, sql: "SELECT began_at FROM tallies")
    return try row.map { try SQLiteRow($0, "the row of tallies").time(0) } ?? Timestamp(microseconds: 0)
  }

  /// The latest stamp that any order has had; zero where there is none.
  func latestStamp() throws -> Timestamp {
    let row = try Row.fetchOne(database, sql: "SELECT latest_stamp FROM tallies")
    return try row.map { try SQLiteRow($0, "the row of tallies").time(0) } ?? Timestamp(microseconds: 0)
  }
}
