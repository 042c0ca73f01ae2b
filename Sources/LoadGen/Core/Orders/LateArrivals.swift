/// Orders that were taken up late because the loop had stood still. They go out at once, and so may leave no room for those due after them.
struct LateArrivals {
  /// How many of them may still be in hand.
  private var inHand = 0

  /// Notes how late an order is taken up.
  /// - Parameters:
  ///   - late: in nanoseconds.
  ///   - hasMuchRoom: whether fewer than half as many orders are in hand as there may be: then none of those before is in the way.
  mutating func takenUp(late: Int64, hasMuchRoom: Bool) {
    if late >= Standstill.least {
      inHand += 1
    } else if hasMuchRoom {
      inHand = 0
    }
  }

  /// There is no room for orders.
  /// - Parameters:
  ///   - count: how many they are.
  ///   - late: how late they are given up, in nanoseconds.
  /// - Returns: how many of them may be our own fault: all of them if they are late; otherwise no more than orders were taken up late before.
  mutating func spoilt(_ count: Int, late: Int64) -> Int {
    guard late < Standstill.least else { return count }
    let spoilt = min(count, inHand)
    inHand -= spoilt
    return spoilt
  }
}
