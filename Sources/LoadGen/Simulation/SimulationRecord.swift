import Shared

/// The ledger of a simulated run, and the stories that have ended since the last look: the truth about these orders is looked up, and they
/// are forgotten.
struct SimulationRecord: Recorder {
  /// An order with a known id whose story has ended, as the core reported it.
  struct Settled {
    var order: OrderHistory
    var id: OrderID
    var outcome: OrderOutcome
    var at: Instant
    /// Whether the order does not belong to the warm-up.
    var isMeasured: Bool
  }

  var ledger: Ledger
  var settled: [Settled] = []
  private(set) var stories = Stories()
  /// The calls to the ledger, and the orders' stories, if a transcript is kept.
  private(set) var transcript: SimulatedTranscript?

  init(_ settings: Ledger.Settings, keepsTranscript: Bool = false) {
    ledger = Ledger(settings: settings)
    if keepsTranscript { transcript = SimulatedTranscript() }
  }

  mutating func settled(_ order: OrderHistory, id: OrderID?, _ outcome: OrderOutcome, at: Instant, lag: IntervalLag) {
    ledger.settled(order, id: id, outcome, at: at, lag: lag)
    transcript?.tell(of: order.index) { $0.settled(order, id: id, outcome, at: at, lag: lag) }
    transcript?.stories.append(SimulatedTranscript.Story(order: order, id: id, outcome: outcome, at: at))
    let isMeasured = ledger.isMeasured(order)
    stories.settled(order, outcome, isMeasured: isMeasured)
    if let id { settled.append(Settled(order: order, id: id, outcome: outcome, at: at, isMeasured: isMeasured)) }
  }

  mutating func told(_ order: ToldOrder) { ledger.told(order) }

  mutating func sampled(_ order: OrderHistory, plain: OrderHistory) {
    ledger.sampled(order, plain: plain)
    transcript?.tell(of: order.index) { $0.sampled(order, plain: plain) }
  }

  mutating func scheduled(_ order: OrderHistory) {
    ledger.scheduled(order)
    transcript?.tell(of: order.index) { $0.scheduled(order) }
    stories.scheduled(order)
  }

  mutating func created(_ order: OrderHistory, _ outcome: OrderOutcome?, received: Instant, lag: CreateLag) {
    ledger.created(order, outcome, received: received, lag: lag)
    transcript?.tell(of: order.index) { $0.created(order, outcome, received: received, lag: lag) }
    stories.created(order)
  }

  mutating func wrote(_ what: RequestKind) {
    ledger.wrote(what)
    transcript?.tell { $0.wrote(what) }
  }

  mutating func ended(_ what: RequestKind, code: UInt16, sent: Instant, at instant: Instant) {
    ledger.ended(what, code: code, sent: sent, at: instant)
    transcript?.tell { $0.ended(what, code: code, sent: sent, at: instant) }
  }

  mutating func polled(after gap: Int64, asked: Int64) {
    ledger.polled(after: gap, asked: asked)
    transcript?.tell { $0.polled(after: gap, asked: asked) }
    stories.polled(after: gap, asked: asked)
  }

  mutating func began(at instant: Instant) {
    ledger.began(at: instant)
    transcript?.tellAll { $0.began(at: instant) }
  }

  mutating func gaveUp(_ count: Int, ours: Int, due: Instant, at instant: Instant) {
    ledger.gaveUp(count, ours: ours, due: due, at: instant)
    stories.gaveUp(count, isMeasured: ledger.isMeasured(OrderHistory(index: 0, due: due, dispatched: instant)))
    transcript?.tell { $0.gaveUp(count, ours: ours, due: due, at: instant) }
  }

  mutating func cut(at instant: Instant) {
    ledger.cut(at: instant)
    transcript?.tellAll { $0.cut(at: instant) }
  }

  mutating func submitting(_ order: OrderHistory, at instant: Instant) {
    ledger.submitting(order, at: instant)
    transcript?.tell(of: order.index) { $0.submitting(order, at: instant) }
  }

  mutating func resubmitting(_ order: OrderHistory, at instant: Instant) {
    ledger.resubmitting(order, at: instant)
    transcript?.tell(of: order.index) { $0.resubmitting(order, at: instant) }
  }

  mutating func createQueued() {
    ledger.createQueued()
    transcript?.tell { $0.createQueued() }
  }

  mutating func answered(_ what: RequestKind, sent: Instant, received: Instant) {
    ledger.answered(what, sent: sent, received: received)
    transcript?.tell { $0.answered(what, sent: sent, received: received) }
  }

  mutating func unanswered(_ what: RequestKind, sent: Instant, at instant: Instant) {
    ledger.unanswered(what, sent: sent, at: instant)
    transcript?.tell { $0.unanswered(what, sent: sent, at: instant) }
  }

  mutating func pollEnded(_ failure: Failure?) {
    ledger.pollEnded(failure)
    transcript?.tell { $0.pollEnded(failure) }
  }

  mutating func pollGap(became gap: Int64) {
    ledger.pollGap(became: gap)
    transcript?.tell { $0.pollGap(became: gap) }
  }

  mutating func postponed(_ cause: PollDelay) {
    ledger.postponed(cause)
    transcript?.tell { $0.postponed(cause) }
  }

  mutating func readContent(isOwn: Bool) {
    ledger.readContent(isOwn: isOwn)
    transcript?.tell { $0.readContent(isOwn: isOwn) }
  }

  mutating func tookForAnother() {
    ledger.tookForAnother()
    transcript?.tell { $0.tookForAnother() }
  }

  mutating func judged(_ what: RequestKind, _ conformance: Conformance) {
    ledger.judged(what, conformance)
    transcript?.tell { $0.judged(what, conformance) }
  }

  mutating func beside(_ order: OrderHistory, _ outcome: OrderOutcome) {
    ledger.beside(order, outcome)
    transcript?.tell(of: order.index) { $0.beside(order, outcome) }
  }

  mutating func claimed(_ order: OrderHistory, id: OrderID?, _ duration: ClosedRange<Double>, text: String, at instant: Instant) {
    ledger.claimed(order, id: id, duration, text: text, at: instant)
    transcript?.tell(of: order.index) { $0.claimed(order, id: id, duration, text: text, at: instant) }
  }

  mutating func mayBeOurs(_ order: OrderHistory, _ outcome: OrderOutcome) {
    ledger.mayBeOurs(order, outcome)
    transcript?.tell(of: order.index) { $0.mayBeOurs(order, outcome) }
  }

  mutating func failed(_ phase: RequestKind, _ failure: Failure) {
    ledger.failed(phase, failure)
    transcript?.tell { $0.failed(phase, failure) }
  }

  mutating func stopping() {
    ledger.stopping()
    transcript?.tellAll { $0.stopping() }
  }

  mutating func read(_ window: ScrapeWindow) {
    ledger.read(window)
    transcript?.tellAll { $0.read(window) }
  }

  mutating func answered(opened: Instant, sent: Instant) {
    ledger.answered(opened: opened, sent: sent)
    transcript?.tell { $0.answered(opened: opened, sent: sent) }
  }

  mutating func woken(late: Int64) {
    ledger.woken(late: late)
    transcript?.tell { $0.woken(late: late) }
  }

  mutating func lateResponse() {
    ledger.lateResponse()
    transcript?.tell { $0.lateResponse() }
  }
}
