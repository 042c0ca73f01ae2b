import Shared

/// The ledger of a simulated run, and which orders' stories have ended since it was last asked: of those the truth is looked up, and then forgotten.
struct SimulationRecord: Witness {
  struct Settled {
    var order: OrderHistory
    var id: OrderID
    var outcome: OrderOutcome
    var at: Instant
    /// It does not belong to the warm-up.
    var isMeasured: Bool
  }

  var ledger: Ledger
  var settled: [Settled] = []
  private(set) var stories = Stories()

  init(_ settings: Ledger.Settings) { ledger = Ledger(settings: settings) }

  mutating func settled(_ order: OrderHistory, id: OrderID?, _ outcome: OrderOutcome, at: Instant, lag: IntervalLag) {
    ledger.settled(order, id: id, outcome, at: at, lag: lag)
    let isMeasured = ledger.isMeasured(order)
    stories.settled(order, outcome, isMeasured: isMeasured)
    if let id { settled.append(Settled(order: order, id: id, outcome: outcome, at: at, isMeasured: isMeasured)) }
  }

  mutating func began(at instant: Instant) { ledger.began(at: instant) }
  mutating func scheduled(_ order: OrderHistory) {
    ledger.scheduled(order)
    stories.scheduled(order)
  }
  mutating func gaveUp(_ count: Int, ours: Int, due: Instant, at instant: Instant) {
    ledger.gaveUp(count, ours: ours, due: due, at: instant)
  }
  mutating func cut(at instant: Instant) { ledger.cut(at: instant) }
  mutating func submitting(_ order: OrderHistory, at instant: Instant) { ledger.submitting(order, at: instant) }
  mutating func resubmitting(_ order: OrderHistory, at instant: Instant) { ledger.resubmitting(order, at: instant) }
  mutating func createQueued() { ledger.createQueued() }
  mutating func created(_ order: OrderHistory, _ outcome: OrderOutcome?, received: Instant, lag: CreateLag) {
    ledger.created(order, outcome, received: received, lag: lag)
    stories.created(order)
  }
  mutating func answered(_ what: Exchange, sent: Instant, received: Instant) { ledger.answered(what, sent: sent, received: received) }
  mutating func unanswered(_ what: Exchange, sent: Instant, at: Instant) { ledger.unanswered(what, sent: sent, at: at) }
  mutating func polled(after gap: Int64, asked: Int64) {
    ledger.polled(after: gap, asked: asked)
    stories.polled(after: gap, asked: asked)
  }
  mutating func pollEnded(_ failure: Failure?) { ledger.pollEnded(failure) }
  mutating func pollGap(became gap: Int64) { ledger.pollGap(became: gap) }
  mutating func postponed(_ cause: PollDelay) { ledger.postponed(cause) }
  mutating func judged(_ what: Exchange, _ conduct: Conduct) { ledger.judged(what, conduct) }
  mutating func beside(_ order: OrderHistory, _ outcome: OrderOutcome) { ledger.beside(order, outcome) }
  mutating func claimed(_ order: OrderHistory, _ duration: ClosedRange<Double>, text: String, at: Instant) {
    ledger.claimed(order, duration, text: text, at: at)
  }
  mutating func mayBeOurs(_ order: OrderHistory, _ outcome: OrderOutcome) { ledger.mayBeOurs(order, outcome) }
  mutating func failed(_ phase: Exchange, _ failure: Failure) { ledger.failed(phase, failure) }
  mutating func stopping() { ledger.stopping() }
  mutating func read(_ window: ReadingWindow) { ledger.read(window) }
  mutating func woken(late: Int64) { ledger.woken(late: late) }
  mutating func stray() { ledger.stray() }
}
