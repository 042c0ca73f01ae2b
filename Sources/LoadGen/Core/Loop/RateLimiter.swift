import DequeModule
import Shared

/// A cap on polls: none is sent sooner than `interval` after the one before. Polls that come too early are held, first come, first served.
///
/// A value without a clock. Within any w nanoseconds it lets through at most w / interval + 1 polls.
struct RateLimiter {
  /// The least time between two polls of this loop, in nanoseconds; 0 is no cap.
  let interval: Int64
  /// The earliest time at which the next poll may be sent.
  private(set) var next = Instant(.min)
  private var held: Deque<Handle> = []
  /// Whether a timer is set for `next`.
  var timerIsSet = false

  init(interval: Int64) { self.interval = interval }

  /// The interval in nanoseconds with which `loops` loops together keep to a rate; rounded up, so that it is never exceeded.
  static func interval(of rate: Rate, loops: Int) -> Int64 {
    Int64(min(9e18, (Double(loops) * 1e9 / rate.perSecond).rounded(.up)))
  }

  /// Whether a poll that comes now may be sent at once: the interval is over, and no earlier poll is held.
  func allows(at now: Instant) -> Bool { held.isEmpty && next <= now }

  var holdsAny: Bool { !held.isEmpty }

  /// Whether a held poll may be sent.
  func isDue(at now: Instant) -> Bool { !held.isEmpty && next <= now }

  mutating func hold(_ order: Handle) { held.append(order) }

  /// Removes the poll that has been held longest, if one may be sent now. The cap counts it only once `sent` is called.
  mutating func release(at now: Instant) -> Handle? { next <= now ? held.popFirst() : nil }

  /// A poll was sent: the next one may follow after `interval`.
  mutating func sent(at instant: Instant) {
    if interval > 0 { next = max(next, instant + interval) }
  }

  mutating func removeAll() { held.removeAll() }
}
