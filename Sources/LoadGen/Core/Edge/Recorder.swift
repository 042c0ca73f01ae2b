import Shared

/// Whoever writes down what the core sees. The core knows nothing of what becomes of it.
protocol Recorder: ~Copyable {
  /// The load began: due times count from here.
  mutating func began(at: Instant)
  /// An order is due and was taken up, or could not be.
  mutating func scheduled(_ order: OrderHistory)
  /// So many orders were due from an instant on, and are given up together; of so many, our own lateness may be why.
  mutating func gaveUp(_ count: Int, ours: Int, due: Instant, at: Instant)
  /// The load was ended before its plan was carried out and all its orders had ended.
  mutating func cut(at: Instant)
  /// A create is about to be written: it may exist from here on.
  mutating func submitting(_ order: OrderHistory, at: Instant)
  /// A create whose token was refused is about to be written again.
  mutating func resubmitting(_ order: OrderHistory, at: Instant)
  /// A create found every connection for creates taken: it waits for one.
  mutating func createQueued()
  /// A create was answered, or never will be; `lag`: how long, at most, our own loop kept it from that. `outcome` is `nil` for an acknowledged order that is followed from here on.
  mutating func created(_ order: OrderHistory, _ outcome: OrderOutcome?, received: Instant, lag: CreateLag)
  /// A request that creates no order of the plan was answered.
  mutating func answered(_ what: RequestKind, sent: Instant, received: Instant)
  /// Such a request was sent, and never will be answered.
  mutating func unanswered(_ what: RequestKind, sent: Instant, at: Instant)
  /// An order is asked for again: how long after the last time, and how long after it the poll policy wants that, in nanoseconds.
  mutating func polled(after gap: Int64, asked: Int64)
  /// A poll came to its end, or a page of a list that is searched: `failure` says why it brought no answer about orders, `nil` that it did.
  mutating func pollEnded(_ failure: Failure?)
  /// Where the gap between polls adapts: what is asked for from now on, in nanoseconds, before any jitter.
  mutating func pollGap(became gap: Int64)
  /// A poll will come later than was asked for, or came so.
  mutating func postponed(_ cause: PollDelay)
  /// What such a request was answered, held against what it had to be.
  mutating func judged(_ what: RequestKind, _ conformance: Conformance)
  /// A create that is no order of the plan has made one, or may have.
  mutating func beside(_ order: OrderHistory, _ outcome: OrderOutcome)
  /// The target said how long an order took that is completed: between these, in nanoseconds.
  mutating func claimed(_ order: OrderHistory, _ duration: ClosedRange<Double>, text: String, at: Instant)
  /// An order's story is over; told once for every scheduled order.
  mutating func settled(_ order: OrderHistory, id: OrderID?, _ outcome: OrderOutcome, at: Instant, lag: IntervalLag)
  /// The run is being ended: what is told from here on was cut off.
  mutating func stopping()
  /// A create came to nothing, or was not sent, and our own lateness may be why: without it the order might have been accepted.
  mutating func mayBeOurs(_ order: OrderHistory, _ outcome: OrderOutcome)
  mutating func failed(_ phase: RequestKind, _ failure: Failure)
  /// The metrics were read by one of the loops, or could not be.
  mutating func read(_ window: ScrapeWindow)
  /// The core was woken this much later than it asked to be, in nanoseconds.
  mutating func woken(late: Int64)
  /// An answer came for an order whose story was over.
  mutating func lateResponse()
}

/// How an answer compares with what the dialect says that it must be.
enum Conformance: String, Sendable, CaseIterable {
  case asExpected = "as_expected"
  /// As expected, and it could not have been contrary: a cancel that was refused, since the order was no longer pending, promises nothing.
  case vacuous
  /// The target did what it must not: took a duplicate or an invalid order, or completed one that it had called cancelled.
  case contrary
  /// The answer says neither, or there was none.
  case unclear
}
