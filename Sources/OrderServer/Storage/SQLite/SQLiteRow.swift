import GRDB

/// A row of an SQLite file. Each value's type is checked: SQLite keeps a text in a column of numbers where somebody has put one there, and
/// GRDB's own decoding of rows would end the program.
struct SQLiteRow: StoredRow {
  private let row: Row
  /// Which row it is, for whoever repairs the file, as in `row 7 of orders`.
  private let name: String

  init(_ row: Row, _ name: String) {
    self.row = row
    self.name = name
  }

  /// - Parameter number: the column that holds the row's number.
  /// - Throws: `StoreError.damaged` where that column holds no number.
  init(_ row: Row, of table: String, number: Int) throws {
    let number = try SQLiteRow(row, "a row of \(table)").integer(number)
    self.init(row, "row \(number) of \(table)")
  }

  func integer(_ column: Int) throws -> Int64 {
    guard case .int64(let number) = storage(column) else { throw damaged(column, "a whole number") }
    return number
  }

  func real(_ column: Int) throws -> Double {
    switch storage(column) {
    case .double(let number): return number
    case .int64(let number): return Double(number)
    default: throw damaged(column, "a number")
    }
  }

  func text(_ column: Int) throws -> String {
    guard case .string(let text) = storage(column) else { throw damaged(column, "a text") }
    return text
  }

  func bytes(_ column: Int) throws -> [UInt8] {
    guard case .blob(let data) = storage(column) else { throw damaged(column, "bytes") }
    return Array(data)
  }

  func isEmpty(_ column: Int) -> Bool { storage(column) == .null }

  /// Where `parse` throws, the error names the column and what should have been there.
  func text<Value>(_ column: Int, as expected: String, _ parse: (String) throws -> Value) throws -> Value {
    let text = try text(column)
    do { return try parse(text) } catch { throw damaged(column, expected) }
  }

  /// The error for a value that is not as it should be.
  /// - Parameter expected: as in `a whole number`.
  func damaged(_ column: Int, _ expected: String) -> StoreError {
    let columns = Array(row.columnNames)
    return .damaged("\(name) is damaged: \(columns[column]) is \(kind(column)), and should be \(expected)")
  }

  private func storage(_ column: Int) -> DatabaseValue.Storage { (row[column] as DatabaseValue).storage }

  /// The kind of the stored value. Never the value itself, which belongs to a client.
  private func kind(_ column: Int) -> String {
    switch storage(column) {
    case .null: "empty"
    case .int64: "a whole number"
    case .double: "a number with decimals"
    case .string: "a text"
    case .blob: "bytes"
    }
  }
}
