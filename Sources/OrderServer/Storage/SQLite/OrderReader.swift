import GRDB
import NIOCore
import Shared

/// What can be read from one snapshot of the file.
struct OrderReader {
  private let database: Database

  init(_ database: Database) {
    self.database = database
  }

  func order(_ id: OrderID) throws -> Order? {
    let statement = try database.cachedStatement(sql: "SELECT \(Self.columns) FROM orders WHERE id = ?")
    return try Row.fetchOne(statement, arguments: [id.text]).map(order)
  }

  /// One order more than is asked for is looked for: it tells whether there is a next page.
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
        SELECT \(Self.columns), number FROM orders WHERE \(conditions.joined(separator: " AND ")) ORDER BY number DESC LIMIT ?
        """)
    let rows = try Row.fetchAll(statement, arguments: StatementArguments(arguments))
    let shown = rows.prefix(query.limit)
    return OrderPage(
      orders: try shown.map(order), next: rows.count > shown.count ? shown.last.map { OrderCursor(number: $0["number"]) } : nil)
  }

  func lastNumber() throws -> Int64? {
    try Int64.fetchOne(try database.cachedStatement(sql: "SELECT max(number) FROM orders"))
  }

  /// Whether nothing was ever kept here.
  func isEmpty() throws -> Bool {
    try Bool.fetchOne(database, sql: "SELECT NOT EXISTS (SELECT 1 FROM orders) AND NOT EXISTS (SELECT 1 FROM users)") ?? false
  }

  private static let columns = "id, user_id, item_ids, total_amount, status, created_at, started_at, ended_at"

  private func order(_ row: Row) throws -> Order {
    Order(
      id: OrderID(row[0]), userID: row[1], itemIDs: try Order.items(text: row[2]), totalAmount: row[3],
      createdAt: Timestamp(microseconds: row[5]), status: try status(row[4]),
      startedAt: (row[6] as Int64?).map(Timestamp.init(microseconds:)), endedAt: (row[7] as Int64?).map(Timestamp.init(microseconds:)))
  }

  func status(of id: OrderID) throws -> OrderStatus? {
    let statement = try database.cachedStatement(sql: "SELECT status FROM orders WHERE id = ?")
    return try String.fetchOne(statement, arguments: [id.text]).map(status)
  }

  func tallies() throws -> Tallies {
    let statement = try database.cachedStatement(sql: "SELECT * FROM tallies")
    var tallies = Tallies()
    if let row = try Row.fetchOne(statement) {
      for status in OrderStatus.allCases { tallies[status] = row[status.rawValue] }
      tallies.processing = row["processing_time"]
      tallies.completion = row["completion_time"]
    }
    return tallies
  }

  /// The latest stamp that any order bears; zero where there is none.
  func latestStamp() throws -> Timestamp {
    Timestamp(microseconds: try Int64.fetchOne(database, sql: "SELECT latest_stamp FROM tallies") ?? 0)
  }

  private func status(_ word: String) throws -> OrderStatus {
    guard let status = OrderStatus(rawValue: word) else {
      throw DatabaseError(message: "an order's status is '\(word)', which this program does not know")
    }
    return status
  }
}

extension Order {
  /// The items as they are stored: a JSON list.
  var itemsText: String {
    var buffer = ByteBuffer()
    JSON.array(itemIDs.map(JSON.string)).encode(into: &buffer)
    return String(buffer: buffer)
  }

  /// - Throws: where the text is no list of strings, which this program never writes.
  static func items(text: String) throws -> [String] {
    guard case .array(let elements) = try JSONParser.parse(Array(text.utf8)) else {
      throw DatabaseError(message: "an order's items are no list")
    }
    return try elements.map { element in
      guard case .string(let item) = element else { throw DatabaseError(message: "an order's item is no string") }
      return item
    }
  }
}
