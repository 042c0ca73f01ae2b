import DequeModule
import Shared

/// A cap on polls: none is sent sooner than an interval after the one before. Those that come too early are held, first come, first served.
///
/// A value without a clock: in any time of w nanoseconds it lets through at most w / interval + 1.
struct RateLimiter {
  /// From one poll of this loop to the next at least, in nanoseconds; 0 is no cap.
  let interval: Int64
  /// From when on the next may be sent.
  private(set) var next = Instant(.min)
  private var held: Deque<Handle> = []
  /// Somebody will look at it when `next` has come.
  var timerIsSet = false

  init(interval: Int64) { self.interval = interval }

  /// The interval by which so many loops keep a rate together.
  static func interval(of rate: Rate, loops: Int) -> Int64 {
    Int64(min(9e18, (Double(loops) * 1e9 / rate.perSecond).rounded(.up)))
  }

  /// Whether a poll that comes now may be sent at once: none that came before it is held.
  func allows(at now: Instant) -> Bool { held.isEmpty && next <= now }

  var holdsAny: Bool { !held.isEmpty }

  /// Whether one that is held may be sent.
  func isDue(at now: Instant) -> Bool { !held.isEmpty && next <= now }

  mutating func hold(_ order: Handle) { held.append(order) }

  /// Gives out the poll that has been held longest, where one may be sent now. It takes its place only with `sent`.
  mutating func release(at now: Instant) -> Handle? { next <= now ? held.popFirst() : nil }

  mutating func sent(at instant: Instant) {
    if interval > 0 { next = max(next, instant + interval) }
  }

  mutating func removeAll() { held.removeAll() }
}
