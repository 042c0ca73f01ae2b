import Shared

/// What really happened to the orders whose stories were told, and whether what was said of them contains it.
package struct SimulatedTruth: Sendable {
  /// From creation to completion, of the completed orders that do not belong to the warm-up.
  private(set) var completion = LatencyHistogram()
  private(set) var completed = 0
  /// Orders of which something was said that is not so, and how the first of them was told. Must be none.
  private(set) var outside = 0
  private(set) var firstOutside: String?
  private let assumptions: Dialect.Assumptions
  /// After so long from its acknowledgement an order is given up, in nanoseconds.
  private let orderTimeout: Int64

  init(_ assumptions: Dialect.Assumptions, orderTimeout: Int64) {
    self.assumptions = assumptions
    self.orderTimeout = orderTimeout
  }

  /// - Parameter isAsked: it was asked for by itself; in a list its status may be read while other things are under way with it, and be left alone.
  mutating func settled(_ settled: SimulationRecord.Settled, _ true: SimulatedOrders.Order, isAsked: Bool) {
    let (told, outcome) = (settled.order, settled.outcome)
    if outcome == .completed {
      completed += 1
      if settled.isMeasured { completion.record(`true`.ended - `true`.created) }
    }
    let isAllTold = !isAsked || (told.isAll(of: `true`.told) && (`true`.told.ended == .never || outcome.hasEnded))
    let isGivenUpInTime = outcome != .timedOut || settled.at - told.createReceived >= orderTimeout
    guard !isTold(told, outcome, `true`) || !isAllTold || !isGivenUpInTime else { return }
    outside += 1
    firstOutside = firstOutside ?? "order \(told.index), \(outcome) at \(settled.at): \(told); in truth \(`true`)"
  }

  private func isTold(_ told: OrderHistory, _ outcome: OrderOutcome, _ true: SimulatedOrders.Order) -> Bool {
    guard told.createSent <= `true`.created, `true`.created <= told.createReceived else { return false }
    // An order that was given up may have ended at any time after it was last seen not to have.
    guard `true`.ended > told.lastUnfinishedSent, told.endedReceived == .never || `true`.ended <= told.endedReceived else { return false }
    guard !outcome.hasEnded || OrderOutcome(ended: `true`.status) == outcome else { return false }
    guard told.completion.holds(`true`.ended, from: `true`.created) else { return false }
    guard told.turnaround.holds(`true`.ended, from: told.due) else { return false }
    // Whoever takes it for granted that no order is put back is told otherwise where one was.
    let isExcepted = `true`.status != .completed || (`true`.wasRequeued && !assumptions.requeue)
    guard isExcepted || told.lastProcessing(assumptions).holds(`true`.ended, from: `true`.started) else { return false }
    // A start that came to nothing, and that no poll saw undone, cannot be told from the one that counts; what was cancelled may never
    // have begun.
    guard !`true`.wasRequeued, `true`.status != .cancelled || `true`.started != .never else { return true }
    return told.queueWait.holds(`true`.started, from: `true`.created)
      && (`true`.started == .never || told.processing.holds(`true`.ended, from: `true`.started))
  }
}

extension OrderHistory {
  /// Whether it says what the answers said, no less and no more: the bounds are as tight as the polls allow.
  fileprivate func isAll(of told: SimulatedOrders.Told) -> Bool {
    createSent == told.createSent && createReceived == told.created && lastUnfinishedSent == told.unfinishedSent
      && lastPendingSent == told.pendingSent && startedReceived == told.started && endedReceived == told.ended
  }
}

extension Bounds<Int64> {
  /// Whether a duration that ended at an instant, or has not ended, lies within.
  fileprivate func holds(_ end: Instant, from begin: Instant) -> Bool {
    let lasted = end == .never ? Int64.max : end - begin
    return lasted >= lower && upper.map { lasted <= $0 } ?? true
  }
}
