import Shared

/// What really happened to the orders whose stories were told, and whether what was said of them contains it.
struct SimulatedTruth: Sendable {
  /// From creation to completion, of the completed orders that do not belong to the warm-up.
  private(set) var completion = LatencyHistogram()
  private(set) var completed = 0
  /// Orders whose creation or end lies outside of the interval that was derived for it, and how the first of them was told. Must be none.
  private(set) var outside = 0
  private(set) var firstOutside: String?

  mutating func settled(_ told: OrderHistory, _ outcome: OrderOutcome, _ true: SimulatedOrders.Order, isMeasured: Bool) {
    if outcome == .completed {
      completed += 1
      if isMeasured { completion.record(`true`.ended - `true`.created) }
    }
    let created = told.createSent <= `true`.created && `true`.created <= told.createReceived
    // An order that was given up may have ended at any time after it was last seen not to have.
    let ended = `true`.ended > told.lastUnfinishedSent && (told.endedReceived == .never || `true`.ended <= told.endedReceived)
    guard !(created && ended && agrees(outcome, `true`.status)) else { return }
    outside += 1
    firstOutside = firstOutside ?? "order \(told.index), \(outcome): \(told); in truth \(`true`)"
  }

  private func agrees(_ outcome: OrderOutcome, _ status: OrderStatus) -> Bool {
    !outcome.hasEnded || OrderOutcome(ended: status) == outcome
  }
}
