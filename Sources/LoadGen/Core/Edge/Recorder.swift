import Shared

/// Writes down what the core sees. The core does not know what becomes of it.
protocol Recorder: ~Copyable {
  /// The load began: due times count from this instant.
  mutating func began(at: Instant)
  /// An order became due and was taken up, or could not be. Called once per order, before anything else is told of it.
  mutating func scheduled(_ order: OrderHistory)
  /// `count` orders that were due at `due` or shortly after are given up together, without being told one by one; for `ours` of them our
  /// own lateness may be the reason.
  mutating func gaveUp(_ count: Int, ours: Int, due: Instant, at: Instant)
  /// The load was ended before its plan was complete and all its orders had ended.
  mutating func cut(at: Instant)
  /// A create is about to be written: from here on the order may exist.
  mutating func submitting(_ order: OrderHistory, at: Instant)
  /// A create whose token was refused is about to be written again.
  mutating func resubmitting(_ order: OrderHistory, at: Instant)
  /// A create found every connection for creates taken, and waits for one.
  mutating func createQueued()
  /// A create was answered, or will never be. `lag`: how long, at most, our own loop delayed the answer. `outcome` is `nil` if the order
  /// was acknowledged and is followed from here on.
  mutating func created(_ order: OrderHistory, _ outcome: OrderOutcome?, received: Instant, lag: CreateLag)
  /// A request was answered that creates no order of the plan.
  mutating func answered(_ what: RequestKind, sent: Instant, received: Instant)
  /// A request that creates no order of the plan was sent, and will never be answered.
  mutating func unanswered(_ what: RequestKind, sent: Instant, at: Instant)
  /// An order is polled again, or its list is searched again: `gap` is the time since the last time, `asked` the time that the poll policy
  /// wants, both in nanoseconds.
  mutating func polled(after gap: Int64, asked: Int64)
  /// A poll ended, or a page of a list that is searched. `failure` says why the answer told nothing about orders; `nil` if it did.
  mutating func pollEnded(_ failure: Failure?)
  /// The answer to a poll named another order than the one that was asked for.
  mutating func tookForAnother()
  /// An order that was read whole had its own content, or another's; not told where the answer does not show which.
  mutating func readContent(isOwn: Bool)
  /// The adaptive gap between polls has changed: the gap from now on, in nanoseconds, without jitter.
  mutating func pollGap(became gap: Int64)
  /// A poll will come later than the poll policy asked for, or has come later.
  mutating func postponed(_ cause: PollDelay)
  /// How the answer to a request beyond plain orders compares with what it had to be.
  mutating func judged(_ what: RequestKind, _ conformance: Conformance)
  /// A create that is not an order of the plan has made an order, may have made one, or was refused.
  mutating func beside(_ order: OrderHistory, _ outcome: OrderOutcome)
  /// The target stated how long a completed order took: between these bounds, in nanoseconds. `text` is the figure as printed.
  mutating func claimed(_ order: OrderHistory, id: OrderID?, _ duration: ClosedRange<Double>, text: String, at: Instant)
  /// An order's story is over. Called once for every order that was told of by `scheduled`.
  mutating func settled(_ order: OrderHistory, id: OrderID?, _ outcome: OrderOutcome, at: Instant, lag: IntervalLag)
  /// The same, with all that is known of the order. Told right after `settled`, only where orders are written one by one.
  mutating func told(_ order: ToldOrder)
  /// An order of the audit's sample has completed, which `settled` told before. `plain`: what those polls alone showed of it that all orders
  /// get; that it ended is not among it.
  mutating func sampled(_ order: OrderHistory, plain: OrderHistory)
  /// The run is being ended: whatever is told from here on was cut off by that.
  mutating func stopping()
  /// A create failed or was not sent, and our own lateness may be the reason: without it the order might have been accepted.
  mutating func mayBeOurs(_ order: OrderHistory, _ outcome: OrderOutcome)
  mutating func failed(_ phase: RequestKind, _ failure: Failure)
  /// One of the loops has read the metrics, or could not.
  mutating func read(_ window: ScrapeWindow)
  /// A request was written. Told only where the target says something of requests, as is `ended`.
  mutating func wrote(_ what: RequestKind)
  /// A request was answered by a code, or will never be (0). What is under way when the run ends may be left out.
  mutating func ended(_ what: RequestKind, code: UInt16, sent: Instant, at: Instant)
  /// A request was answered on a connection that had been open since an instant, at the latest. Told only where the target has counters
  /// that begin anew with its process.
  mutating func answered(opened: Instant, sent: Instant)
  /// The core was woken this much later than it had asked for, in nanoseconds.
  mutating func woken(late: Int64)
  /// An answer came for a request that no longer mattered.
  mutating func lateResponse()
}

/// How an answer compares with what the dialect demands.
enum Conformance: String, Sendable, CaseIterable {
  case asExpected = "as_expected"
  /// As expected, but it could not have been otherwise: a cancel that was refused because the order was no longer pending proves nothing.
  case vacuous
  /// The target did what it must not do: it accepted a duplicate or an invalid order, or completed an order that it had called cancelled.
  case contrary
  /// The answer does not show which, or there was none.
  case unclear
}
