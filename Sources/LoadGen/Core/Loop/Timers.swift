import HeapModule

/// What is to be looked at, and when. A heap, so that a million orders do not need a scheduled task each.
struct Timers: ~Copyable {
  /// What a timer is for.
  enum Subject: Sendable {
    case order(Handle)
    case connection(UInt32)
    /// A user of a closed load that is pausing or thinking.
    case user(UInt32)
    /// The oldest call that waits for a connection.
    case queue
    /// The next scrape of the metrics.
    case metrics
    /// The next search of the list, or its next page.
    case listPoll
    /// The next poll that the cap allows.
    case polls
    /// A connection that could not be opened may be tried again.
    case rested(UInt32)
    /// One more connection may be open.
    case ramp
    /// A token is to be renewed.
    case sessions
  }

  struct Timer: Comparable {
    var at: Instant
    var subject: Subject
    /// Increases with every timer, to keep timers with equal times in order. It wraps around, which matters only for timers four billion
    /// apart.
    var number: UInt32

    static func < (left: Timer, right: Timer) -> Bool {
      (left.at, left.number) < (right.at, right.number)
    }

    static func == (left: Timer, right: Timer) -> Bool { left.number == right.number }
  }

  private var heap = Heap<Timer>()
  private var last: UInt32 = 0

  var next: Instant? { heap.min?.at }

  /// Adds a timer. Earlier ones with the same subject remain.
  mutating func set(_ subject: Subject, at: Instant) {
    last &+= 1
    heap.insert(Timer(at: at, subject: subject, number: last))
  }

  /// Removes and returns the earliest timer whose time has come.
  mutating func popDue(by now: Instant) -> Timer? {
    guard let first = heap.min, first.at <= now else { return nil }
    return heap.removeMin()
  }

  mutating func removeAll() { heap = Heap() }
}
