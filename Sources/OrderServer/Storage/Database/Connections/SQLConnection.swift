/// One connection to a database server, for one statement at a time and on one thread at a time. Every call blocks.
///
/// All sessions have the same settings: UTF-8, UTC, read committed. No commit is answered before it is on disk, unless the server itself
/// was configured otherwise.
protocol SQLConnection: AnyObject {
  /// Runs one statement, which is prepared at its first use on this connection. Each `?` in it stands for one parameter.
  /// - Throws: `SQLFailure`.
  func execute(_ statement: String, _ parameters: [SQLValue]) throws -> SQLResult

  /// Runs a statement that cannot be prepared, or is not worth preparing.
  /// - Throws: `SQLFailure`.
  func run(_ statement: String) throws

  func close()
}

extension SQLConnection {
  func execute(_ statement: String) throws -> SQLResult { try execute(statement, []) }

  /// Does `body` in one transaction: all of it, or nothing.
  /// - Throws: `SQLFailure`; its `isCommitting` is set where the transaction may have been committed all the same. And what `body` throws.
  func transaction<Value>(_ body: () throws -> Value) throws -> Value {
    try run("BEGIN")
    let value: Value
    do {
      value = try body()
    } catch {
      try? run("ROLLBACK")
      throw error
    }
    do {
      try run("COMMIT")
    } catch var failure as SQLFailure {
      failure.isCommitting = true
      throw failure
    }
    return value
  }
}

/// A parameter of a statement.
enum SQLValue: Sendable, Hashable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  /// For a statement that takes a list.
  case integers([Int64])
  /// For a statement that takes a list of orders' ids, which need no escapes anywhere.
  case ids([String])

  init(_ number: Int64?) { self = number.map(SQLValue.integer) ?? .null }
}

/// What a statement has found or done.
struct SQLResult: Sendable {
  var rows: [SQLRow] = []
  /// How many rows were inserted, updated or deleted.
  var changed = 0
  /// The id that the server chose for an inserted row, where the statement does not return it as a row.
  var insertedID: Int64 = 0
}

/// A row as texts, whatever the types of its columns. Errors name the column by its number.
struct SQLRow: StoredRow, Sendable {
  let columns: [String?]

  /// - Throws: `StoreError.damaged` where the column is empty.
  func text(_ column: Int) throws -> String {
    guard let text = columns[column] else { throw StoreError.damaged("column \(column) is empty where it must not be") }
    return text
  }

  /// - Throws: `StoreError.damaged` where it is no whole number.
  func integer(_ column: Int) throws -> Int64 {
    guard let number = Int64(try text(column)) else { throw StoreError.damaged("column \(column) is no whole number") }
    return number
  }

  /// - Throws: `StoreError.damaged` where it is no number.
  func real(_ column: Int) throws -> Double {
    guard let number = Double(try text(column)) else { throw StoreError.damaged("column \(column) is no number") }
    return number
  }

  func isEmpty(_ column: Int) -> Bool { columns[column] == nil }

  func text<Value>(_ column: Int, as expected: String, _ parse: (String) throws -> Value) throws -> Value { try parse(try text(column)) }
}

/// Why a statement was not carried out.
struct SQLFailure: Error, Equatable, CustomStringConvertible {
  enum Kind: Sendable {
    /// The connection is gone, or could not be made.
    case lost
    /// Another transaction stood in the way, and the server asks that this one be tried again.
    case conflict
    case other
  }

  var kind: Kind
  /// In one line, without secrets and without the statement.
  var reason: String
  /// Whether the transaction may have been committed all the same.
  var isCommitting = false

  init(_ kind: Kind, _ reason: String) {
    self.kind = kind
    self.reason = reason.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  var description: String { reason }
}
