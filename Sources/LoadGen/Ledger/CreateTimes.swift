/// When the accepted orders of a run were sent and acknowledged, as sums: all that their mean completion needs where nothing but the target's
/// figures tells of their ends.
struct CreateTimes: Sendable {
  private(set) var count = 0
  /// In nanoseconds since the run began.
  private(set) var sent: Int128 = 0
  private(set) var received: Int128 = 0

  mutating func add(_ order: OrderHistory) {
    count += 1
    sent += Int128(order.createSent - Instant(0))
    received += Int128(order.createReceived - Instant(0))
  }

  mutating func merge(_ other: CreateTimes) {
    count += other.count
    sent += other.sent
    received += other.received
  }
}
