import Shared

/// What a loop's core must know of the scenario. Durations are in nanoseconds.
struct CoreSettings: Sendable {
  /// Connections shared by this loop's creates; as many again are for what is asked for beside them.
  var connections: Int
  /// Whether this loop reads the metrics, on a connection of their own.
  var scrapesMetrics: Bool
  var metricsEvery: Int64 = 1_000_000_000
  /// The figures that are counted from the list of orders, page by page; `nil` where a metrics document has them.
  var listedFigures: [Dialect.Figure]?
  var poll: PollPolicy
  /// From one poll of this loop to the next at least; 0: as many as are due.
  var pollInterval: Int64 = 0
  /// After so many answers a connection is closed; `nil`: it is used as long as it lasts.
  var requestsPerConnection: UInt32?
  /// From the load's beginning until all connections may be open; 0: from the first on.
  var connectRamp: Int64 = 0
  /// From the acknowledgement: an order that has not ended by then is given up. An order that could not be sent within it, too.
  var orderTimeout: Int64
  /// From a request's sending, and for a connection's opening.
  var requestTimeout: Int64
  /// Whether orders are polled until they have ended.
  var follows: Bool
  /// Whether they are searched in the list, instead of each being polled by itself.
  var searchesList = false
  /// Whether a user waits for its order to end, and not only for the answer to its create.
  var usersWaitForCompletion: Bool
  /// Orders in hand: what comes on top is counted as not sent.
  var maxOutstanding: Int
  /// Whether a 404 after the acknowledgement proves that the order was lost.
  var readsItsWrites: Bool
  /// What else is asked for beside plain orders.
  var mix = Mix()
  /// Whether a create that is sent again must be refused; otherwise it must be answered with the id of the first.
  var refusesDuplicates = true
  var accounts = AccountShare()
  /// Event loops in the whole run: what tells the numbers of this loop's orders.
  var loops = 1

  /// Connections shared by polls, and by all else but creates; none where nothing else is asked for on a shared connection.
  var connectionsForFollowing: Int { (follows && !searchesList) || !mix.isEmpty ? connections : 0 }

  /// How long a user pauses after its connection could not be opened, so that a dead target is not a busy loop.
  static let pauseAfterFailure: Int64 = 100_000_000
  /// How long a connection rests that could not be opened: twice as long after each failure in a row, up to a second.
  static func rest(after failures: UInt8) -> Int64 {
    min(pauseAfterFailure << Int64(min(max(failures, 1), 5) - 1), 1_000_000_000)
  }

  /// How often a scrape is tried that the audit cannot do without: the first and the last.
  static let scrapeAttempts = 3
  /// How often a request is sent at most whose token is refused each time.
  static let mostAttempts: UInt8 = 3
}
