import Shared

@testable import LoadRun

/// Stands beside a loop's ledger and keeps what the ledger forgets: each order's own story.
struct Chronicle: Witness {
  var ledger: Ledger
  let common: CommonBooks
  let loop: Int

  mutating func began(at instant: Instant) {
    ledger.began(at: instant)
    common.ledger.began(at: instant)
  }

  mutating func scheduled(_ order: OrderHistory) {
    ledger.scheduled(order)
    common.ledger.scheduled(order)
    common.stories[order.index, default: Story()].scheduled += 1
  }

  mutating func gaveUp(_ count: Int, ours: Int, due: Instant, at instant: Instant) {
    ledger.gaveUp(count, ours: ours, due: due, at: instant)
    common.ledger.gaveUp(count, ours: ours, due: due, at: instant)
  }

  mutating func cut(at instant: Instant) {
    ledger.cut(at: instant)
    common.ledger.cut(at: instant)
  }

  mutating func submitting(_ order: OrderHistory, at instant: Instant) {
    ledger.submitting(order, at: instant)
    common.ledger.submitting(order, at: instant)
  }

  mutating func resubmitting(_ order: OrderHistory, at instant: Instant) {
    ledger.resubmitting(order, at: instant)
    common.ledger.resubmitting(order, at: instant)
  }

  mutating func pollEnded(_ failure: Failure?) {
    ledger.pollEnded(failure)
    common.ledger.pollEnded(failure)
  }

  mutating func stopping() {
    ledger.stopping()
    common.ledger.stopping()
  }

  mutating func createQueued() {
    ledger.createQueued()
    common.ledger.createQueued()
  }

  mutating func judged(_ what: Exchange, _ conduct: Conduct) {
    ledger.judged(what, conduct)
    common.ledger.judged(what, conduct)
  }

  mutating func beside(_ order: OrderHistory, _ outcome: OrderOutcome) {
    ledger.beside(order, outcome)
    common.ledger.beside(order, outcome)
  }

  mutating func claimed(_ order: OrderHistory, _ duration: ClosedRange<Double>, text: String, at instant: Instant) {
    ledger.claimed(order, duration, text: text, at: instant)
    common.ledger.claimed(order, duration, text: text, at: instant)
  }

  mutating func created(_ order: OrderHistory, _ outcome: OrderOutcome?, received: Instant, lag: CreateLag) {
    ledger.created(order, outcome, received: received, lag: lag)
    common.ledger.created(order, outcome, received: received, lag: lag)
    common.stories[order.index, default: Story()].created += 1
  }

  mutating func answered(_ what: Exchange, sent: Instant, received: Instant) {
    ledger.answered(what, sent: sent, received: received)
    common.ledger.answered(what, sent: sent, received: received)
  }

  mutating func unanswered(_ what: Exchange, sent: Instant, at instant: Instant) {
    ledger.unanswered(what, sent: sent, at: instant)
    common.ledger.unanswered(what, sent: sent, at: instant)
  }

  mutating func polled(after gap: Int64, asked: Int64) {
    ledger.polled(after: gap, asked: asked)
    common.ledger.polled(after: gap, asked: asked)
  }

  mutating func pollGap(became gap: Int64) {
    ledger.pollGap(became: gap)
    common.ledger.pollGap(became: gap)
  }

  mutating func postponed(_ cause: PollDelay) {
    ledger.postponed(cause)
    common.ledger.postponed(cause)
  }

  mutating func settled(_ order: OrderHistory, id: OrderID?, _ outcome: OrderOutcome, at instant: Instant, lag: IntervalLag) {
    ledger.settled(order, id: id, outcome, at: instant, lag: lag)
    common.ledger.settled(order, id: id, outcome, at: instant, lag: lag)
    common.stories[order.index, default: Story()].settled.append((order, id, outcome))
  }

  mutating func mayBeOurs(_ order: OrderHistory, _ outcome: OrderOutcome) {
    ledger.mayBeOurs(order, outcome)
    common.ledger.mayBeOurs(order, outcome)
  }

  mutating func failed(_ phase: Exchange, _ failure: Failure) {
    ledger.failed(phase, failure)
    common.ledger.failed(phase, failure)
  }

  mutating func read(_ window: ReadingWindow) {
    ledger.read(window)
    if loop == 0 { common.ledger.read(window) }
  }

  mutating func woken(late: Int64) {
    ledger.woken(late: late)
    common.ledger.woken(late: late)
  }

  mutating func stray() {
    ledger.stray()
    common.ledger.stray()
  }
}

/// What all loops told, as if they had been one.
final class CommonBooks {
  var ledger: Ledger
  var stories: [UInt64: Story] = [:]

  init(_ settings: Ledger.Settings) { ledger = Ledger(settings: settings) }
}

/// What was told of one order.
struct Story {
  var scheduled = 0
  var created = 0
  var settled: [(order: OrderHistory, id: OrderID?, outcome: OrderOutcome)] = []
}
