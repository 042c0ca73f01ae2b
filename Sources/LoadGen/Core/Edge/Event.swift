/// What happened, told by the driver. What is rare and large stands apart (`indirect`), so that the usual events stay small.
enum Event: Sendable {
  /// Log in, and read the metrics for the first time; answered by the news `.ready`, or `.cannotBegin`.
  case begin(Instant)
  /// The load begins: due times count from here.
  case start(Instant)
  /// The time of `.wakeAt` has come; or the loop stood still, and everything is looked at. `lag`: for how long, at most, what came meanwhile
  /// has waited, in nanoseconds; 0 where the driver knows of nothing.
  case wake(Instant, lag: Int64 = 0)
  /// The clock as read before the first write call of a request.
  case written(Call, before: Instant)
  /// A complete answer; the clock as read after the last read call. `lag`: how much later than its arrival, at most, it may have been stamped, in nanoseconds.
  case replied(Call, Reply, keepsAlive: Bool, after: Instant, lag: Int64)
  /// The request got no complete answer. The connection is gone. `lag` as with an answer.
  indirect case broken(Call, Sent, Failure, after: Instant, lag: Int64 = 0)
  /// The target had closed the connection before one byte of the request was written, which is not its failure.
  case stale(Call, Instant)
  /// All that had come of a request or a connect was taken up, as `.look` asks. `lag` as with an answer.
  case overdue(Int, Instant, lag: Int64)
  case connected(Int, Instant)
  indirect case connectFailed(Int, Failure, Instant)
  /// A connection that carried no request is gone.
  case disconnected(Int, Instant)
  /// A reading of the metrics was made, or tried, by one of the loops in this window.
  case scrape(ScrapeWindow)
  /// Every order has ended: read the metrics for the last time.
  case conclude(Instant)
  /// End at once, with what was seen so far.
  case stop(Instant)
}

/// The time within which the target must have read its own figures.
struct ScrapeWindow: Hashable, Sendable {
  var sent: Instant
  var received: Instant
  /// Whether any came. Where not, the window still says that no later scrape was sent before its end.
  var hasFigures = true
}

/// What is to be done by the driver; likewise.
enum Action: Sendable {
  case write(Call)
  case connect(Int)
  case close(Int)
  /// What is under way on this connection has had its time: take up what has come of it, and then say `.overdue`.
  case look(Int)
  /// Send `.wake` at this time; replaces an earlier one.
  case wakeAt(Instant)
  /// To be told to the run.
  indirect case news(LoopNews)
}

/// Where the core puts its actions. The driver performs them after `handle` has returned.
protocol Actions: ~Copyable {
  mutating func perform(_ action: Action)
}
