import Shared

/// What is said differently to each kind of database server. What both understand stands where it is used.
struct Statements: Sendable {
  /// Microseconds since 1970 by the server's clock: the one clock of all who use the database.
  var now: String

  /// What brings the tables up to date, one step after another. The k-th step leads to version k.
  var migrations: [[String]]
  /// Whether the connection sees a table of this name.
  var hasTable: String
  /// Waits until nobody else migrates; lasts until `unlockMigrations`, or until the connection ends.
  var lockMigrations: String
  var unlockMigrations: String

  /// Orders, in this order, from one JSON list of lists; `changed` counts those whose ids were free.
  var insertOrders: String
  /// One order; `changed` is 0 where its id is taken.
  var insertOrder: String
  /// owner, key, fingerprint, order; `changed` is 0 where the key is taken.
  var insertKey: String
  /// name, email, its key, password, created; `changed` is 0 where the email is taken, and the id comes as a row or as `insertedID`.
  var insertUser: String
  /// The length of the lease. The id comes as a row or as `insertedID`.
  var insertServer: String

  /// Ids → ids and statuses.
  var statuses: String
  /// Numbers, server → numbers of those that it still processes, which stay locked.
  var lockTaken: String
  /// Numbers, status, time.
  var end: String
  /// Numbers, time, server, claim.
  var take: String
  /// Numbers.
  var requeue: String
  /// Servers.
  var forgetServers: String

  /// Inside of a transaction that stamps orders, before the first stamp: from here to its end no reader gets through `passGate`.
  var closeGate: String
  /// Returns when every transaction has ended that had closed the gate before.
  var passGate: String
}

extension Statements {
  init(for kind: DatabaseKind) {
    self =
      switch kind {
      case .postgreSQL: .postgreSQL
      case .mySQL: .mySQL
      }
  }

  /// How many rows the tallies are spread over, so that transactions seldom wait for one another's.
  static let tallyRows = 64
  /// The columns of a tally that count.
  static let counts = OrderStatus.allCases.map(\.rawValue)

  /// Columns of a table that counts and sums, each 0 at first.
  static func tallyColumns(_ type: String) -> String {
    (counts + ["processing_time", "completion_time", "latest_stamp"]).map { "\($0) \(type) NOT NULL DEFAULT 0" }.joined(separator: ", ")
  }

  static let insertTallies = "INSERT INTO tallies (place) VALUES \((0..<tallyRows).map { "(\($0))" }.joined(separator: ", "))"

  static let addToTallies = """
    UPDATE tallies SET \(counts.map { "\($0) = \($0) + ?" }.joined(separator: ", ")), processing_time = processing_time + ?, \
    completion_time = completion_time + ?, latest_stamp = greatest(latest_stamp, ?) WHERE place = ?
    """

  /// All rows as of one instant.
  static let sumTallies = """
    SELECT \((counts + ["processing_time", "completion_time"]).map { "sum(\($0))" }.joined(separator: ", ")), max(latest_stamp) FROM tallies
    """
}
