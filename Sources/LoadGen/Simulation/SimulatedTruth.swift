import Shared

/// What really happened to the orders whose stories were recorded, and whether the records contain it.
package struct SimulatedTruth: Sendable {
  /// The true time from creation to completion, of the completed orders that do not belong to the warm-up.
  private(set) var completion = LatencyHistogram()
  private(set) var completed = 0
  /// How many orders something untrue was recorded about, and a description of the first one. Must be none.
  private(set) var outside = 0
  private(set) var firstOutside: String?
  private let assumptions: Dialect.Assumptions
  /// How long after its acknowledgement an order is given up, in nanoseconds.
  private let orderTimeout: Int64

  init(_ assumptions: Dialect.Assumptions, orderTimeout: Int64) {
    self.assumptions = assumptions
    self.orderTimeout = orderTimeout
  }

  /// - Parameter isAsked: whether the order is polled by itself. In a list, its status may be read while other requests about it are under
  ///   way, and then be ignored.
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
    // An order that was given up may have ended at any time after the last answer that said it had not.
    guard `true`.ended > told.lastUnfinishedSent, told.endedReceived == .never || `true`.ended <= told.endedReceived else { return false }
    guard !outcome.hasEnded || OrderOutcome(ended: `true`.status) == outcome else { return false }
    guard told.completion.holds(`true`.ended, from: `true`.created) else { return false }
    guard told.turnaround.holds(`true`.ended, from: told.due) else { return false }
    // Where a dialect assumes that no order is put back, the records are wrong about one that was.
    let isExcepted = `true`.status != .completed || (`true`.wasRequeued && assumptions.requeue == .never)
    guard isExcepted || told.lastProcessing(assumptions).holds(`true`.ended, from: `true`.started) else { return false }
    // A first start that came to nothing, without a poll that saw it undone, cannot be told from the start that counts; and an order that
    // was cancelled may never have been started.
    guard !`true`.wasRequeued, `true`.status != .cancelled || `true`.started != .never else { return true }
    return told.queueWait.holds(`true`.started, from: `true`.created)
      && (`true`.started == .never || told.processing.holds(`true`.ended, from: `true`.started))
  }
}

extension OrderHistory {
  /// Whether this says exactly what the answers said: the bounds are as tight as the polls allow.
  fileprivate func isAll(of told: SimulatedOrders.Told) -> Bool {
    createSent == told.createSent && createReceived == told.created && lastUnfinishedSent == told.unfinishedSent
      && lastPendingSent == told.pendingSent && startedReceived == told.started && endedReceived == told.ended
  }
}

extension Bounds<Int64> {
  /// Whether a duration lies within the bounds that ended at an instant, or, for `never`, has not ended.
  fileprivate func holds(_ end: Instant, from begin: Instant) -> Bool {
    let lasted = end == .never ? Int64.max : end - begin
    return lasted >= lower && upper.map { lasted <= $0 } ?? true
  }
}
