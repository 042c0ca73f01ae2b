/// How many orders are followed, and how many of those have been polled before.
struct FollowedOrders {
  private(set) var count = 0
  /// How many have been polled before.
  private(set) var repeated = 0

  mutating func began() { count += 1 }

  /// One that was polled for the first time is to be polled again.
  mutating func isRepeated() { repeated += 1 }

  mutating func ended(wasRepeated: Bool) {
    count -= 1
    if wasRepeated { repeated -= 1 }
  }
}
