import Logging
import Shared

/// All that the server is told at its start.
struct ServerConfiguration: Sendable {
  /// The address to listen on, as a name or a number.
  var host = "127.0.0.1"
  /// 0 lets the system choose a free one.
  var port = 8000
  var store = StoreLocation.sqlite(SQLiteLocation(path: "orders.db"))
  /// How the API is spelled.
  var profile = Dialect.standard
  /// How many orders are processed at the same time.
  var workers = Workers.limited(8)
  /// How long each of them is processed.
  var serviceTime = ServiceTime.fixed(.milliseconds(100))
  /// What the service times are drawn from; `nil` chooses one at random.
  var seed: UInt64?
  /// Less important messages are not logged.
  var logLevel = Logger.Level.notice
  /// How long a stop may take before connections are cut off.
  var stopLimit = Duration.seconds(5)
}

/// A setting that is wrong, or a part of the world that does not fit it: one line, and exit code 104.
struct ConfigurationError: Error, Equatable, CustomStringConvertible {
  var description: String
}
