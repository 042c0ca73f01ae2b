import NIOCore
import Shared

/// A row of any database. Each value is checked before it is used: somebody may have stored what this program never writes.
///
/// Columns are counted from 0. A value that is not as it should be throws `StoreError.damaged`.
protocol StoredRow {
  func text(_ column: Int) throws -> String
  func integer(_ column: Int) throws -> Int64
  func real(_ column: Int) throws -> Double
  func isEmpty(_ column: Int) -> Bool

  /// A text that stands for a value of another type.
  /// - Parameters:
  ///   - expected: what the text should be, as in `a status`.
  ///   - parse: throws where the text is no such value.
  func text<Value>(_ column: Int, as expected: String, _ parse: (String) throws -> Value) throws -> Value
}

extension StoredRow {
  /// A column of microseconds since 1970.
  func time(_ column: Int) throws -> Timestamp { Timestamp(microseconds: try integer(column)) }

  /// - Returns: `nil` where the column is empty.
  func optionalTime(_ column: Int) throws -> Timestamp? { isEmpty(column) ? nil : try time(column) }
}

extension Order {
  /// The columns of an order, in the order in which they are read and written.
  static let columnNames = "id, user_id, item_ids, total_amount, status, created_at, started_at, ended_at"

  /// - Parameter row: its first columns are those of `columnNames`.
  /// - Throws: what the row throws where a value is not as it should be.
  init(columns row: some StoredRow) throws {
    self.init(
      id: OrderID(try row.text(0)), userID: try row.text(1), itemIDs: try row.text(2, as: "a list of texts", Order.items(text:)),
      totalAmount: try row.real(3), createdAt: try row.time(5), status: try row.text(4, as: "a status", OrderStatus.init(stored:)),
      startedAt: try row.optionalTime(6), endedAt: try row.optionalTime(7))
  }

  /// The items as they are stored: a JSON list.
  var itemsText: String {
    var buffer = ByteBuffer()
    JSON.array(itemIDs.map(JSON.string)).encode(into: &buffer)
    return String(buffer: buffer)
  }

  /// - Throws: where the text is no JSON list of strings; this program never writes another.
  private static func items(text: String) throws -> [String] {
    guard case .array(let elements) = try JSONParser.parse(Array(text.utf8)) else {
      throw StoreError.damaged("an order's items are no list")
    }
    return try elements.map { element in
      guard case .string(let item) = element else { throw StoreError.damaged("an order's item is no text") }
      return item
    }
  }
}

extension Account {
  /// - Parameter row: its first columns are id, name and email.
  init(columns row: some StoredRow) throws { self.init(id: try row.integer(0), name: try row.text(1), email: try row.text(2)) }
}

extension OrderStatus {
  /// - Throws: `StoreError.damaged` for a word that this program never writes.
  init(stored word: String) throws {
    guard let status = OrderStatus(rawValue: word) else { throw StoreError.damaged("an order's status is no status") }
    self = status
  }
}
