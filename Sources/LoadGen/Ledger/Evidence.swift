import Shared

/// The orders of a run as they were seen, for whoever has to look at them once more when it is over: the search for the cause of a
/// contradiction.
struct Evidence: Sendable {
  /// How many orders are kept at most, in 7 MiB. Of a run with more none is: what is known of a part only would prove nothing of all.
  static let most = 1 << 17

  private(set) var orders: [SettledOrder] = []
  /// Whether every order was kept.
  private(set) var isComplete = true

  /// - Parameter at: when its story was over. A refused create has no other receipt.
  mutating func add(_ order: OrderHistory, _ outcome: OrderOutcome, at instant: Instant) {
    guard isComplete, outcome.mayExist || outcome == .rejected else { return }
    guard orders.count < Self.most else { return drop() }
    var order = order
    if outcome == .rejected { order.createReceived = instant }
    orders.append(SettledOrder(order, outcome))
  }

  mutating func merge(_ other: Evidence) {
    guard isComplete, other.isComplete, orders.count + other.orders.count <= Self.most else { return drop() }
    orders += other.orders
  }

  /// Whether some of the completed orders surely took longer from start to end than others.
  var tookDifferentTimes: Bool {
    let processing = orders.filter { $0.outcome == .completed }.map(\.history.processing)
    guard let longest = processing.map(\.lower).max(), let shortest = processing.compactMap(\.upper).min() else { return false }
    return longest > shortest
  }

  private mutating func drop() {
    orders = []
    isComplete = false
  }
}
