/// What a loop's core must know of the scenario. Durations are in nanoseconds.
struct CoreSettings: Sendable {
  /// Connections shared by this loop's orders.
  var connections: Int
  /// Whether this loop reads the metrics, on a connection of their own.
  var observes: Bool
  var metricsEvery: Int64 = 1_000_000_000
  var poll: PollPolicy
  /// From the acknowledgement: an order that has not ended by then is given up. An order that could not be sent within it, too.
  var orderTimeout: Int64
  /// From a request's sending, and for a connection's opening.
  var requestTimeout: Int64
  /// Whether orders are polled until they have ended.
  var follows: Bool
  /// Whether a user waits for its order to end, and not only for the answer to its create.
  var usersWaitForCompletion: Bool
  /// Orders in hand: what comes on top is counted as not sent.
  var maxOutstanding: Int
  /// Whether a 404 after the acknowledgement proves that the order was lost.
  var readsItsWrites: Bool

  /// How long a user pauses after its connection could not be opened, so that a dead target is not a busy loop.
  static let pauseAfterFailure: Int64 = 100_000_000
  /// How often a reading is tried that the audit cannot do without: the first and the last.
  static let readingAttempts = 3
}
