import Shared

/// For each scrape of the metrics: how many orders must have been in each state, how many may have been, and how long orders took.
///
/// An order is added once its story is over and every scrape that it can concern has been made, and is then forgotten. So memory grows with
/// the number of scrapes, not of orders. The rules are in `docs/measurement.md`, "Claims of the server".
struct ScrapeTallies: Sendable {
  /// How many orders must (lower) and may (upper) have been counted under one word, at each scrape.
  struct Count: Sendable {
    var lower = DifferenceArray<Int>()
    var upper = DifferenceArray<Int>()

    mutating func merge(_ other: Count) {
      lower.merge(other.lower)
      upper.merge(other.upper)
    }
  }

  /// What is known about one kind of duration of the orders that had completed at each scrape.
  struct Durations: Sendable {
    /// The sums of the lower and upper ends over the orders that had surely completed, in nanoseconds.
    var sureLower = DifferenceArray<Int128>()
    var sureUpper = DifferenceArray<Int128>()
    /// The lower and upper ends of the orders that may have completed, by the index of the scrape.
    var maybeLower: [Int: Spread] = [:]
    var maybeUpper: [Int: Spread] = [:]
    /// The same of the orders that a scrape is the first to count.
    var new = NewlyCompleted()
    /// Only where a histogram or a quantile is claimed.
    var spread: DurationSpread?

    /// The order has surely completed at scrape `from` and all later ones.
    fileprivate mutating func add(_ bounds: Bounds<Int64>, from: Int) {
      guard let upper = bounds.upper else { return }
      spread?.add(sure: upper, from: from)
      sureLower.add(Int128(bounds.lower), from: from)
      sureUpper.add(Int128(upper), from: from)
    }

    /// The order may have completed at one scrape; if so, it took no longer than `upper`.
    fileprivate mutating func addMaybe(_ bounds: Bounds<Int64>, upper: Int64, at index: Int) {
      guard bounds.upper != nil else { return }
      maybeLower[index, default: Spread()].add(bounds.lower)
      maybeUpper[index, default: Spread()].add(upper)
    }

    mutating func merge(_ other: Durations) {
      sureLower.merge(other.sureLower)
      sureUpper.merge(other.sureUpper)
      for (index, spread) in other.maybeLower { maybeLower[index, default: Spread()].merge(spread) }
      for (index, spread) in other.maybeUpper { maybeUpper[index, default: Spread()].merge(spread) }
      new.merge(other.new)
      if let others = other.spread { spread?.merge(others) }
    }
  }

  private let assumptions: Dialect.Assumptions
  /// The windows of the scrapes that brought figures, in order. `sent` is moved back by `max_age`, because figures may be that old, and no
  /// later than that of any later window.
  private(set) var windows: [ScrapeWindow] = []
  private var uptime: Uptime
  /// Only where it matters whether the target was restarted between two readings.
  var connections = OldestConnections()
  private(set) var total = Count()
  private(set) var unfinished = Count()
  private(set) var byStatus = ByStatus(Count())
  private(set) var completion = Durations()
  private(set) var processing = Durations()
  /// How many orders may have completed by each scrape although they were never seen to end.
  private(set) var neverSeenToEnd = DifferenceArray<Int>()
  /// The earliest time at which one of those may have been created.
  private(set) var firstNeverSeenToEnd = Instant.never
  /// How many orders that are processed for all that is known may be back in the queue once another connection is opened.
  private var mayGoBack = 0
  private var waiting: [SettledOrder] = []
  /// Only where the target says something of requests.
  var requests: RequestTallies?
  /// Whether an answer said how old its figures were.
  private var agesAreTold = false

  /// How many orders may wait for a reading that brings figures, while none does.
  private static let longestQueue = 10_000

  /// - Parameter histograms: the durations whose histograms or quantiles are claimed.
  init(assumptions: Dialect.Assumptions, histograms: Set<Dialect.Quantity.Span> = []) {
    self.assumptions = assumptions
    if histograms.contains(.completion) { completion.spread = DurationSpread() }
    if histograms.contains(.processing) { processing.spread = DurationSpread() }
    uptime = Uptime(assumptions.requeue)
  }

  /// The tallies of orders whose stories are all over, at readings that were all made.
  init(
    _ orders: some Sequence<SettledOrder>, at windows: some Sequence<ScrapeWindow>, assumptions: Dialect.Assumptions,
    histograms: Set<Dialect.Quantity.Span> = []
  ) {
    self.init(assumptions: assumptions, histograms: histograms)
    for window in windows { read(window) }
    for order in orders where order.outcome.mayExist { fold(order.history, order.outcome) }
  }

  /// A reading was made or tried. Readings come in order, each sent after the one before was received.
  mutating func read(_ window: ScrapeWindow) {
    if window.hasFigures {
      let sent = window.sent + -assumptions.maxAge.nanoseconds
      var place = windows.count
      while place > 0, windows[place - 1].sent > sent {
        place -= 1
        windows[place].sent = sent
      }
      if uptime.hasNewConnection(window) {
        byStatus[.pending].upper.add(mayGoBack, from: windows.count)
        mayGoBack = 0
      }
      windows.append(ScrapeWindow(sent: sent, received: window.received))
      uptime.add(window)
    }
    if window.age > 0 { agesAreTold = true }
    let horizon = horizon(before: window)
    requests?.fold(until: horizon, windows)
    // The next one that brings figures may show that the target had been up all the time.
    guard window.hasFigures || waiting.count > Self.longestQueue else { return }
    // And it was seen whether the target was restarted since.
    var later: [SettledOrder] = []
    for order in waiting {
      if order.lastStamp <= horizon { fold(order.history, order.outcome) } else { later.append(order) }
    }
    waiting = later
  }

  /// Whatever happened before this is also before the figures of any later scrape, however old these are allowed to be.
  private func horizon(before window: ScrapeWindow) -> Instant {
    window.asked + -(assumptions.maxAge.nanoseconds + (agesAreTold ? ScrapeWindow.longestAge : 0))
  }

  /// A request was answered on a connection that had been open since an instant.
  mutating func answered(opened: Instant, sent: Instant) {
    guard sent != .never else { return }
    // Mostly the latest one that is known.
    let known = windows.last.map { $0.received <= sent } ?? true ? windows.count : firstReceived(after: sent)
    connections.answered(opened: opened, after: known)
  }

  /// The order's story is over. It is added to the tallies once the scrapes that it concerns have been made.
  mutating func settled(_ order: OrderHistory, _ outcome: OrderOutcome) {
    guard outcome.mayExist else { return }
    waiting.append(SettledOrder(order, outcome))
  }

  /// No more scrapes will be made: adds all remaining orders.
  mutating func finish() {
    for order in waiting { fold(order.history, order.outcome) }
    waiting = []
    requests?.finish(windows)
  }

  /// Adds another loop's orders. Both must have been told of the same scrapes, and be finished.
  mutating func merge(_ other: ScrapeTallies) {
    if let others = other.requests { requests?.merge(others) }
    connections.merge(other.connections)
    total.merge(other.total)
    unfinished.merge(other.unfinished)
    for status in OrderStatus.allCases { byStatus[status].merge(other.byStatus[status]) }
    completion.merge(other.completion)
    processing.merge(other.processing)
    neverSeenToEnd.merge(other.neverSeenToEnd)
    firstNeverSeenToEnd = min(firstNeverSeenToEnd, other.firstNeverSeenToEnd)
  }

  // MARK: Where an order belongs

  private mutating func fold(_ order: OrderHistory, _ outcome: OrderOutcome) {
    let mayExist = firstReceived(after: order.createSent)
    let mustExist = outcome.wasAccepted ? firstSent(from: order.createReceived) : nil
    let mayHaveEnded = firstReceived(after: order.lastUnfinishedSent)
    let mustHaveEnded = assumptions.final ? firstSent(from: order.endedReceived) : nil

    total.upper.add(1, from: mayExist)
    if let mustExist {
      total.lower.add(1, from: mustExist)
      unfinished.lower.add(1, from: mustExist, to: mayHaveEnded)
    }
    unfinished.upper.add(1, from: mayExist, to: mustHaveEnded)
    foldUnfinished(order, mayExist: mayExist, mustExist: mustExist, mayHaveEnded: mayHaveEnded, mustHaveEnded: mustHaveEnded)

    for status in OrderStatus.allCases where status.hasEnded {
      // An order that was not seen to end may have ended in any way, and one that was may be in another status by now, if it may change.
      guard !outcome.hasEnded || !assumptions.final || OrderOutcome(ended: status) == outcome else { continue }
      byStatus[status].upper.add(1, from: mayHaveEnded)
      if outcome.hasEnded, let mustHaveEnded { byStatus[status].lower.add(1, from: mustHaveEnded) }
    }
    foldDurations(order, outcome, mayHaveEnded: mayHaveEnded)
  }

  private mutating func foldUnfinished(
    _ order: OrderHistory, mayExist: Int, mustExist: Int?, mayHaveEnded: Int, mustHaveEnded: Int?
  ) {
    let mayHaveStarted = firstReceived(after: order.lastPendingSent)
    let mustHaveStarted = firstSent(from: order.startedReceived)
    // It was never processed before it was seen pending, as far back as this, and never put back after it was seen processing, until this.
    let unstarted = uptime.began(before: order.lastPendingSent)
    let unstartedFrom =
      unstarted.map { began in min(windows.partitioningIndex(where: { $0.sent >= began }), mayHaveStarted) } ?? mayHaveStarted
    let staysUntil = uptime.firstScrapeAfterEnd(since: order.lastPendingSent)
    byStatus[.pending].upper.add(1, from: mayExist, to: mustHaveStarted)
    byStatus[.processing].upper.add(1, from: mayExist, to: unstartedFrom)
    byStatus[.processing].upper.add(1, from: max(mayExist, mayHaveStarted), to: mustHaveEnded)
    if let mustExist { byStatus[.pending].lower.add(1, from: max(mustExist, unstartedFrom), to: mayHaveStarted) }
    guard let mustHaveStarted else { return }
    let surelyUntil = min(staysUntil ?? .max, mayHaveEnded)
    byStatus[.processing].lower.add(1, from: mustHaveStarted, to: surelyUntil)
    // Where it may change after its end, it may be anything from then on.
    guard assumptions.final else { return byStatus[.pending].upper.add(1, from: max(mustHaveStarted, surelyUntil)) }
    guard let staysUntil else { return }
    if staysUntil == windows.count, mustHaveEnded == nil {
      mayGoBack += 1
    } else {
      byStatus[.pending].upper.add(1, from: max(staysUntil, mustHaveStarted), to: mustHaveEnded)
    }
  }

  private mutating func foldDurations(_ order: OrderHistory, _ outcome: OrderOutcome, mayHaveEnded: Int) {
    guard outcome == .completed else {
      guard !outcome.hasEnded else { return }
      neverSeenToEnd.add(1, from: mayHaveEnded)
      firstNeverSeenToEnd = min(firstNeverSeenToEnd, order.createSent)
      completion.spread?.add(maybe: order.completion.lower, from: mayHaveEnded)
      processing.spread?.add(maybe: 0, from: mayHaveEnded)
      return
    }
    completion.spread?.add(maybe: order.completion.lower, from: mayHaveEnded)
    let stayedUp = uptime.began(before: order.endedReceived).map { $0 <= order.lastPendingSent } ?? false
    let beganAnew = !stayedUp && order.mayHaveBegunAnew(assumptions)
    let processed = beganAnew ? order.lastProcessing(assumptions) : order.processing
    processing.spread?.add(maybe: processed.lower, from: mayHaveEnded)
    // Otherwise no order has surely completed at any reading, and no mean is held against anything.
    guard assumptions.final, let mustHaveEnded = firstSent(from: order.endedReceived) else { return }
    completion.add(order.completion, from: mustHaveEnded)
    processing.add(processed, from: mustHaveEnded)
    for index in mayHaveEnded..<max(mayHaveEnded, mustHaveEnded) {
      let end = min(order.endedReceived, windows[index].received)
      completion.addMaybe(order.completion, upper: end - order.createSent, at: index)
      processing.addMaybe(processed, upper: end - order.lastPendingSent, at: index)
    }
    foldNewlyCompleted(order, processed, beganAnew: beganAnew, from: mayHaveEnded, to: mustHaveEnded)
  }

  /// The scrapes from one index to another, which may be yet to come, may be the first to count an order as completed; where there is a single
  /// one, it surely is.
  private mutating func foldNewlyCompleted(
    _ order: OrderHistory, _ processed: Bounds<Int64>, beganAnew: Bool, from first: Int, to last: Int
  ) {
    for index in first...max(first, last) {
      // It had ended when this one was answered, and not yet when the one before was sent.
      let ended = index < windows.count ? min(order.endedReceived, windows[index].received) : order.endedReceived
      let began = index == 0 ? order.createSent : max(order.createSent, windows[index - 1].sent)
      func narrowed(_ bounds: Bounds<Int64>, earliest: Instant, latest: Instant) -> Bounds<Int64> {
        let lower = latest == .never ? bounds.lower : max(bounds.lower, began - latest)
        return Bounds(lower: lower, upper: bounds.upper.map { max(lower, min($0, ended - earliest)) })
      }
      let completed = narrowed(order.completion, earliest: order.createSent, latest: order.createReceived)
      let started = beganAnew ? .never : order.startedReceived
      let processed = narrowed(processed, earliest: order.lastPendingSent, latest: started)
      if first == last {
        completion.new.add(completed, at: index)
        processing.new.add(processed, at: index)
      } else {
        completion.new.addMaybe(completed, at: index)
        processing.new.addMaybe(processed, at: index)
      }
    }
  }

  /// The first scrape that was sent at or after an instant: its figures must include what had happened by then. Its index may be that of a
  /// scrape yet to come. `nil` for what was never seen to happen, and if the target may answer with figures older than what it said before.
  private func firstSent(from instant: Instant) -> Int? {
    instant == .never || !assumptions.readYourWrites ? nil : windows.partitioningIndex(where: { $0.sent >= instant })
  }

  /// The first scrape that was received after an instant: its figures are the first that may include what happened after that instant.
  private func firstReceived(after instant: Instant) -> Int {
    windows.partitioningIndex(where: { $0.received > instant })
  }
}
