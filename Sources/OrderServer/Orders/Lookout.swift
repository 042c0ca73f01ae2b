import Shared

/// When the workers look for orders that nobody has told them of.
struct Lookout: Sendable {
  /// `nil`: they are told of every order.
  let interval: Duration?
  /// When they look next; `nil` where they never do.
  private(set) var next: Timestamp?

  init(every interval: Duration?, from now: Timestamp) {
    self.interval = interval
    next = interval.map { now.advanced(by: $0) }
  }

  /// Whether it is time, and then the next time is set.
  mutating func isDue(at now: Timestamp) -> Bool {
    guard let interval, let next, next <= now else { return false }
    self.next = now.advanced(by: interval)
    return true
  }
}
