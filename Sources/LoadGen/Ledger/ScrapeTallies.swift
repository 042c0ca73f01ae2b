import Shared

/// For each scrape of the metrics: how many orders must, and how many may have stood where, and how long they took.
///
/// An order is folded in once its story is over and no scrape that it belongs to is still to be made, and then forgotten: memory
/// grows with the number of scrapes, not of orders. The rules are those of `docs/measurement.md`, "Claims of the server".
struct ScrapeTallies: Sendable {
  /// Orders that must (lower), and that may (upper) have been counted under one word.
  struct Count: Sendable {
    var lower = DifferenceArray<Int>()
    var upper = DifferenceArray<Int>()

    mutating func merge(_ other: Count) {
      lower.merge(other.lower)
      upper.merge(other.upper)
    }
  }

  /// What is known of one kind of duration over the orders that had completed.
  struct Durations: Sendable {
    /// The sums over the orders that had surely completed, in nanoseconds.
    var sureLower = DifferenceArray<Int128>()
    var sureUpper = DifferenceArray<Int128>()
    /// The ends for the orders that may have completed, by reading.
    var maybeLower: [Int: Spread] = [:]
    var maybeUpper: [Int: Spread] = [:]

    /// The order has surely completed at all scrapes from one on.
    fileprivate mutating func add(_ bounds: Bounds<Int64>, from: Int) {
      guard let upper = bounds.upper else { return }
      sureLower.add(Int128(bounds.lower), from: from)
      sureUpper.add(Int128(upper), from: from)
    }

    /// The order may have completed at one scrape, and then took no longer than `upper`.
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
    }
  }

  private let assumptions: Dialect.Assumptions
  /// As the figures' age has it: `sent` is earlier by `max_age`.
  private(set) var windows: [ScrapeWindow] = []
  private(set) var total = Count()
  private(set) var unfinished = Count()
  private(set) var byStatus = ByStatus(Count())
  private(set) var completion = Durations()
  private(set) var processing = Durations()
  /// Orders whose end was never seen, and that may have completed from a scrape on.
  private(set) var neverSeenToEnd = DifferenceArray<Int>()
  /// When the first of those may have been created.
  private(set) var firstNeverSeenToEnd = Instant.never
  private var waiting: [SettledOrder] = []

  init(assumptions: Dialect.Assumptions) { self.assumptions = assumptions }

  /// A reading was made, or tried. They come in order, each sent after the last was received.
  mutating func read(_ window: ScrapeWindow) {
    if window.hasFigures {
      windows.append(ScrapeWindow(sent: window.sent + -assumptions.maxAge.nanoseconds, received: window.received))
    }
    // Whatever happened before this is also before any later scrape, for all that `max_age` allows.
    let horizon = window.received + -assumptions.maxAge.nanoseconds
    var later: [SettledOrder] = []
    for order in waiting {
      if order.lastStamp <= horizon { fold(order.history, order.outcome) } else { later.append(order) }
    }
    waiting = later
  }

  mutating func settled(_ order: OrderHistory, _ outcome: OrderOutcome) {
    guard outcome.mayExist else { return }
    waiting.append(SettledOrder(order, outcome))
  }

  /// No more scrapes will be made.
  mutating func finish() {
    for order in waiting { fold(order.history, order.outcome) }
    waiting = []
  }

  /// Adds another loop's orders. Both must have been told of the same scrapes, and be finished.
  mutating func merge(_ other: ScrapeTallies) {
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
      // An order that was not seen to end may have ended in any way.
      guard !outcome.hasEnded || OrderOutcome(ended: status) == outcome else { continue }
      byStatus[status].upper.add(1, from: mayHaveEnded)
      if outcome.hasEnded, let mustHaveEnded { byStatus[status].lower.add(1, from: mustHaveEnded) }
    }
    foldDurations(order, outcome, mayHaveEnded: mayHaveEnded)
  }

  private mutating func foldUnfinished(
    _ order: OrderHistory, mayExist: Int, mustExist: Int?, mayHaveEnded: Int, mustHaveEnded: Int?
  ) {
    if assumptions.requeue {
      // It may have gone to and fro between two answers: they prove only that it had not ended.
      byStatus[.pending].upper.add(1, from: mayExist, to: mustHaveEnded)
      byStatus[.processing].upper.add(1, from: mayExist, to: mustHaveEnded)
      return
    }
    let mayHaveStarted = firstReceived(after: order.lastPendingSent)
    let mustHaveStarted = firstSent(from: order.startedReceived)
    byStatus[.pending].upper.add(1, from: mayExist, to: mustHaveStarted)
    byStatus[.processing].upper.add(1, from: mayHaveStarted, to: mustHaveEnded)
    if let mustExist { byStatus[.pending].lower.add(1, from: mustExist, to: mayHaveStarted) }
    if let mustHaveStarted { byStatus[.processing].lower.add(1, from: mustHaveStarted, to: mayHaveEnded) }
  }

  private mutating func foldDurations(_ order: OrderHistory, _ outcome: OrderOutcome, mayHaveEnded: Int) {
    guard outcome == .completed else {
      guard !outcome.hasEnded else { return }
      neverSeenToEnd.add(1, from: mayHaveEnded)
      firstNeverSeenToEnd = min(firstNeverSeenToEnd, order.createSent)
      return
    }
    let mustHaveEnded = firstSent(from: order.endedReceived) ?? windows.count
    let processed = order.lastProcessing(assumptions)
    completion.add(order.completion, from: mustHaveEnded)
    processing.add(processed, from: mustHaveEnded)
    for index in mayHaveEnded..<max(mayHaveEnded, mustHaveEnded) {
      let end = min(order.endedReceived, windows[index].received)
      completion.addMaybe(order.completion, upper: end - order.createSent, at: index)
      processing.addMaybe(processed, upper: end - order.lastPendingSent, at: index)
    }
  }

  /// The first scrape that was sent at or after an instant: by then, what had happened must be in it. `nil` for what was never seen to happen, and
  /// where a target may answer from before what it said already.
  private func firstSent(from instant: Instant) -> Int? {
    instant == .never || !assumptions.readYourWrites ? nil : windows.firstIndex(sortedBy: { $0.sent >= instant })
  }

  /// The first scrape that was received after an instant: from then on, what came after that instant may be in it.
  private func firstReceived(after instant: Instant) -> Int {
    windows.firstIndex(sortedBy: { $0.received > instant })
  }
}

/// An order that waits for the next scrape: what a tally asks of it, and no more, since a million may wait.
private struct SettledOrder {
  private var createSent, createReceived, lastUnfinishedSent, lastPendingSent, startedReceived, endedReceived: Instant
  let outcome: OrderOutcome

  init(_ order: OrderHistory, _ outcome: OrderOutcome) {
    createSent = order.createSent
    createReceived = order.createReceived
    lastUnfinishedSent = order.lastUnfinishedSent
    lastPendingSent = order.lastPendingSent
    startedReceived = order.startedReceived
    endedReceived = order.endedReceived
    self.outcome = outcome
  }

  /// The order's, but for its number and when it was due.
  var history: OrderHistory {
    var history = OrderHistory(index: 0, due: .never, dispatched: .never)
    history.createSent = createSent
    history.createReceived = createReceived
    history.lastUnfinishedSent = lastUnfinishedSent
    history.lastPendingSent = lastPendingSent
    history.startedReceived = startedReceived
    history.endedReceived = endedReceived
    return history
  }

  /// The latest that is known of it; `never` where nothing is.
  var lastStamp: Instant {
    var last: Instant?
    for stamp in [createSent, createReceived, lastUnfinishedSent, lastPendingSent, startedReceived, endedReceived] where stamp != .never {
      last = max(last ?? stamp, stamp)
    }
    return last ?? .never
  }
}

extension [ScrapeWindow] {
  /// The first that has what all after it have too; `count` where none has.
  fileprivate func firstIndex(sortedBy has: (ScrapeWindow) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if has(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
