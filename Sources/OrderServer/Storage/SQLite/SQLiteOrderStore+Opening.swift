import GRDB
import Shared

extension SQLiteOrderStore {
  /// Opens the file, and makes its tables or brings those of an older version up to date.
  ///
  /// `orders` holds times in microseconds since 1970, and items as a JSON list. `tallies` is a single row that is changed in the
  /// same transaction as the orders that it counts, so that the two agree for every reader.
  /// - Parameter earlier: how far the file had come by the end of an earlier run, where that run has left a record.
  /// - Throws: `DatabaseError`, `StoreError`. A file that is not ours, or that lacks commits, is left as it was, and so is its log.
  static func open(_ location: SQLiteLocation, patience: Duration, earlier: CommitRecord.Position?) throws -> DatabasePool {
    var configuration = Configuration()
    configuration.label = "orders"
    configuration.busyMode = .timeout(patience.seconds)
    // Orders, lists and accounts are each read by one thread; two connections serve them.
    configuration.maximumReaderCount = 2
    let migrator = migrator()
    try inspect(location, configuration, migrator, earlier)
    let pool = try DatabasePool(path: location.path, configuration: configuration)
    // Set only now: opening a pool sets NORMAL, with which a power cut can lose a commit.
    try pool.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA synchronous = \(location.synchronous.rawValue)")
    }
    try migrator.migrate(pool)
    return pool
  }

  /// Checks whether the file is one that we may write to, without changing it.
  private static func inspect(
    _ location: SQLiteLocation, _ configuration: Configuration, _ migrator: DatabaseMigrator, _ earlier: CommitRecord.Position?
  ) throws {
    var configuration = configuration
    // When a connection that can write is closed, it moves the log into the file and removes it.
    configuration.readonly = true
    let queue = try DatabaseQueue(path: location.path, configuration: configuration)
    try queue.read { database in
      if try database.tableExists("orders"), try !database.tableExists("tallies") {
        throw DatabaseError(message: "it has an orders table that this program did not make; name another file")
      }
      if try migrator.hasBeenSuperseded(database) {
        throw DatabaseError(message: "it was made by a newer version of this program; use that one, or name another file")
      }
      if let earlier { try look(for: earlier, in: database, at: location.path) }
    }
    try queue.close()
  }

  /// - Throws: `StoreError.unavailable` where the file lacks commits that it had.
  private static func look(for earlier: CommitRecord.Position, in database: Database, at path: String) throws {
    var lineage: Int64?
    var (commits, orders) = (Int64(0), Int64(0))
    if try database.tableExists("tallies"), try database.columns(in: "tallies").contains(where: { $0.name == "commits" }) {
      let position = try SQLiteFile.position(database)
      (lineage, commits, orders) = (position.lineage, position.commits, position.orders)
    }
    // A different database has a history of its own.
    guard lineage == nil || lineage == earlier.lineage, commits < earlier.commits else { return }
    throw StoreError.unavailable(
      "it lacks its last \(earlier.commits - commits) commits, and has \(orders) of \(earlier.orders) orders: its log '\(path)-wal' is "
        + "damaged or missing, or it is an older copy; put the right one back, or remove '\(CommitRecord.path(beside: path))' to go on "
        + "with what is there")
  }
}
