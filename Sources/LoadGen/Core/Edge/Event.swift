/// What has happened, as the driver tells it. Rare, large cases are `indirect` so that the usual events stay small.
enum Event: Sendable {
  /// Log in, then read the metrics for the first time. Answered by the news `.ready` or `.cannotBegin`.
  case begin(Instant)
  /// The load begins: due times count from this instant.
  case start(Instant)
  /// The time of `.wakeAt` has come, or the loop stood still and everything must be checked. `lag`: how long, at most, what arrived
  /// meanwhile has waited, in nanoseconds; 0 if the driver knows of no delay.
  case wake(Instant, lag: Int64 = 0)
  /// A request was written; the clock as read before its first write call.
  case written(Call, before: Instant)
  /// A complete answer; the clock as read after the last read call. `lag`: how much later than its arrival the answer may have been stamped
  /// at most, in nanoseconds. `code`: its status code; 0 if that is not known.
  case replied(Call, Reply, keepsAlive: Bool, after: Instant, lag: Int64, code: UInt16 = 0)
  /// The request got no complete answer, and its connection is gone. `lag` as in `.replied`.
  indirect case broken(Call, Sent, Failure, after: Instant, lag: Int64 = 0)
  /// The target had closed the connection before any byte of the request was written: that is no failure of the target's.
  case stale(Call, Instant)
  /// Everything that had arrived on this connection was taken up, as `.look` asked. `lag` as in `.replied`.
  case overdue(Int, Instant, lag: Int64)
  case connected(Int, Instant)
  indirect case connectFailed(Int, Failure, Instant)
  /// A connection that carried no request is gone.
  case disconnected(Int, Instant)
  /// One of the loops read the metrics in this window, or tried to.
  case scrape(ScrapeWindow)
  /// Every order has ended: read the metrics for the last time.
  case conclude(Instant)
  /// End at once, with what has been seen so far.
  case stop(Instant)
}

/// The time within which the target must have read its own figures.
struct ScrapeWindow: Hashable, Sendable {
  /// When the request was sent, or as much earlier as the figures may be older than the answer.
  var sent: Instant
  var received: Instant
  /// How much older that is, as the answer says, in nanoseconds.
  var age: Int64 = 0
  /// Since when the connection that brought the answer had been open; `never` if that is unknown.
  var opened = Instant.never
  /// Whether the reading brought figures. If not, the window only shows that no later scrape was sent before it ended.
  var hasFigures = true

  /// When the request was sent.
  var asked: Instant { sent + age }

  /// Once answers say how old their figures are, figures may be older than an earlier answer by this much, in nanoseconds, and not more.
  /// Whatever is known of orders is kept for as long.
  static let longestAge: Int64 = 60_000_000_000
}

/// What the driver is to do. Rare, large cases are `indirect` here, too.
enum Action: Sendable {
  case write(Call)
  case connect(Int)
  case close(Int)
  /// The request or connect on this connection has reached its deadline: take up everything that has arrived, then answer `.overdue`.
  case look(Int)
  /// Send `.wake` at this time, instead of at any time asked for earlier.
  case wakeAt(Instant)
  /// Pass this on to the run.
  indirect case news(LoopNews)
}

/// Receives the core's actions. The driver performs them after `handle` has returned.
protocol Actions: ~Copyable {
  mutating func perform(_ action: Action)
}
