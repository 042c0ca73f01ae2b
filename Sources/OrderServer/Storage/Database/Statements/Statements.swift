import Shared

/// The statements that each kind of database server spells differently. Those that both understand stand where they are used. A comment
/// names the parameters, and behind an arrow the columns of the result.
struct Statements: Sendable {
  /// An expression: microseconds since 1970 by the server's clock, the one clock of all who use the database.
  var now: String

  /// The steps that bring the tables up to date. The k-th step, a list of statements, leads to version k.
  var migrations: [[String]]
  /// Whether the connection sees a table of this name.
  var hasTable: String
  /// Waits until nobody else migrates. The lock lasts until `unlockMigrations`, or until the connection ends.
  var lockMigrations: String
  var unlockMigrations: String

  /// Inserts orders from one JSON list of lists, in its order; `changed` counts those whose ids were free.
  var insertOrders: String
  /// The columns of one order; `changed` is 0 where its id is taken.
  var insertOrder: String
  /// Owner, key, fingerprint, order; `changed` is 0 where the key is taken.
  var insertKey: String
  /// Name, email, the email's key, password, creation; `changed` is 0 where the email is taken. The id comes as a row or as `insertedID`.
  var insertUser: String
  /// The length of the lease, in microseconds. The id comes as a row or as `insertedID`.
  var insertServer: String

  /// Ids → ids and statuses.
  var statuses: String
  /// Numbers, server → numbers of those orders that this server still processes; their rows stay locked.
  var lockTaken: String
  /// Numbers, status, time: ends orders.
  var end: String
  /// Numbers, time, server, claim: takes orders.
  var take: String
  /// Numbers: makes orders pending again.
  var requeue: String
  /// Servers.
  var forgetServers: String

  /// Inside a transaction that stamps orders, before the first stamp: until its end no reader gets through `passGate`.
  var closeGate: String
  /// Returns when every transaction that had closed the gate before has ended.
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

  /// How many rows the tallies are spread over, so that transactions seldom wait for each other.
  static let tallyRows = 64
  /// The columns of a tally that count orders, one for each status.
  static let counts = OrderStatus.allCases.map(\.rawValue)

  /// The columns of a tally, each 0 at first.
  static func tallyColumns(_ type: String) -> String {
    (counts + ["processing_time", "completion_time", "latest_stamp"]).map { "\($0) \(type) NOT NULL DEFAULT 0" }.joined(separator: ", ")
  }

  /// Adds the rows that the tallies are spread over.
  static let insertTallies = "INSERT INTO tallies (place) VALUES \(places(from: 0))"
  /// Adds the rows that the durations are spread over, after the first.
  static let insertDurations = "INSERT INTO durations (place) VALUES \(places(from: 1))"

  /// Notes when the first order came, and where there is none, that it is now.
  static func insertBeginning(now: String) -> String {
    "INSERT INTO beginning (place, began_at) SELECT 0, coalesce(min(created_at), \(now)) FROM orders"
  }

  private static func places(from first: Int) -> String { (first..<tallyRows).map { "(\($0))" }.joined(separator: ", ") }

  /// What is added to each count, both sums in microseconds, a stamp, and the place of the row.
  static let addToTallies = """
    UPDATE tallies SET \(counts.map { "\($0) = \($0) + ?" }.joined(separator: ", ")), processing_time = processing_time + ?, \
    completion_time = completion_time + ?, latest_stamp = greatest(latest_stamp, ?) WHERE place = ?
    """

  /// What is added to each column of durations, and the place of the row.
  static let addToDurations = "UPDATE durations SET \(DurationColumns.additions) WHERE place = ?"

  /// The sum of all rows as of one instant: counts by status, both sums, and the columns of durations.
  static let sumTallies = """
    SELECT * FROM (SELECT \(sums(counts + ["processing_time", "completion_time"])) FROM tallies) AS counted
    CROSS JOIN (SELECT \(sums(DurationColumns.names)) FROM durations) AS timed
    """

  private static func sums(_ columns: [String]) -> String { columns.map { "sum(\($0)) AS \($0)" }.joined(separator: ", ") }
}
