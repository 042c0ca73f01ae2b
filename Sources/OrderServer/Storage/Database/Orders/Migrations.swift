/// Brings the tables of a database up to date, one version after another.
///
/// `schema_versions` says which steps have been done. `orders` holds times in microseconds since 1970, and items as a JSON list;
/// `server` and `claim` say who processes an order, and which of that server's turns took it. `tallies` and `durations` are
/// changed in the same transaction as the orders that they count, so that they agree for every reader. `beginning` says since when that is.
/// `servers` lists the living servers with their leases.
struct Migrations {
  let statements: Statements

  /// Waits for other servers that migrate at the same time.
  /// - Parameter upTo: the version to stop at; `nil` is the latest.
  /// - Throws: `SQLFailure` where the tables are not ours, or of a later version; they are then left as they were.
  func perform(on connection: any SQLConnection, upTo last: Int? = nil) throws {
    _ = try connection.execute(statements.lockMigrations)
    defer { _ = try? connection.execute(statements.unlockMigrations) }
    let known = statements.migrations.count
    var version = 0
    if try hasTable("schema_versions", connection) {
      version = Int(try connection.execute("SELECT coalesce(max(version), 0) FROM schema_versions").rows.first?.integer(0) ?? 0)
    } else if try hasTable("orders", connection) {
      throw SQLFailure(.other, "it has an orders table that this program did not make; name another database")
    } else {
      try connection.run("CREATE TABLE schema_versions (version INTEGER PRIMARY KEY)")
    }
    guard version <= known else {
      throw SQLFailure(
        .other, "it was made by a newer version of this program (its tables are of version \(version), known are \(known)); use that one")
    }
    for (index, steps) in statements.migrations.enumerated() where index >= version && index < last ?? known {
      try connection.transaction {
        for step in steps { try connection.run(step) }
        try connection.run("INSERT INTO schema_versions (version) VALUES (\(index + 1))")
      }
    }
  }

  private func hasTable(_ name: String, _ connection: any SQLConnection) throws -> Bool {
    try !connection.execute(statements.hasTable, [.text(name)]).rows.isEmpty
  }
}
