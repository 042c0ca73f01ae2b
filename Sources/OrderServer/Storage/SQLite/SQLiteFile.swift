import GRDB
import Shared

/// The one database file of a server, for orders and accounts alike: everything that is written to it goes through here.
///
/// Each commit checks that the path still leads to the file, and records outside the file how many commits it has. So nothing is
/// acknowledged that the next start would not find, and a loss in the meantime is noticed.
final class SQLiteFile: Sendable {
  let path: String
  let pool: DatabasePool
  private let lock: FileLock
  private let place: FilePlace
  private let record: CommitRecord

  /// Opens the file, or makes it, and keeps it for this program alone until `close()`.
  /// - Parameters:
  ///   - patience: how long to wait for a lock that another program holds on the file.
  ///   - warn: told in one line what the operator should know.
  /// - Throws: `StoreOpeningError`.
  init(_ location: SQLiteLocation, patience: Duration, warn: (String) -> Void) throws {
    path = location.path
    lock = try FileLock(path: path, patience: patience)
    do {
      // SQLite would take the log of a new file for nothing, and what is in it would be lost.
      if lock.isNew, FilePlace.isThere(path + "-wal") { throw OrphanedLog(path: path) }
      let earlier = CommitRecord.read(beside: path)
      pool = try SQLiteOrderStore.open(location, patience: patience, earlier: lock.isNew ? nil : earlier)
      let (position, pageSize) = try pool.read { (try Self.position($0), try Int64.fetchOne($0, sql: "PRAGMA page_size")) }
      if let earlier, earlier.lineage != position.lineage {
        warn("'\(path)' is not the file that was here before, which had \(earlier.orders) orders")
      }
      place = FilePlace(of: path, pageSize: pageSize ?? 4096)
      record = CommitRecord(beside: path, at: position)
    } catch {
      lock.abandon()
      throw StoreOpeningError(path: path, reason: Self.openingReason(error, path))
    }
    if let others = lock.othersMay {
      warn("'\(path)' holds orders and password hashes, and \(others): chmod 600 would keep it private")
    }
  }

  /// Runs one transaction. When this returns, it is committed, in the file that the path leads to.
  /// - Throws: what `body` throws; `DatabaseError`; `StoreError.unavailable` where the file is not in its place. Then nothing has been
  ///   done, unless the file disappeared during the commit itself.
  func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    let (value, position) = try pool.write { database in
      let before = database.totalChangesCount
      let value = try body(database)
      try place.check()
      guard database.totalChangesCount != before else { return (value, nil as CommitRecord.Position?) }
      try database.cachedStatement(sql: "UPDATE tallies SET commits = commits + 1").execute()
      return (value, try Self.position(database))
    }
    if let position {
      record.save(position)
      try place.check()
    }
    return value
  }

  /// Reads from one snapshot.
  func read<Value>(_ body: (Database) throws -> Value) throws -> Value { try pool.read(body) }

  /// - Parameter isEmpty: whether the file may be removed if it was made here.
  /// - Throws: `DatabaseError`.
  func close(isEmpty: Bool) throws {
    // The readers are closed first: the last connection to close must be one that can write the log back into the file.
    pool.releaseMemory()
    try pool.close()
    // A log that is still there holds what could be lost.
    if FilePlace.isThere(path + "-wal") { record.release() } else { record.remove() }
    if isEmpty { lock.abandon() } else { lock.release() }
  }

  /// How many commits and orders the database has.
  /// - Throws: `StoreError.damaged` where the row of tallies is missing or is not as it should be.
  static func position(_ database: Database) throws -> CommitRecord.Position {
    let counts = OrderStatus.allCases.map(\.rawValue).joined(separator: " + ")
    let statement = try database.cachedStatement(sql: "SELECT lineage, commits, \(counts) FROM tallies")
    guard let row = try Row.fetchOne(statement) else { throw StoreError.damaged("the row of tallies is missing") }
    let stored = SQLiteRow(row, "the row of tallies")
    return CommitRecord.Position(lineage: try stored.integer(0), commits: try stored.integer(1), orders: try stored.integer(2))
  }

  /// There is a log without its database. What only the log holds is not lost yet.
  private struct OrphanedLog: Error, CustomStringConvertible {
    let path: String

    var description: String {
      "it is not there, and its log '\(path)-wal' is, which may hold orders: put the file back, or remove the log to begin without orders"
    }
  }

  private static func openingReason(_ error: any Error, _ path: String) -> String {
    guard let error = error as? DatabaseError else { return "\(error)" }
    // Where the log's index cannot be made, a full disk shows itself by many kinds of errors.
    if error.canBeFullDisk, (try? DiskRoom.check(beside: path)) == nil { return "the disk is full" }
    return error.openingReason
  }
}
