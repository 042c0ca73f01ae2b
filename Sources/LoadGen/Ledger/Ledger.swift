import Shared

/// Everything that was observed: counts, latencies, intervals, blocks of time, errors, and what the audit needs to know at each scrape.
///
/// There is one per event loop, fed by its core. They can be merged in any order into that of the whole run.
package struct Ledger: Recorder {
  /// What the ledger needs to know of the run.
  struct Settings: Sendable {
    /// The beginning of the load, in nanoseconds, whose orders are left out of the latencies, but not of the counts.
    var warmup: Int64
    /// The length of an open load's plan, in seconds; `nil` for a closed load.
    var planned: Double? = nil
    /// The stages of the load's rate, if it has any: at most `Scenario.mostStages`.
    var stages: [StageBooks.Plan] = []
    /// Nanoseconds from the epoch to instant 0.
    var epochAtZero: Int64
    var assumptions: Dialect.Assumptions
    /// Whether the metrics are read at all.
    var audits: Bool
    /// Whether a sample of the orders is polled densely for the audit.
    var hasSample = false
    /// Which duration the target states for single orders; `nil` if none.
    var orderSpan: Dialect.Quantity.Span?
    /// Of which durations the target has histograms or quantiles.
    var histograms: Set<Dialect.Quantity.Span> = []
    /// What the target says of requests, and which a run sends; `nil` if nothing.
    var requests: (figures: Dialect.RequestFigures, routes: RequestRoutes)?
    /// Whether orders are followed. Of others it is only known that they were accepted.
    var follows = true
    /// Whether a verdict depends on a latency, so that latencies must also be known without our own lag.
    var judgesLatencies = true
    /// Where each order is written; `nil` where none is.
    var orders: OrderWriter?
  }

  let settings: Settings
  private(set) var counts = OrderCounts()
  /// The part of `counts` that the end of the run cut off, so that it is unknown what would have become of it.
  private(set) var cutOff = OrderCounts()
  /// Whether the run is being ended, regardless of what is still under way.
  private var isStopping = false
  /// When our loop took up the first order whose create was about to be written; `never` before.
  private(set) var firstSubmitted = Instant.never
  /// Polls that ended, and how many of them brought no answer about their order.
  private(set) var pollCalls = PollCalls()
  private(set) var failures = FailureCounts()
  private(set) var latencies = Latencies()
  private(set) var intervals = Intervals()
  /// The same without what may be our own lag: if a verdict differs between the two, the run is not valid.
  private(set) var withoutLag = LagFree()
  /// Orders that came to nothing, possibly because of our own lag.
  private(set) var ownDoing = OwnDoing()
  private(set) var blocks: Blocks
  private(set) var tallies: ScrapeTallies
  private(set) var evidence = Evidence()
  /// What a sample that was polled densely tells of all completed orders.
  private(set) var sample = SampleTallies()
  private(set) var exemplars = Exemplars()
  /// The ids that the target gave to more than one order.
  private(set) var sharedIDs = SharedIDs()
  private(set) var traffic = TrafficCounts()
  /// What the target stated about single orders.
  private(set) var orderClaims = OrderClaims()
  /// Of orders that are not followed.
  private(set) var creates = CreateTimes()
  private(set) var load: LoadWindow
  private(set) var stages: StageBooks
  var pollGaps = PollGaps()
  /// Set by the driver: the core knows nothing of cookies.
  var cookies = CookiesSeen()
  /// What creates and polls have cost the target.
  private(set) var service = ServiceTimes()
  /// Answers to requests that no longer mattered.
  private(set) var lateResponses = 0
  /// Orders that were seen to go back into the queue when that cannot be.
  private(set) var wentBackWrongly = 0
  /// Answers to polls that named another order than the one that was asked for.
  private(set) var takenForAnother = 0
  /// How many orders that were read whole had what was sent for them, and how many what was sent for another.
  private(set) var contents = (own: 0, anothers: 0)
  /// Polls and list pages that were answered or given up; `requests` also has all other requests except those for the metrics.
  private(set) var polls = 0
  private(set) var requests = 0
  private(set) var lastEvent = Instant(0)
  /// The orders that are to be written, where they are.
  private var feed: OrderFeed?

  init(settings: Settings) {
    self.settings = settings
    load = LoadWindow(planned: settings.planned, warmup: settings.warmup)
    stages = StageBooks(settings.stages)
    blocks = Blocks(epochAtZero: settings.epochAtZero)
    tallies = ScrapeTallies(assumptions: settings.assumptions, histograms: settings.histograms)
    tallies.requests = settings.requests.map { RequestTallies($0.routes, countedWithin: $0.figures.countedWithin) }
    feed = settings.orders.map { OrderFeed(to: $0) }
  }

  /// Whether the order is measured: one that was due during the warm-up is only counted.
  func isMeasured(_ order: OrderHistory) -> Bool {
    isMeasured(due: order.due)
  }

  private func isMeasured(due: Instant) -> Bool { due - (load.began ?? Instant(0)) >= settings.warmup }

  // MARK: Recorder

  mutating func began(at instant: Instant) { load.began(at: instant) }

  mutating func cut(at instant: Instant) { load.cut(at: instant) }

  mutating func scheduled(_ order: OrderHistory) {
    counts.scheduled += 1
    let slip = order.dispatched - order.due
    let measured = isMeasured(order)
    if measured { latencies.slip.record(slip) }
    load.scheduled(due: order.due)
    let inWindow = load.contains(order.due)
    inStage(of: order) {
      $0.scheduled(inWindow: inWindow)
      if measured { $0.latencies.slip.record(slip) }
    }
    blocks.at(order.due) {
      $0.scheduled += 1
      $0.slipMax = max($0.slipMax, slip)
    }
  }

  mutating func stopping() { isStopping = true }

  mutating func gaveUp(_ count: Int, ours: Int, due: Instant, at instant: Instant) {
    lastEvent = max(lastEvent, instant)
    counts.scheduled += count
    counts[.notSent] += count
    let slip = instant - due
    let measured = isMeasured(due: due)
    if isStopping { cutOff.add(.notSent, count) } else { ownDoing.add(.notSent, ours, isMeasured: measured) }
    feed?.passOver(count)
    func record(_ latencies: inout Latencies, _ withoutLag: inout LagFree, judged: Bool) {
      latencies.slip.record(slip, count: count)
      latencies.accept.censor(at: slip, count: count)
      latencies.connectionWait.censor(at: 0, count: count)
      if judged { withoutLag.accept.censor(at: slip, count: count) }
    }
    if measured { record(&latencies, &withoutLag, judged: settings.judgesLatencies) }
    load.scheduled(due: due, count: count)
    load.createEnded(at: instant)
    let inWindow = load.contains(due)
    if !stages.isEmpty, let began = load.began {
      stages.at(due - began) {
        $0.scheduled(inWindow: inWindow, count: count)
        $0.counts[.notSent] += count
        if measured { record(&$0.latencies, &$0.withoutLag, judged: $0.isJudged) }
      }
    }
    blocks.at(due) {
      $0.scheduled += count
      $0.slipMax = max($0.slipMax, slip)
    }
  }

  mutating func submitting(_ order: OrderHistory, at instant: Instant) {
    firstSubmitted = min(firstSubmitted, order.dispatched)
    counts.submitted += 1
    inStage(of: order) { $0.counts.submitted += 1 }
    request(at: instant)
    blocks.at(order.dispatched) { $0.submitted += 1 }
  }

  mutating func resubmitting(_ order: OrderHistory, at instant: Instant) {
    counts.resubmitted += 1
    inStage(of: order) { $0.counts.resubmitted += 1 }
    request(at: instant)
  }

  private mutating func request(at instant: Instant) {
    requests += 1
    tally(LoadWindow.Tally(requests: 1), at: instant)
  }

  /// Something was sent or received: it counts for the load window if it falls into it, and for the stage in progress at the time.
  private mutating func tally(_ more: LoadWindow.Tally, at instant: Instant) {
    load.add(more, at: instant)
    guard !stages.isEmpty, load.contains(instant), let began = load.began else { return }
    stages.at(instant - began) { $0.add(more) }
  }

  /// Changes the book of the stage in which the order was due, if there are stages.
  private mutating func inStage(of order: OrderHistory, _ change: (inout StageBooks.Book) -> Void) {
    guard !stages.isEmpty, let began = load.began else { return }
    stages.at(order.due - began, change)
  }

  mutating func createQueued() { service.createsQueued += 1 }

  mutating func created(_ order: OrderHistory, _ outcome: OrderOutcome?, received: Instant, lag: CreateLag) {
    lastEvent = max(lastEvent, received)
    let wasAccepted = outcome.map(\.wasAccepted) ?? true
    if wasAccepted { counts.accepted += 1 }
    if order.createSent != .never { service.create(took: received - order.createSent) }
    let measured = isMeasured(order)
    let waited = received - order.due
    if measured {
      Self.recordCreate(
        order, outcome, received: received, lag: lag, judged: settings.judgesLatencies, &latencies, &withoutLag)
    }
    inStage(of: order) {
      if wasAccepted { $0.counts.accepted += 1 }
      if measured {
        Self.recordCreate(order, outcome, received: received, lag: lag, judged: $0.isJudged, &$0.latencies, &$0.withoutLag)
      }
    }
    load.createEnded(at: received)
    if wasAccepted { tally(LoadWindow.Tally(accepted: 1), at: received) }
    blocks.at(order.due) {
      if measured, wasAccepted { $0.accept.record(waited) }
    }
    blocks.at(received) {
      switch outcome {
      case .rejected: $0.rejected += 1
      case .errored: $0.errored += 1
      case .ambiguous: $0.ambiguous += 1
      default: if wasAccepted { $0.accepted += 1 }
      }
    }
  }

  /// Records a create's latencies in the books of the whole run or of a stage. A complete refusal is neither an acceptance nor a wait for
  /// one, so it has a latency of its own.
  /// - Parameter judged: whether a verdict depends on one of the latencies.
  private static func recordCreate(
    _ order: OrderHistory, _ outcome: OrderOutcome?, received: Instant, lag: CreateLag, judged: Bool, _ latencies: inout Latencies,
    _ withoutLag: inout LagFree
  ) {
    let waited = received - order.due
    let wasSent = order.createSent != .never
    let service = received - order.createSent
    let own = order.dispatched - order.due + lag.queued + lag.received
    if outcome.map(\.wasAccepted) ?? true {
      latencies.accept.record(waited)
      latencies.acceptService.record(service)
      if judged {
        withoutLag.accept.record(max(0, waited - own))
        withoutLag.acceptService.record(max(0, service - lag.received))
      }
    } else if outcome == .rejected {
      latencies.reject.record(waited)
      if judged { withoutLag.reject.record(max(0, waited - own)) }
    } else {
      latencies.accept.censor(at: waited)
      if wasSent { latencies.acceptService.censor(at: service) }
      if judged {
        withoutLag.accept.censor(at: waited)
        if wasSent { withoutLag.acceptService.censor(at: service) }
      }
    }
    if order.createSent == .never {
      latencies.connectionWait.censor(at: received - order.dispatched)
    } else {
      latencies.connectionWait.record(order.createSent - order.dispatched)
    }
  }

  mutating func answered(_ what: RequestKind, sent: Instant, received: Instant) {
    lastEvent = max(lastEvent, received)
    latencies[what].record(received - sent)
    count(what, sent: sent, at: received)
  }

  mutating func unanswered(_ what: RequestKind, sent: Instant, at instant: Instant) {
    guard sent != .never else { return }
    latencies[what].censor(at: instant - sent)
    count(what, sent: sent, at: instant)
  }

  /// Counts a request, except one for the metrics: reading these is not part of the load.
  private mutating func count(_ what: RequestKind, sent: Instant, at instant: Instant) {
    guard what != .metrics else { return }
    request(at: instant)
    guard what == .poll || what == .listPoll else { return }
    polls += 1
    service.poll(took: instant - sent)
    tally(LoadWindow.Tally(polls: 1), at: instant)
    blocks.at(instant) { $0.polls += 1 }
  }

  mutating func tookForAnother() { takenForAnother += 1 }

  mutating func readContent(isOwn: Bool) {
    if isOwn { contents.own += 1 } else { contents.anothers += 1 }
  }

  mutating func judged(_ what: RequestKind, _ conformance: Conformance) { traffic.record(what, conformance) }

  mutating func beside(_ order: OrderHistory, _ outcome: OrderOutcome) {
    if settings.audits { audited(order, outcome, at: order.createReceived) }
    feed?.add(ToldOrder(history: order, at: order.createReceived, answered: order.createReceived, outcome: outcome, isBeside: true))
  }

  mutating func told(_ order: ToldOrder) {
    guard feed != nil else { return }
    var order = order
    if let began = load.began, let place = stages.place(at: order.history.due - began) { order.stage = UInt16(clamping: place + 1) }
    feed?.add(order)
  }

  /// What the target says of itself must agree with what became of the order.
  private mutating func audited(_ order: OrderHistory, _ outcome: OrderOutcome, at instant: Instant) {
    tallies.settled(order, outcome)
    evidence.add(order, outcome, at: instant)
  }

  mutating func claimed(_ order: OrderHistory, id: OrderID?, _ duration: ClosedRange<Double>, text: String, at instant: Instant) {
    guard let span = settings.orderSpan else { return }
    let bounds = span == .completion ? order.completion : order.lastProcessing(settings.assumptions)
    orderClaims.add(
      OrderClaims.Sample(at: instant, claim: duration, text: text, id: id, bounds: bounds.widened(by: settings.assumptions)))
  }

  mutating func settled(_ order: OrderHistory, id: OrderID?, _ outcome: OrderOutcome, at instant: Instant, lag: IntervalLag) {
    lastEvent = max(lastEvent, instant)
    counts[outcome] += 1
    if isStopping { cutOff.add(outcome) }
    inStage(of: order) { $0.counts[outcome] += 1 }
    if order.wentBackWrongly(settings.assumptions) { wentBackWrongly += 1 }
    if settings.audits { audited(order, outcome, at: instant) }
    exemplars.settled(order, id: id, outcome, at: instant)
    guard outcome.wasAccepted else { return }
    if !settings.follows, settings.audits { creates.add(order) }
    if let id, sharedIDs.add(id) { exemplars.sharesID(order, id: id, outcome, at: instant) }
    let measured = isMeasured(order)
    if measured, settings.follows, outcome == .completed || !outcome.hasEnded {
      Self.recordIntervals(order, lag: lag, judged: settings.judgesLatencies, &intervals, &withoutLag)
      inStage(of: order) { Self.recordIntervals(order, lag: lag, judged: $0.isJudged, &$0.intervals, &$0.withoutLag) }
    }
    guard outcome == .completed else { return }
    if settings.hasSample { sample.completed(order, settings.assumptions) }
    tally(LoadWindow.Tally(completed: 1), at: order.endedReceived)
    let completion = order.completion
    blocks.at(order.due) {
      guard measured else { return }
      $0.completionLower.record(completion.lower)
      if let upper = completion.upper { $0.completionUpper.record(upper) }
    }
    blocks.at(order.lastUnfinishedSent) { $0.completedEarliest += 1 }
    blocks.at(order.endedReceived) { $0.completedLatest += 1 }
  }

  mutating func sampled(_ order: OrderHistory, plain: OrderHistory) { sample.sampled(order, plain: plain, settings.assumptions) }

  /// Records the intervals of orders that have completed or still may. Cancelled and failed orders have different durations and are left
  /// out.
  private static func recordIntervals(
    _ order: OrderHistory, lag: IntervalLag, judged: Bool, _ intervals: inout Intervals, _ withoutLag: inout LagFree
  ) {
    intervals.completion.record(order.completion)
    intervals.queueWait.record(order.queueWait)
    intervals.processing.record(order.processing)
    intervals.turnaround.record(order.turnaround)
    guard judged else { return }
    withoutLag.completion.record(order.completion.upperEnd(less: lag.ended))
    withoutLag.queueWait.record(order.queueWait.upperEnd(less: lag.started))
    withoutLag.processing.record(order.processing.upperEnd(less: lag.processed))
    withoutLag.turnaround.record(order.turnaround.upperEnd(less: lag.accepted + lag.ended))
  }

  mutating func mayBeOurs(_ order: OrderHistory, _ outcome: OrderOutcome) {
    // What was cut off is nobody's fault.
    if !isStopping { ownDoing.add(outcome, isMeasured: isMeasured(order)) }
  }

  mutating func failed(_ phase: RequestKind, _ failure: Failure) { failures.record(phase, failure) }

  mutating func read(_ window: ScrapeWindow) {
    if settings.audits { tallies.read(window) }
  }

  mutating func wrote(_ what: RequestKind) { tallies.requests?.wrote(what) }

  mutating func ended(_ what: RequestKind, code: UInt16, sent: Instant, at instant: Instant) {
    tallies.requests?.ended(what, code: code, sent: sent, at: instant, tallies.windows)
  }

  mutating func answered(opened: Instant, sent: Instant) {
    if settings.audits { tallies.answered(opened: opened, sent: sent) }
  }

  mutating func woken(late: Int64) { latencies.loopLag.record(late) }

  mutating func pollEnded(_ failure: Failure?) { pollCalls.count(failure) }

  mutating func lateResponse() { lateResponses += 1 }

  // MARK: The whole run

  /// From the load's beginning to its end or to the last answer, whichever is later, in seconds: warm-up, load window and drain.
  var wholeRun: Double {
    guard let began = load.began, let ended = load.ended else { return 0 }
    return Double(max(ended, lastEvent) - began) / 1e9
  }

  /// Nothing more will happen: completes the tallies, and hands on the last orders. Must be called before merging.
  mutating func finish() {
    tallies.finish()
    feed?.flush()
  }

  /// Adds the ledger of another loop; both must be finished. The order does not matter.
  mutating func merge(_ other: Ledger) {
    counts.merge(other.counts)
    cutOff.merge(other.cutOff)
    firstSubmitted = min(firstSubmitted, other.firstSubmitted)
    pollCalls.merge(other.pollCalls)
    failures.merge(other.failures)
    latencies.merge(other.latencies)
    intervals.merge(other.intervals)
    withoutLag.merge(other.withoutLag)
    ownDoing.merge(other.ownDoing)
    blocks.merge(other.blocks)
    tallies.merge(other.tallies)
    evidence.merge(other.evidence)
    sample.merge(other.sample)
    exemplars.merge(other.exemplars)
    sharedIDs.merge(other.sharedIDs)
    traffic.merge(other.traffic)
    orderClaims.merge(other.orderClaims)
    creates.merge(other.creates)
    load.merge(other.load)
    stages.merge(other.stages)
    pollGaps.merge(other.pollGaps)
    cookies.merge(other.cookies)
    service.merge(other.service)
    lateResponses += other.lateResponses
    wentBackWrongly += other.wentBackWrongly
    takenForAnother += other.takenForAnother
    contents.own += other.contents.own
    contents.anothers += other.contents.anothers
    polls += other.polls
    requests += other.requests
    lastEvent = max(lastEvent, other.lastEvent)
  }
}

extension Bounds<Int64> {
  fileprivate func upperEnd(less lag: Int64) -> Bounds {
    Bounds(lower: lower, upper: upper.map { Swift.max(lower, $0 - lag) })
  }
}
