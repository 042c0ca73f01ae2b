import Shared

/// Whoever writes down what the core sees. The core knows nothing of what becomes of it.
protocol Witness: ~Copyable {
  /// The load began: due times count from here.
  mutating func began(at: Instant)
  /// An order is due and was taken up, or could not be.
  mutating func scheduled(_ order: OrderHistory)
  /// A create is about to be written: it may exist from here on.
  mutating func submitting(_ order: OrderHistory)
  /// A create was answered, or never will be; `lag`: by how much, at most, the receipt may have been stamped too late. `outcome` is `nil` for an acknowledged order that is followed from here on.
  mutating func created(_ order: OrderHistory, _ outcome: OrderOutcome?, received: Instant, lag: Int64)
  /// A poll or a metrics reading was answered.
  mutating func answered(_ what: Exchange, sent: Instant, received: Instant)
  /// A poll or a metrics reading was sent, and never will be answered.
  mutating func unanswered(_ what: Exchange, sent: Instant, at: Instant)
  /// An order's story is over; told once for every scheduled order.
  mutating func settled(_ order: OrderHistory, id: OrderID?, _ outcome: OrderOutcome, at: Instant, lag: Int64)
  mutating func failed(_ phase: Exchange, _ failure: Failure)
  /// The metrics were read by one of the loops, or could not be.
  mutating func read(_ window: ReadingWindow)
  /// The core was woken this much later than it asked to be, in nanoseconds.
  mutating func woken(late: Int64)
  /// An answer came for an order whose story was over.
  mutating func stray()
}
